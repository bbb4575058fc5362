import Foundation
import Synchronization

/// Counts the user's wishes to stop (SIGINT, SIGTERM, SIGHUP) while something runs that can be stopped in good order.
public enum StopSignals {
  private static let count = Atomic(0)
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// How often the user asked since the outermost ``catching(_:)`` began.
  public static var requests: Int { count.load(ordering: .relaxed) }

  /// Runs `body` with the signals counted; before and after, they end the process.
  public static func catching<Result>(_ body: () throws -> Result) rethrows -> Result {
    count.store(0, ordering: .relaxed)
    let previous = signals.map { number in
      signal(number) { _ in StopSignals.count.add(1, ordering: .relaxed) }
    }
    defer { for (number, handler) in zip(signals, previous) { signal(number, handler) } }
    return try body()
  }
}
