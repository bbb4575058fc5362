/// A mapping of a specification, read strictly: every key is declared, every read is noted.
///
/// What has been read, with defaults filled in, is in ``resolved``: the reader and the identity of a cell cannot differ.
///
///     let method = try node.mapping(keys: ["rank", "density"])
///     let rank = try method.integer("rank", in: 1...)
///     let density = try method.number("density", default: 0.03, in: 0..<1)
public final class SpecificationMapping {
  /// The mapping's own node, for errors that concern all of it.
  public let node: SpecificationNode
  /// What has been read so far, defaults included.
  public private(set) var resolvedMembers: [String: ResolvedValue] = [:]
  private let members: [String: SpecificationNode]
  private let keyPlaces: [String: Diagnostic.Place]

  init(_ node: SpecificationNode, keys: [String]) throws {
    self.node = node
    var members: [String: SpecificationNode] = [:]
    var places: [String: Diagnostic.Place] = [:]
    for (key, place, value) in try node.members() {
      guard keys.contains(key) else {
        let scope = node.path.isEmpty ? "" : " in '\(node.path)'"
        throw Diagnostic(
          .usage, at: place, "unknown key '\(key)'\(scope); " + Suggestion.clause(for: key, in: keys))
      }
      members[key] = value
      places[key] = place
    }
    self.members = members
    keyPlaces = places
  }

  /// All that has been read.
  public var resolved: ResolvedValue { .object(resolvedMembers) }

  /// Whether a key is written.
  public func has(_ key: String) -> Bool { members[key] != nil }

  /// The value of a key that may be missing; it is noted under ``resolved`` by the caller, with ``note(_:_:)``.
  public func optionalNode(_ key: String) -> SpecificationNode? { members[key] }

  /// The value of a key that must be there.
  public func requiredNode(_ key: String) throws -> SpecificationNode {
    guard let value = members[key] else {
      let scope = node.path.isEmpty ? "" : " in '\(node.path)'"
      throw node.error("missing key '\(key)'\(scope)")
    }
    return value
  }

  /// Notes a value that the caller worked out itself.
  public func note(_ key: String, _ value: ResolvedValue) { resolvedMembers[key] = value }

  /// An error at a key's value, or at the mapping if the key is not written.
  public func error(_ key: String, _ message: String) -> Diagnostic {
    (members[key] ?? node).error(message)
  }

  /// A whole number within a range.
  public func integer(_ key: String, default fallback: Int? = nil, in range: some RangeExpression<Int> = 0...) throws
    -> Int
  {
    let value = try read(key, fallback) { try $0.integer() }
    guard range.contains(value) else { throw outside(key, "\(value)", "\(range)") }
    note(key, .integer(value))
    return value
  }

  /// A real number within a range.
  public func number(
    _ key: String, default fallback: Double? = nil,
    in range: some RangeExpression<Double> = (-Double.greatestFiniteMagnitude)...
  ) throws -> Double {
    let value = try read(key, fallback) { try $0.number() }
    guard value.isFinite else { throw error(key, "'\(name(of: key))' is \(value); expected a finite number") }
    guard range.contains(value) else { throw outside(key, "\(value)", "\(range)") }
    note(key, .number(value))
    return value
  }

  /// A text.
  public func string(_ key: String, default fallback: String? = nil) throws -> String {
    let value = try read(key, fallback) { try $0.string() }
    note(key, .string(value))
    return value
  }

  /// `true` or `false`.
  public func bool(_ key: String, default fallback: Bool? = nil) throws -> Bool {
    let value = try read(key, fallback) { try $0.bool() }
    note(key, .bool(value))
    return value
  }

  /// One of an enumeration's words.
  public func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, default fallback: Choice? = nil, of type: Choice.Type = Choice.self
  ) throws -> Choice where Choice.RawValue == String {
    let word = try read(key, fallback?.rawValue) { try $0.string() }
    guard let value = Choice(rawValue: word) else {
      let known = Choice.allCases.map(\.rawValue)
      throw error(key, "'\(name(of: key))' cannot be '\(word)'; " + Suggestion.clause(for: word, in: known))
    }
    note(key, .string(word))
    return value
  }

  /// One of an enumeration's words, noted only where it is not the default: a key that came later, which runs from before
  /// it do not have.
  public func laterChoice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, default fallback: Choice
  ) throws -> Choice where Choice.RawValue == String {
    let value = try choice(key, default: fallback)
    if value.rawValue == fallback.rawValue { resolvedMembers[key] = nil }
    return value
  }

  /// `true` or `false`, noted only where it is `true`: a key that came later, which runs from before it do not have.
  public func laterBool(_ key: String) throws -> Bool {
    let value = try bool(key, default: false)
    if !value { resolvedMembers[key] = nil }
    return value
  }

  /// A whole number, noted only where it is not the default: a key that came later, which runs from before it do not have.
  public func laterInteger(_ key: String, default fallback: Int) throws -> Int {
    let value = try integer(key, default: fallback)
    if value == fallback { resolvedMembers[key] = nil }
    return value
  }

  private func read<Value>(_ key: String, _ fallback: Value?, _ body: (SpecificationNode) throws -> Value) throws
    -> Value
  {
    if members[key] == nil, let fallback { return fallback }
    return try body(requiredNode(key))
  }

  private func name(of key: String) -> String { node.path.isEmpty ? key : "\(node.path).\(key)" }

  private func outside(_ key: String, _ found: String, _ range: String) -> Diagnostic {
    error(key, "'\(name(of: key))' is \(found); expected \(Self.words(range))")
  }

  /// A range in words: `1 or more`, `from 0.0 to below 1.0`.
  private static func words(_ range: String) -> String {
    let bound = range.split(separator: "Bound: ").last?.dropLast() ?? ""
    if range.hasPrefix("PartialRangeFrom") { return "\(bound) or more" }
    if range.hasPrefix("PartialRangeThrough") { return "\(bound) or less" }
    if range.hasPrefix("PartialRangeUpTo") { return "less than \(bound)" }
    if let split = range.firstRange(of: "..<") {
      return "from \(range[..<split.lowerBound]) to below \(range[split.upperBound...])"
    }
    if let split = range.firstRange(of: "...") {
      return "from \(range[..<split.lowerBound]) to \(range[split.upperBound...])"
    }
    return range
  }
}
