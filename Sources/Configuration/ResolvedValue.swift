import Foundation

/// A fully resolved value of a specification: what was written, with defaults filled in.
///
/// Its ``canonicalJSON`` is the text that a cell's identity is the hash of: keys sorted, no white space, numbers in
/// their shortest form that reads back as the same number.
public enum ResolvedValue: Equatable, Sendable {
  /// Nothing.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A real number.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([ResolvedValue])
  /// A mapping.
  case object([String: ResolvedValue])

  /// The value under a key of an object, or nil.
  public subscript(key: String) -> ResolvedValue? {
    get {
      if case .object(let members) = self { return members[key] }
      return nil
    }
    set {
      guard case .object(var members) = self else { return }
      members[key] = newValue
      self = .object(members)
    }
  }

  /// The text of a string value.
  public var stringValue: String? { if case .string(let text) = self { text } else { nil } }

  /// The whole number of an integer value.
  public var integerValue: Int? { if case .integer(let value) = self { value } else { nil } }

  /// The real number of a number or an integer value.
  public var doubleValue: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The truth value of a bool.
  public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The elements of an array value.
  public var arrayValue: [ResolvedValue]? { if case .array(let values) = self { values } else { nil } }

  /// The members of an object value.
  public var objectValue: [String: ResolvedValue]? { if case .object(let members) = self { members } else { nil } }

  /// The canonical text: the same value gives the same bytes, on every machine.
  public var canonicalJSON: String { rendered(indent: nil, depth: 0) }

  /// The same text for people: sorted keys, two spaces a level, a line break at the end.
  public var prettyJSON: String { rendered(indent: 2, depth: 0) + "\n" }

  private func rendered(indent: Int?, depth: Int) -> String {
    func lines(_ open: String, _ items: [String], _ close: String) -> String {
      guard !items.isEmpty else { return open + close }
      guard let indent else { return open + items.joined(separator: ",") + close }
      let inner = String(repeating: " ", count: indent * (depth + 1))
      let outer = String(repeating: " ", count: indent * depth)
      return open + "\n" + items.map { inner + $0 }.joined(separator: ",\n") + "\n" + outer + close
    }
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .number(let value): return Self.text(of: value)
    case .string(let text): return Self.quoted(text)
    case .array(let values):
      return lines("[", values.map { $0.rendered(indent: indent, depth: depth + 1) }, "]")
    case .object(let members):
      let items = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
        Self.quoted($0.key) + (indent == nil ? ":" : ": ") + $0.value.rendered(indent: indent, depth: depth + 1)
      }
      return lines("{", items, "}")
    }
  }

  private static func text(of value: Double) -> String {
    // JSON has no non-finite numbers: they are written as text, and `init(json:)` gives text back.
    guard value.isFinite else { return quoted(String(describing: value)) }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) + ".0" }
    return "\(value)"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20: result += String(format: "\\u%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Reads a JSON text.
  ///
  /// - Throws: ``Diagnostic`` naming `file` if the text is not JSON.
  public init(json data: Data, file: String) throws {
    guard let value = JSONReader.value(of: data) else {
      throw Diagnostic.file(file, .data, "is not valid JSON; delete it or restore it from where it came")
    }
    self = value
  }
}
