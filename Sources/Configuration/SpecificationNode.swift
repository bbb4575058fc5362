import Foundation
import Yams

/// A value of a YAML file that remembers where it stands, so that a later error can name the place.
///
/// A value keeps its own file and place even after it has been merged into another specification.
public struct SpecificationNode: Sendable {
  enum Content: Sendable {
    case scalar(Scalar)
    case list([SpecificationNode])
    case mapping([Member])
  }

  /// A word or number as it is written, and what YAML takes it for.
  struct Scalar: Sendable {
    var text: String
    var integer: Int?
    var number: Double?
    var bool: Bool?
    var isNull: Bool

    init(_ scalar: Node.Scalar) {
      text = scalar.string
      let node = Node.scalar(scalar)
      // A quoted word is a text, whatever it looks like.
      let isPlain = scalar.style == .plain || scalar.style == .any
      integer = isPlain ? node.int : nil
      number = isPlain ? node.float ?? node.int.map(Double.init) : nil
      bool = isPlain ? node.bool : nil
      isNull = isPlain && node.null != nil
    }

    init(_ value: ResolvedValue) {
      text = value.stringValue ?? value.canonicalJSON
      integer = value.integerValue
      number = value.doubleValue
      bool = value.boolValue
      isNull = value == .null
    }
  }

  struct Member: Sendable {
    var key: String
    var place: Diagnostic.Place
    var value: SpecificationNode
  }

  let content: Content
  /// Where the value stands.
  public let place: Diagnostic.Place
  /// How messages name the value: `method.rank`.
  public let path: String

  /// The file that the value was read from, as the user gave it.
  public var file: String { place.file }

  init(content: Content, place: Diagnostic.Place, path: String) {
    self.content = content
    self.place = place
    self.path = path
  }

  private init(_ node: Node, file: String, path: String) throws {
    place = Diagnostic.Place(file: file, line: node.mark?.line, column: node.mark?.column)
    self.path = path
    switch node {
    case .scalar(let scalar): content = .scalar(Scalar(scalar))
    case .sequence(let sequence):
      content = .list(
        try sequence.enumerated().map { try SpecificationNode($0.element, file: file, path: "\(path)[\($0.offset)]") })
    case .mapping(let mapping):
      content = .mapping(
        try mapping.map { key, value in
          let place = Diagnostic.Place(file: file, line: key.mark?.line, column: key.mark?.column)
          guard let name = key.string else { throw Diagnostic(.usage, at: place, "a key must be a word") }
          let value = try SpecificationNode(value, file: file, path: path.isEmpty ? name : "\(path).\(name)")
          return Member(key: name, place: place, value: value)
        })
    case .alias:
      throw Diagnostic(.usage, at: place, "a YAML alias cannot be resolved here; write the value out")
    }
  }

  /// Reads a YAML file.
  ///
  /// - Throws: ``Diagnostic`` with file, line and column if the file cannot be read or is not YAML.
  public init(file: String) throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Diagnostic.file(file, .usage, "no such file, or it cannot be read")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw Diagnostic.file(file, .usage, "is not UTF-8 text")
    }
    try self.init(text: text, file: file)
  }

  /// Reads YAML text; `file` is the name that messages give.
  public init(text: String, file: String) throws {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw Diagnostic.file(file, .usage, "is empty; expected a mapping")
      }
      try self.init(node, file: file, path: "")
    } catch let error as YamlError {
      throw Self.diagnostic(of: error, file: file)
    }
  }

  /// A usage error at this value.
  public func error(_ message: String) -> Diagnostic { Diagnostic(.usage, at: place, message) }

  /// The value as a mapping whose keys must all be in `keys`.
  ///
  /// - Throws: ``Diagnostic`` at the first unknown key, with a guess at what was meant; or here, if this is no mapping.
  public func mapping(keys: [String]) throws -> SpecificationMapping {
    try SpecificationMapping(self, keys: keys)
  }

  /// The value as a mapping with keys of the user's own, in the order written.
  public func members() throws -> [(key: String, place: Diagnostic.Place, value: SpecificationNode)] {
    guard case .mapping(let members) = content else { throw expected("a mapping") }
    return members.map { ($0.key, $0.place, $0.value) }
  }

  /// The value as a list.
  public func list() throws -> [SpecificationNode] {
    guard case .list(let elements) = content else { throw expected("a list") }
    return elements
  }

  /// The value as a whole number.
  public func integer() throws -> Int {
    guard case .scalar(let scalar) = content, let value = scalar.integer else {
      throw expected("a whole number")
    }
    return value
  }

  /// The value as a real number.
  public func number() throws -> Double {
    guard case .scalar(let scalar) = content, let value = scalar.number else { throw expected("a number") }
    return value
  }

  /// The value as a text.
  public func string() throws -> String {
    guard case .scalar(let scalar) = content else { throw expected("a text") }
    return scalar.text
  }

  /// The value as `true` or `false`.
  public func bool() throws -> Bool {
    guard case .scalar(let scalar) = content, let value = scalar.bool else { throw expected("true or false") }
    return value
  }

  /// Whether the value is a list.
  public var isList: Bool { if case .list = content { true } else { false } }

  /// Whether the value is a mapping.
  public var isMapping: Bool { if case .mapping = content { true } else { false } }

  /// Whether the value is a single word or number.
  public var isScalar: Bool { if case .scalar = content { true } else { false } }

  /// The value as it is, without a schema: for identity and for display.
  public var resolved: ResolvedValue {
    switch content {
    case .mapping(let members):
      return .object(Dictionary(members.map { ($0.key, $0.value.resolved) }, uniquingKeysWith: { first, _ in first }))
    case .list(let elements): return .array(elements.map(\.resolved))
    case .scalar(let scalar):
      if let value = scalar.integer { return .integer(value) }
      if let value = scalar.number { return .number(value) }
      if let value = scalar.bool { return .bool(value) }
      return scalar.isNull ? .null : .string(scalar.text)
    }
  }

  func expected(_ what: String) -> Diagnostic {
    let found: String
    switch content {
    case .mapping: found = "a mapping"
    case .list: found = "a list"
    case .scalar(let scalar): found = scalar.text.isEmpty ? "nothing" : "'\(scalar.text)'"
    }
    return error("\(path.isEmpty ? "the file" : "'\(path)'") must be \(what), found \(found)")
  }

  private static func diagnostic(of error: YamlError, file: String) -> Diagnostic {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return Diagnostic(
        .usage, at: .init(file: file, line: mark.line, column: mark.column), "not valid YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = Set(keys).sorted().map { "'\($0)'" }.joined(separator: ", ")
      let place = Diagnostic.Place(file: file, line: context.mark.line, column: context.mark.column)
      return Diagnostic(.usage, at: place, "duplicate key \(names); keep one of them")
    default:
      return Diagnostic.file(file, .usage, "is not valid YAML: \(error)")
    }
  }
}
