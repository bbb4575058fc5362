import Foundation

/// What a preparation tells while it works.
public enum PreparationEvent: Equatable, Sendable {
  /// The stages, in their order.
  public enum Stage: String, Sendable {
    /// Documents are read, cleaned and split.
    case extraction = "reading documents"
    /// A tokenizer is trained.
    case training = "training the tokenizer"
    /// Documents become ids.
    case tokenization = "tokenising"
  }

  /// A line that the user should see: a download, a wait, a damaged file that is built anew.
  case message(String)
  /// How far a stage is, in documents; `total` and `secondsLeft` are nil where nobody can know.
  case progress(Stage, done: Int, total: Int?, secondsLeft: Double?)
}

/// Turns counts into progress events, a few a second at most.
final class ProgressMeter {
  private let stage: PreparationEvent.Stage
  private let total: Int?
  private let report: @Sendable (PreparationEvent) -> Void
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?
  private static let interval = Duration.milliseconds(250)

  init(_ stage: PreparationEvent.Stage, total: Int?, report: @escaping @Sendable (PreparationEvent) -> Void) {
    self.stage = stage
    self.total = total
    self.report = report
    report(.progress(stage, done: 0, total: total, secondsLeft: nil))
  }

  func update(_ done: Int) {
    let now = ContinuousClock.now
    let isLast = done == total
    if let last, now - last < Self.interval, !isLast { return }
    last = now
    let seconds = (now - start) / .seconds(1)
    let left = total.flatMap { done > 0 ? seconds * Double(max(0, $0 - done)) / Double(done) : nil }
    report(.progress(stage, done: done, total: total, secondsLeft: left))
  }
}
