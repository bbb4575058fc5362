import Dispatch

/// Seconds by the system's monotonic clock.
public enum Stopwatch {
  /// How long `body` takes.
  public static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
  }

  /// How long one of `count` times takes, done one after the other.
  public static func seconds(aTimeOf count: Int, _ body: () throws -> Void) rethrows -> Double {
    try seconds { for _ in 0..<count { try body() } } / Double(count)
  }
}
