import Tensors

/// Adds up the time that a computation spends in one phase.
final class SearchClock: PhaseObserver {
  /// The seconds so far; nil where the phase has not begun yet.
  private(set) var seconds: Double?
  private var began: ContinuousClock.Instant?

  func begins(_ phase: Phase) {
    if phase == .projector { began = .now }
  }

  func ends(_ phase: Phase) {
    guard phase == .projector, let began else { return }
    seconds = (seconds ?? 0) + (ContinuousClock.now - began).inSeconds
    self.began = nil
  }
}
