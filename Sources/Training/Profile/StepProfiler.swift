import Dispatch
import Tensors

/// Takes the profile of updates: at every boundary the time since the last one goes to what was at work.
final class StepProfiler: PhaseObserver {
  private(set) var profile = StepProfile()
  private var parts: [StepProfile.Part] = []
  private var operations: [(operation: Operation, part: StepProfile.Part?)] = []
  private var last: UInt64 = 0

  /// Runs one update and adds it to the profile.
  ///
  /// - Parameter tokens: the tokens that the update is made of.
  func observing<Result>(_ compute: Compute, tokens: () -> Int, _ body: () -> Result) -> Result {
    compute.phaseObserver = self
    let start = DispatchTime.now().uptimeNanoseconds
    last = start
    defer {
      pass()
      compute.phaseObserver = nil
      profile.updates += 1
      profile.tokens += tokens()
      profile.seconds += Double(last - start) / 1e9
    }
    return body()
  }

  func begins(_ phase: Phase) {
    pass()
    parts.append(StepProfile.Part(phase))
  }

  func ends(_ phase: Phase) {
    pass()
    parts.removeLast()
  }

  func begins(_ operation: Operation) {
    pass()
    operations.append((operation, parts.last))
  }

  func ends(_ operation: Operation) {
    pass()
    operations.removeLast()
  }

  func computes(_ floatingPointOperations: Int) {
    profile.entries[key, default: .init()].floatingPointOperations += floatingPointOperations
  }

  /// What is at work: a phase within an operation begins with none of its own.
  private var key: StepProfile.Key {
    let part = parts.last
    let operation = operations.last.flatMap { $0.part == part ? $0.operation : nil }
    return .init(part ?? .outside, operation)
  }

  private func pass() {
    let now = DispatchTime.now().uptimeNanoseconds
    profile.entries[key, default: .init()].seconds += Double(now - last) / 1e9
    last = now
  }
}
