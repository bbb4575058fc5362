import Tensors

/// What several seeds say together.
public struct Statistics: Equatable, Sendable {
  /// The number of values.
  public let count: Int
  /// The mean, added up in the order given.
  public let mean: Double
  /// The sample standard deviation, with `count - 1` below the line; nil for a single value.
  public let deviation: Double?

  /// The statistics of some values, or nil of none.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    count = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    guard values.count > 1 else {
      deviation = nil
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    deviation = (squares / Double(values.count - 1)).squareRoot()
  }

  /// The 95 % interval of the mean by the percentile bootstrap, or nil of fewer than two values.
  ///
  /// The resamples are a pure function of the values' number: the same values give the same interval. With two or three
  /// values the interval reaches from the least to the greatest, so that it excludes zero only if all values agree.
  /// - Source: Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13.
  public static func bootstrapInterval(_ values: [Double], resamples: Int = 10_000) -> ClosedRange<Double>? {
    guard values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
    let random = RandomNumbers(seed: 0, purpose: .resampling, name: "bootstrap")
    var draw = 0
    var means: [Double] = []
    means.reserveCapacity(resamples)
    for _ in 0..<resamples {
      var sum = 0.0
      for _ in values {
        sum += values[Int(random.integer(draw, below: UInt64(values.count)))]
        draw += 1
      }
      means.append(sum / Double(values.count))
    }
    means.sort()
    let tail = resamples * 25 / 1000
    return means[tail]...means[resamples - 1 - tail]
  }
}
