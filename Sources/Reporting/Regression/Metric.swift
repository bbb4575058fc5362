/// A number that a change of the program may move, and where it stands: `table-2/sltrain/60m-proxy/final/seed-42/loss`.
public struct Metric: Equatable, Sendable {
  /// What a number is, which says how it may differ and which way is worse.
  public enum Kind: String, CaseIterable, Sendable {
    /// The loss of an evaluation, whose exponential is a perplexity: less is better.
    case loss
    /// Parameters: fewer is better.
    case count
    /// Bytes, measured or estimated: fewer is better.
    case bytes
    /// How many times as fast as another something is: more is better.
    case speed
    /// A number of which neither more nor less is better, so that any difference is worse until somebody means it.
    case value
  }

  /// Where it stands.
  public var path: String
  /// What it is.
  public var kind: Kind
  /// The number.
  public var number: Double

  /// Creates a metric.
  public init(_ path: String, _ kind: Kind, _ number: Double) {
    self.path = path
    self.kind = kind
    self.number = number
  }

  /// Creates a metric of a whole number.
  public init(_ path: String, _ kind: Kind, _ number: Int) { self.init(path, kind, Double(number)) }

  /// The number in full: whole where it is whole by nature, else in the shortest form that reads back the same.
  static func text(_ number: Double, _ kind: Kind) -> String {
    switch kind {
    case .count, .bytes: DecimalText.fixed(number, places: 0)
    case .speed: DecimalText.fixed(number, places: 3)
    case .loss, .value: DecimalText.plain(number)
    }
  }
}
