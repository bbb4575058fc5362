import Foundation
import Synchronization

/// Counts the user's wishes to stop (SIGINT, SIGTERM, SIGHUP) while something runs that can be stopped in good order.
public enum StopSignals {
  private typealias Handler = @convention(c) (Int32) -> Void

  private struct Installation {
    var depth = 0
    var previous: [Handler?] = []
  }

  private static let count = Atomic(0)
  private static let installation = Mutex(Installation())
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// How often the user asked since the outermost ``catching(_:)`` began.
  public static var requests: Int { count.load(ordering: .relaxed) }

  /// Runs `body` with the signals counted; before and after, they do what they did.
  public static func catching<Result>(_ body: () throws -> Result) rethrows -> Result {
    installation.withLock { installation in
      installation.depth += 1
      guard installation.depth == 1 else { return }
      count.store(0, ordering: .relaxed)
      installation.previous = signals.map { number in
        signal(number) { _ in StopSignals.count.add(1, ordering: .relaxed) }
      }
    }
    defer {
      installation.withLock { installation in
        installation.depth -= 1
        guard installation.depth == 0 else { return }
        for (number, handler) in zip(signals, installation.previous) { signal(number, handler) }
      }
    }
    return try body()
  }
}
