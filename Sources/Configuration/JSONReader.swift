import Foundation

/// Reads JSON exactly: a number with a point or an exponent becomes the nearest `Double`, any other an `Int`.
///
/// Foundation's reader does neither for every number (`0.30000000000000004` comes back one bit off), and a record must
/// read back as it was written.
struct JSONReader {
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  private struct Malformed: Error {}

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The value of a whole text, or nil if the text is not JSON.
  static func value(of data: Data) -> ResolvedValue? {
    var reader = JSONReader(Array(data))
    do {
      let value = try reader.value()
      reader.skipSpace()
      return reader.index == reader.bytes.count ? value : nil
    } catch {
      return nil
    }
  }

  private mutating func skipSpace() {
    while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ character: Character) throws {
    guard next == character.asciiValue else { throw Malformed() }
    index += 1
  }

  private mutating func value() throws -> ResolvedValue {
    skipSpace()
    switch next.map({ Character(UnicodeScalar($0)) }) {
    case "{": return try object()
    case "[": return try array()
    case "\"": return .string(try string())
    case "t": return try word("true", .bool(true))
    case "f": return try word("false", .bool(false))
    case "n": return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: ResolvedValue) throws -> ResolvedValue {
    guard bytes[index...].starts(with: word.utf8) else { throw Malformed() }
    index += word.utf8.count
    return value
  }

  /// Reads items up to a closing character; a text that is nested without end is refused before the stack is.
  private mutating func items(_ open: Character, _ close: Character, _ item: (inout JSONReader) throws -> Void) throws {
    try take(open)
    depth += 1
    defer { depth -= 1 }
    guard depth < 200 else { throw Malformed() }
    skipSpace()
    guard next != close.asciiValue else { return try take(close) }
    while true {
      try item(&self)
      skipSpace()
      if next == close.asciiValue { return try take(close) }
      try take(",")
    }
  }

  private mutating func object() throws -> ResolvedValue {
    var members: [String: ResolvedValue] = [:]
    try items("{", "}") { reader in
      reader.skipSpace()
      let key = try reader.string()
      reader.skipSpace()
      try reader.take(":")
      guard members.updateValue(try reader.value(), forKey: key) == nil else { throw Malformed() }
    }
    return .object(members)
  }

  private mutating func array() throws -> ResolvedValue {
    var values: [ResolvedValue] = []
    try items("[", "]") { values.append(try $0.value()) }
    return .array(values)
  }

  private mutating func number() throws -> ResolvedValue {
    let start = index
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    let digits = text.drop { $0 == "-" }
    guard let first = digits.first, first.isNumber, digits.last?.isNumber == true,
      first != "0" || digits.dropFirst().first.map({ ".eE".contains($0) }) ?? true
    else { throw Malformed() }
    if !text.contains(where: { ".eE".contains($0) }) {
      guard let value = Int(text) else { throw Malformed() }
      return .integer(value)
    }
    guard let value = Double(text), value.isFinite else { throw Malformed() }
    return .number(value)
  }

  private mutating func string() throws -> String {
    try take("\"")
    var text: [UInt8] = []
    while let byte = next, byte != 0x22 {
      index += 1
      guard byte >= 0x20 else { throw Malformed() }
      if byte == 0x5C { text += try escaped() } else { text.append(byte) }
    }
    try take("\"")
    guard let result = String(validating: text, as: UTF8.self) else { throw Malformed() }
    return result
  }

  private mutating func escaped() throws -> [UInt8] {
    guard let byte = next else { throw Malformed() }
    index += 1
    switch Character(UnicodeScalar(byte)) {
    case "\"", "\\", "/": return [byte]
    case "b": return [0x08]
    case "f": return [0x0C]
    case "n": return [0x0A]
    case "r": return [0x0D]
    case "t": return [0x09]
    case "u":
      var units = [try unit()]
      if UTF16.isLeadSurrogate(units[0]) {
        try take("\\")
        try take("u")
        units.append(try unit())
      }
      guard let text = String(validating: units, as: UTF16.self) else { throw Malformed() }
      return Array(text.utf8)
    default: throw Malformed()
    }
  }

  private mutating func unit() throws -> UInt16 {
    guard index + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16)
    else { throw Malformed() }
    index += 4
    return unit
  }
}
