/// What some readings of one quantity say together: the one in the middle, and how far they lie apart.
public struct Spread: Equatable, Sendable {
  /// The reading in the middle, or the mean of the two there.
  public let median: Double
  /// A quarter of the readings lies below, and a quarter above; between two readings in a straight line.
  public let quartiles: ClosedRange<Double>
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
    quartiles = Self.value(at: 0.25, of: sorted)...Self.value(at: 0.75, of: sorted)
    range = least...greatest
    count = readings.count
  }

  private static func value(at share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let index = Int(place)
    guard index + 1 < sorted.count else { return sorted[index] }
    return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
  }

  /// Half the distance from the least to the greatest, as a share of the median.
  public var halfWidth: Double { (range.upperBound - range.lowerBound) / (2 * median) }
}
