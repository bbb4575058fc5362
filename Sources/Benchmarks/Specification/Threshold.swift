import Configuration
import Training

/// What a figure must reach, and how it is judged.
public struct Threshold: Equatable, Sendable {
  /// What of a measurement is judged; all are ratios, which hold on any machine.
  public enum Quantity: String, CaseIterable, Sendable {
    /// The rate of operations over that of the products timed in the same rounds.
    case shareOfProduct = "share-of-sgemm"
    /// The rate of tokens over another measurement's of the same rounds.
    case speed
    /// How much longer something takes later, or in a larger model.
    case slowDown = "slow-down"
  }

  /// The bound.
  public enum Bound: Equatable, Sendable {
    /// At least this.
    case least(Double)
    /// At most this.
    case most(Double)
  }

  /// What comes out.
  public enum Verdict: String, Sendable {
    /// The bound holds.
    case met
    /// It does not.
    case missed
    /// The record has no such figure.
    case notMeasured = "not measured"
  }

  /// The name.
  public var id: String
  /// What is judged.
  public var quantity: Quantity
  /// The path of the measurement, or of the group.
  public var path: String
  /// The path of what it is compared with.
  public var other: String?
  /// The bound.
  public var bound: Bound

  static let keys = ["id", "figure", "of", "over", "least", "most"]

  /// Reads a threshold.
  ///
  /// - Throws: `Diagnostic` at the key that is missing, unknown or impossible.
  init(reading node: SpecificationNode) throws {
    let threshold = try node.mapping(keys: Self.keys)
    id = try threshold.string("id")
    quantity = try threshold.choice("figure")
    path = try threshold.string("of")
    switch (quantity, threshold.has("over")) {
    case (.speed, _): other = try threshold.string("over")
    case (_, true): throw threshold.error("over", "'over' is for the figure 'speed'; remove it")
    case (_, false): other = nil
    }
    switch (threshold.has("least"), threshold.has("most")) {
    case (true, false): bound = .least(try threshold.number("least", in: 0...))
    case (false, true): bound = .most(try threshold.number("most", in: 0...))
    default: throw node.error("a threshold has one bound; expected 'least' or 'most'")
    }
  }

  /// The figure's spread in a record, or nil where it was not measured.
  public func spread(in record: BenchmarkRecord) -> Spread? {
    switch quantity {
    case .shareOfProduct: record.measurement(at: path).flatMap { Figures.shareOfProduct($0, at: path, in: record) }
    case .speed:
      record.measurement(at: path).flatMap { own in
        other.flatMap(record.measurement).flatMap { own.speed(over: $0) }
      }
    case .slowDown:
      record[path].flatMap(Figures.slowDown(of:))
        ?? record.measurement(at: path).flatMap { own in
          let group = record.groups.first { path == "\($0.name)/\(own.name)" }
          return Figures.slowDown(of: own, beside: group?[Figures.product])
        }
    }
  }

  /// Judges the figure of a record.
  public func verdict(in record: BenchmarkRecord) -> Verdict {
    guard let value = spread(in: record)?.median, value.isFinite else { return .notMeasured }
    switch bound {
    case .least(let least): return value >= least ? .met : .missed
    case .most(let most): return value <= most ? .met : .missed
    }
  }
}

/// Figures that are worked out from more than one measurement.
public enum Figures {
  /// The name of the product that is timed in every round of whole updates.
  static let product = "sgemm"

  /// The rate of operations over that of the products timed in the same rounds.
  public static func shareOfProduct(_ measurement: Measurement, at path: String, in record: BenchmarkRecord) -> Spread?
  {
    let group = record.groups.first { path == "\($0.name)/\(measurement.name)" }
    return group?[product].flatMap { measurement.share(of: $0) }
  }

  /// The largest ratio, over all pairs of models of a group, of the time that an operation takes in the one that needs more
  /// of them to that in the other; nil where there are no two.
  public static func slowDown(of group: MeasuredGroup) -> Spread? {
    let models = group.measurements.filter { $0.name != product && $0.operations != nil }
      .sorted { $0.operations! < $1.operations! }
    var largest: Spread?
    for (index, small) in models.enumerated() {
      for large in models[(index + 1)...] {
        let ratios = zip(large.seconds, small.seconds).map { $0 / large.operations! / ($1 / small.operations!) }
        guard let spread = Spread(ratios) else { continue }
        if spread.median > largest?.median ?? 0 { largest = spread }
      }
    }
    return largest
  }

  /// The last rounds over the first, ten of each; nil of fewer than twenty.
  ///
  /// - Parameter product: the product of the same rounds, in whose time that of each round is counted where there is one:
  ///   what slows the machine down for a while is no growth.
  public static func slowDown(of measurement: Measurement, beside product: Measurement?) -> Spread? {
    let times =
      product.map { zip(measurement.seconds, $0.seconds).map { $0 / $1 } } ?? measurement.seconds
    guard times.count >= 20, let first = Spread(Array(times.prefix(10))) else { return nil }
    return Spread(times.suffix(10).map { $0 / first.median })
  }
}
