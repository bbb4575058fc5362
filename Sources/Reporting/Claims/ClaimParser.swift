import Configuration

extension ClaimTest {
  /// Reads a test: an inequality between numbers, or several joined by `and`.
  ///
  ///     ppl(SLTrain) <= 1.07 * ppl(Full-Rank)
  ///     ppl(SLTrain) <= 0.6 * min(ppl(Low-Rank*)) and mem(SLTrain) < mem(GaLore)
  ///
  /// Known are the quantities `ppl`, `spread`, `guess`, `param`, `mem`, `peak` and `speed` of a row and `found` of what a
  /// study found, the functions `min`, `max`, `mean`, `deviation`, `log` and `abs`, the four signs and brackets. A row's name
  /// goes up to the closing bracket, or stands in double quotes. A name with `*` stands for every row that it matches and may stand only in a function of several.
  /// - Parameter place: where the text's first character stands.
  /// - Throws: `Diagnostic` at the word that is wrong.
  public init(parsing text: String, at place: Diagnostic.Place? = nil) throws {
    var parser = ClaimParser(tokens: try ClaimTokenizer.tokens(of: text, at: place), start: place)
    self = try parser.test()
  }

  /// Checks that every row that the test names is there.
  ///
  /// - Throws: `Diagnostic` at the first name that no row has.
  public func check(rows: [String]) throws {
    for quantity in quantities where !rows.contains(where: quantity.matches) {
      let what = quantity.isPattern ? "no row matches" : "there is no row"
      throw Diagnostic(
        .usage, at: quantity.place,
        "\(what) '\(quantity.pattern)'; " + Suggestion.clause(for: quantity.pattern, in: rows))
    }
  }
}

/// Reads words from left to right; one function for each level of binding.
private struct ClaimParser {
  let tokens: [ClaimToken]
  let start: Diagnostic.Place?
  var index = 0

  var token: ClaimToken { tokens[index] }

  mutating func test() throws -> ClaimTest {
    var comparisons = [try comparison()]
    while token.kind == .name("and") {
      index += 1
      comparisons.append(try comparison())
    }
    guard token.kind == .end else { throw unexpected("'and' or the end") }
    return ClaimTest(comparisons: comparisons)
  }

  private mutating func comparison() throws -> ClaimTest.Comparison {
    let left = try sum()
    guard case .symbol(let symbol) = token.kind, let relation = ClaimTest.Relation(rawValue: symbol) else {
      throw unexpected("<, <=, > or >=")
    }
    index += 1
    let right = try sum()
    try [left, right].forEach(refusePatterns)
    return ClaimTest.Comparison(left: left, relation: relation, right: right)
  }

  private mutating func sum() throws -> ClaimExpression {
    var result = try product()
    while let sign = sign(["+", "-"]) { result = .joined(result, sign, try product()) }
    return result
  }

  private mutating func product() throws -> ClaimExpression {
    var result = try factor()
    while let sign = sign(["*", "/"]) { result = .joined(result, sign, try factor()) }
    return result
  }

  private mutating func sign(_ symbols: [String]) -> ClaimExpression.Operator? {
    guard case .symbol(let symbol) = token.kind, symbols.contains(symbol) else { return nil }
    index += 1
    return ClaimExpression.Operator(rawValue: Character(symbol))
  }

  private mutating func factor() throws -> ClaimExpression {
    switch token.kind {
    case .number(let value):
      index += 1
      return .number(value)
    case .symbol("-"):
      index += 1
      return .negated(try factor())
    case .symbol("("):
      index += 1
      let inner = try sum()
      try expect(")")
      return inner
    case .name(let name): return try call(name)
    default: throw unexpected("a number or a quantity")
    }
  }

  private mutating func call(_ name: String) throws -> ClaimExpression {
    let nameOffset = token.offset
    if let measure = ClaimQuantity.Measure(rawValue: name) {
      index += 1
      return .quantity(try quantity(measure))
    }
    guard let function = ClaimExpression.Function(rawValue: name) else {
      let known = ClaimQuantity.Measure.allCases.map(\.rawValue) + ClaimExpression.Function.allCases.map(\.rawValue)
      throw error(nameOffset, "unknown name '\(name)'; " + Suggestion.clause(for: name, in: known))
    }
    index += 1
    try expect("(")
    var arguments = [try sum()]
    while token.kind == .symbol(",") {
      index += 1
      arguments.append(try sum())
    }
    try expect(")")
    guard ![.abs, .log].contains(function) || arguments.count == 1 else {
      throw error(nameOffset, "'\(function.rawValue)' takes one number")
    }
    return .function(function, arguments)
  }

  private mutating func quantity(_ measure: ClaimQuantity.Measure) throws -> ClaimQuantity {
    try expect("(")
    guard case .text(let pattern) = token.kind else { throw unexpected("a row's name") }
    let result = ClaimQuantity(measure, pattern, at: ClaimTokenizer.place(start, offset: token.offset))
    index += 1
    try expect(")")
    return result
  }

  /// A pattern has one number for each row, so that only a function of several can take it.
  private func refusePatterns(in expression: ClaimExpression) throws {
    switch expression {
    case .number: break
    case .quantity(let quantity):
      guard quantity.isPattern else { break }
      let message = "'\(quantity.pattern)' may stand for several rows; write min(…) or max(…) around the quantity alone"
      throw Diagnostic(.usage, at: quantity.place, message)
    case .negated(let inner): try refusePatterns(in: inner)
    case .joined(let left, _, let right): try [left, right].forEach(refusePatterns)
    case .function(.abs, let arguments), .function(.log, let arguments): try arguments.forEach(refusePatterns)
    case .function(_, let arguments):
      for argument in arguments {
        if case .quantity = argument { continue }
        try refusePatterns(in: argument)
      }
    }
  }

  private mutating func expect(_ symbol: String) throws {
    guard token.kind == .symbol(symbol) else { throw unexpected("'\(symbol)'") }
    index += 1
  }

  private func unexpected(_ expected: String) -> Diagnostic {
    error(token.offset, "found \(token.description), expected \(expected)")
  }

  private func error(_ offset: Int, _ message: String) -> Diagnostic {
    Diagnostic(.usage, at: ClaimTokenizer.place(start, offset: offset), message)
  }
}
