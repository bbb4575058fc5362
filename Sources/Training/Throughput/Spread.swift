/// What some readings of one quantity say together: the one in the middle, and how far they lie apart.
public struct Spread: Equatable, Sendable {
  /// The reading in the middle, or the mean of the two there.
  public let median: Double
  /// The least and the greatest.
  public let range: ClosedRange<Double>
  /// The number of readings.
  public let count: Int

  /// The spread of some readings, or nil of none.
  public init?(_ readings: [Double]) {
    guard let least = readings.min(), let greatest = readings.max() else { return nil }
    let sorted = readings.sorted()
    let middle = sorted.count / 2
    median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    range = least...greatest
    count = readings.count
  }

  /// Half the distance from the least to the greatest, as a share of the median.
  public var halfWidth: Double { (range.upperBound - range.lowerBound) / (2 * median) }
}
