import Configuration
import Foundation

/// What the numbers say of a claim at one size.
public struct Verdict: Equatable, Sendable {
  /// The four things that numbers can say.
  public enum Outcome: String, Sendable {
    /// The claim's test is met.
    case holds = "holds"
    /// The claim's test is not met.
    case doesNotHold = "does not hold"
    /// The seeds disagree: the interval of the margin reaches over zero.
    case undecided = "undecided"
    /// The numbers cannot speak to the claim.
    case notTested = "not tested at this scale"

    /// The word as reports print it: in bold where something is known.
    var marked: String { self == .notTested ? rawValue : "**\(rawValue)**" }
  }

  /// What the numbers say.
  public let outcome: Outcome
  /// Why, as a clause: the two sides, or what is missing.
  public let reason: String
  /// The seeds behind it; 0 where nothing random is involved.
  public let seeds: Int

  /// Creates a verdict.
  public init(_ outcome: Outcome, reason: String, seeds: Int = 0) {
    self.outcome = outcome
    self.reason = reason
    self.seeds = seeds
  }

  /// Judges a test on the values of one size.
  ///
  /// Each seed gives both sides of a comparison, and their margin; the mean margin decides. With two seeds or more the
  /// verdict is *undecided* where the bootstrap interval of the mean margin reaches over zero. Of several comparisons
  /// all must hold.
  public static func judging(_ test: ClaimTest, on values: some ClaimValues) -> Verdict {
    for quantity in test.quantities {
      if let reason = values.reasonNotToTest(quantity) { return Verdict(.notTested, reason: reason) }
    }
    let repeated = test.quantities.filter { $0.measure.isRepeated }
    let seeds = repeated.isEmpty ? [nil] : values.commonSeeds(of: repeated)
    guard !seeds.isEmpty else { return Verdict(.notTested, reason: "the claim's rows have no seed in common") }
    let judged = test.comparisons.map { judge($0, on: values, seeds: seeds) }
    let order: [Outcome] = [.notTested, .doesNotHold, .undecided]
    let outcome = order.first { kind in judged.contains { $0.outcome == kind } } ?? .holds
    return Verdict(
      outcome, reason: judged.map(\.reason).joined(separator: "; "), seeds: repeated.isEmpty ? 0 : seeds.count)
  }

  private static func judge(
    _ comparison: ClaimTest.Comparison, on values: some ClaimValues, seeds: [UInt64?]
  ) -> Verdict {
    let left = seeds.map { values.number(comparison.left, seed: $0) }
    let right = seeds.map { values.number(comparison.right, seed: $0) }
    let upward = comparison.relation == .greater || comparison.relation == .atLeast
    let margins = zip(left, right).map { upward ? $0 - $1 : $1 - $0 }
    guard let margin = Statistics(margins)?.mean, margin.isFinite else {
      return Verdict(.notTested, reason: "the test gives no finite number")
    }
    let strict = comparison.relation == .less || comparison.relation == .greater
    let isMet = strict ? margin > 0 : margin >= 0
    let sides =
      "\(text(left)) \(isMet ? comparison.relation.sign : comparison.relation.opposite) \(text(right))"
    if let interval = Statistics.bootstrapInterval(margins), interval.lowerBound < 0, interval.upperBound > 0 {
      let range = [interval.lowerBound, interval.upperBound].map(DecimalText.significant).joined(separator: " to ")
      return Verdict(.undecided, reason: "\(sides), margin \(range)")
    }
    return Verdict(isMet ? .holds : .doesNotHold, reason: sides)
  }

  private static func text(_ values: [Double]) -> String {
    let mean = Statistics(values)?.mean ?? .nan
    return mean.magnitude < 10 ? DecimalText.significant(mean) : DecimalText.fixed(mean, places: 2)
  }
}

extension ClaimTest.Relation {
  /// The sign as a reader writes it.
  var sign: String {
    switch self {
    case .less: "<"
    case .atMost: "≤"
    case .greater: ">"
    case .atLeast: "≥"
    }
  }

  /// The sign of what is true where the relation is not.
  var opposite: String {
    switch self {
    case .less: "≥"
    case .atMost: ">"
    case .greater: "≤"
    case .atLeast: "<"
    }
  }
}

/// The numbers of one size that claims are judged on.
public protocol ClaimValues {
  /// The rows that there are numbers of.
  var rows: [String] { get }

  /// A row's number; perplexities by seed and speeds by round, nil where there is none or it is not finite. A spread is the
  /// same for every seed.
  func value(_ measure: ClaimQuantity.Measure, row: String, seed: UInt64?) -> Double?

  /// The seeds that a row has a perplexity for, or the rounds that it has a speed for.
  func seeds(of row: String) -> [UInt64]

  /// Why no claim about a row's quantity can be tested, as a clause, or nil where it can.
  func obstacle(_ measure: ClaimQuantity.Measure, row: String) -> String?
}

extension ClaimValues {
  /// Why a quantity cannot be had: a row that is missing, or rows of a pattern none of which can be tested.
  func reasonNotToTest(_ quantity: ClaimQuantity) -> String? {
    let rows = rows.filter(quantity.matches)
    guard !rows.isEmpty else { return "\(quantity.pattern) is not in the table at this scale" }
    return rows.lazy.compactMap { obstacle(quantity.measure, row: $0) }.first
  }

  /// The seeds that every row of some quantities has, in the order of the first.
  func commonSeeds(of quantities: [ClaimQuantity]) -> [UInt64?] {
    let asked = rows.filter { row in quantities.contains { $0.matches(row) } }
    guard let first = asked.first else { return [] }
    let others = asked.dropFirst().map { Set(seeds(of: $0)) }
    return seeds(of: first).filter { seed in others.allSatisfy { $0.contains(seed) } }
  }

  /// The value of an expression for one seed; not a number where a part of it is missing.
  func number(_ expression: ClaimExpression, seed: UInt64?) -> Double {
    switch expression {
    case .number(let value): return value
    case .quantity(let quantity): return numbers(of: quantity, seed: seed).first ?? .nan
    case .negated(let inner): return -number(inner, seed: seed)
    case .joined(let left, let sign, let right):
      return sign.apply(number(left, seed: seed), number(right, seed: seed))
    case .function(let function, let arguments):
      let values = arguments.flatMap { argument -> [Double] in
        if case .quantity(let quantity) = argument { return numbers(of: quantity, seed: seed) }
        return [number(argument, seed: seed)]
      }
      return function.apply(values)
    }
  }

  private func numbers(of quantity: ClaimQuantity, seed: UInt64?) -> [Double] {
    rows.filter(quantity.matches).compactMap { value(quantity.measure, row: $0, seed: seed) }
  }
}

extension ClaimExpression.Operator {
  func apply(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .plus: left + right
    case .minus: left - right
    case .times: left * right
    case .over: left / right
    }
  }
}

extension ClaimExpression.Function {
  func apply(_ values: [Double]) -> Double {
    switch self {
    case .min: values.min() ?? .nan
    case .max: values.max() ?? .nan
    case .log: values.first.map { $0 > 0 ? Foundation.log($0) : .nan } ?? .nan
    case .mean: Statistics(values)?.mean ?? .nan
    case .deviation: Statistics(values)?.deviation ?? .nan
    case .abs: values.first?.magnitude ?? .nan
    }
  }
}
