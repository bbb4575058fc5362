import Configuration

/// A number that a claim speaks of: a perplexity, say, times a factor.
public indirect enum ClaimExpression: Equatable, Sendable {
  /// A number as written.
  case number(Double)
  /// What was measured or counted of one row, or of every row that a pattern matches.
  case quantity(ClaimQuantity)
  /// The number with its sign changed.
  case negated(ClaimExpression)
  /// Two numbers joined.
  case joined(ClaimExpression, Operator, ClaimExpression)
  /// What several numbers come to: the least, say, or their mean; or one's absolute value.
  case function(Function, [ClaimExpression])

  /// How two numbers are joined.
  public enum Operator: Character, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
  }

  /// What may be said of numbers.
  public enum Function: String, CaseIterable, Sendable {
    /// The least of its arguments; an argument may be a pattern.
    case min
    /// The greatest of its arguments; an argument may be a pattern.
    case max
    /// The natural logarithm of its one argument.
    case log
    /// The mean of its arguments; an argument may be a pattern.
    case mean
    /// The sample standard deviation of its arguments, two or more; an argument may be a pattern.
    case deviation
    /// The absolute value of its one argument.
    case abs
  }
}

/// What a claim can ask of a row: `ppl("SLTrain")`.
public struct ClaimQuantity: Equatable, Sendable {
  /// The measures that a claim can name.
  public enum Measure: String, CaseIterable, Sendable {
    /// The validation perplexity.
    case perplexity = "ppl"
    /// The perplexity of a guess at random among the model's vocabulary: its size.
    case guess = "guess"
    /// The sample standard deviation of the validation perplexity over the row's seeds.
    case spread = "spread"
    /// The parameters of the final model, in millions.
    case parameters = "param"
    /// The estimated memory of parameters and optimizer state, in G of 10⁹ bytes.
    case memory = "mem"
    /// The most bytes that training had live at once, measured or predicted, in G.
    case peak = "peak"
    /// Tokens a second, measured.
    case speed = "speed"
    /// A number that a study found, by its name.
    case found = "found"

    /// Whether a row has several readings, by seed or by round.
    var isRepeated: Bool { self == .perplexity || self == .speed }

    /// Whether it takes training to know it.
    var isLearned: Bool { self == .perplexity || self == .spread }
  }

  /// What is asked.
  public var measure: Measure
  /// The row's name; `*` stands for any text.
  public var pattern: String
  /// Where the name is written.
  public var place: Diagnostic.Place?

  /// Creates a quantity.
  public init(_ measure: Measure, _ pattern: String, at place: Diagnostic.Place? = nil) {
    self.measure = measure
    self.pattern = pattern
    self.place = place
  }

  /// Whether the name may stand for several rows.
  public var isPattern: Bool { pattern.contains("*") }

  /// Whether a row is meant.
  public func matches(_ row: String) -> Bool {
    let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard pieces.count > 1 else { return row == pattern }
    guard row.hasPrefix(pieces[0]), row.count >= pieces[0].count else { return false }
    var rest = row.dropFirst(pieces[0].count)
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let found = rest.firstRange(of: piece) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(pieces[pieces.count - 1])
  }
}

/// A claim's test: one comparison, or several that must all hold.
public struct ClaimTest: Equatable, Sendable {
  /// One comparison of two numbers.
  public struct Comparison: Equatable, Sendable {
    /// The left side.
    public var left: ClaimExpression
    /// How the sides compare.
    public var relation: Relation
    /// The right side.
    public var right: ClaimExpression
  }

  /// How two numbers compare.
  public enum Relation: String, Sendable {
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
  }

  /// The comparisons, in the order written.
  public var comparisons: [Comparison]

  /// Every quantity that the test asks for, in the order written.
  public var quantities: [ClaimQuantity] { comparisons.flatMap { $0.left.quantities + $0.right.quantities } }

  /// Whether the test asks for a measure of any row.
  public func asks(for measure: ClaimQuantity.Measure) -> Bool { quantities.contains { $0.measure == measure } }

  /// Whether it takes training to judge the test.
  var isLearned: Bool { quantities.contains(where: \.measure.isLearned) }
}

extension ClaimExpression {
  /// Every quantity in the expression, in the order written.
  public var quantities: [ClaimQuantity] {
    switch self {
    case .number: []
    case .quantity(let quantity): [quantity]
    case .negated(let inner): inner.quantities
    case .joined(let left, _, let right): left.quantities + right.quantities
    case .function(_, let arguments): arguments.flatMap(\.quantities)
    }
  }
}
