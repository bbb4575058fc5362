/// What some timings of the same thing, or some ratios of them, say together.
///
/// A quartile between two values is interpolated in a straight line, as most statistics programs do.
public struct Spread: Equatable, Sendable {
  /// The number of values.
  public let count: Int
  /// The least value.
  public let least: Double
  /// A quarter of the values lie below.
  public let lowerQuartile: Double
  /// Half of the values lie below.
  public let median: Double
  /// A quarter of the values lie above.
  public let upperQuartile: Double
  /// The greatest value.
  public let greatest: Double

  /// The spread of some values, or nil of none.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    count = sorted.count
    least = sorted[0]
    lowerQuartile = Self.value(at: 0.25, of: sorted)
    median = Self.value(at: 0.5, of: sorted)
    upperQuartile = Self.value(at: 0.75, of: sorted)
    greatest = sorted[sorted.count - 1]
  }

  private static func value(at share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return sorted[index] }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }
}
