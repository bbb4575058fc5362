import Experiments
import Foundation

/// One view of the progress of several reproductions: which of them is running, what it says of itself, and about how
/// long all of them still take.
final class OverallProgress: RunConsole {
  private let console: any RunConsole
  private let estimates: [Double]
  private var index = 0
  private var name = ""
  private var start = Date()
  /// Seconds that those which ended took, and were expected to.
  private var taken = 0.0
  private var expected = 0.0

  /// How far the estimates may be corrected by what has been seen so far.
  private static let corrections = 0.2...5.0

  /// Creates a view.
  ///
  /// - Parameter estimates: the seconds that each is expected to take; no time is told where that is nothing.
  init(_ console: any RunConsole, estimates: [Double]) {
    self.console = console
    self.estimates = estimates
  }

  /// Begins one of them.
  func begin(_ index: Int, name: String) {
    self.index = index
    self.name = name
    start = Date()
  }

  /// Ends it.
  func end() {
    taken += -start.timeIntervalSinceNow
    expected += estimates[index]
  }

  func message(_ line: String) { console.message("\(name): \(line)") }

  func progress(_ line: String) {
    let left = estimates.contains { $0 > 0 } ? ", \(ProgressLine.duration(secondsLeft)) left in all" : ""
    console.progress("\(name) (\(index + 1) of \(estimates.count)\(left)) · \(line)")
  }

  private var secondsLeft: Double {
    // What took seconds tells little of what takes hours.
    let seen = expected >= 10 ? taken / expected : 1
    let factor = min(max(seen, Self.corrections.lowerBound), Self.corrections.upperBound)
    let current = max(0, estimates[index] * factor + start.timeIntervalSinceNow)
    return current + estimates.dropFirst(index + 1).reduce(0, +) * factor
  }
}
