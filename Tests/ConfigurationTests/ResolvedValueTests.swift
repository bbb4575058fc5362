import Configuration
import Foundation
import TestSupport
import Testing

@Suite("Resolved values and their canonical text")
struct ResolvedValueTests {
  private func parsed(_ text: String) throws -> ResolvedValue {
    try ResolvedValue(json: Data(text.utf8), file: "a.json")
  }

  @Test(
    "A value's canonical text reads back as the same value",
    arguments: [
      ResolvedValue.null, .bool(true), .bool(false), .integer(0), .integer(1), .integer(-7), .integer(.max),
      .integer(.min), .number(0), .number(1), .number(2), .number(-3), .number(0.1), .number(3e-3),
      .number(1e-8), .number(1e15), .number(123_456_789_012_345), .number(1e300), .number(.leastNonzeroMagnitude),
      .number(0.1 + 0.2), .number(.greatestFiniteMagnitude), .string(""), .string("a \"b\" \\ \n\r\t\u{1} ü 日本"),
      .array([]), .object([:]), .array([.integer(1), .null, .array([.bool(false)])]),
      .object(["b": .number(1), "a": .object(["x": .string("y")])]),
    ])
  func roundTrip(value: ResolvedValue) throws {
    #expect(try parsed(value.canonicalJSON) == value)
    #expect(try parsed(value.prettyJSON) == value)
  }

  @Test("Keys are sorted by their bytes, nothing is spaced, numbers are the shortest that read back")
  func canonicalForm() {
    let value = ResolvedValue.object([
      "b": .number(0.003), "B": .integer(3), "ä": .number(1e-8), "a": .array([.number(2), .integer(2), .null]),
    ])
    #expect(value.canonicalJSON == #"{"B":3,"a":[2.0,2,null],"b":0.003,"ä":1e-08}"#)
  }

  @Test("The text for people has two spaces a level and ends with a line break")
  func prettyForm() {
    let value = ResolvedValue.object(["a": .array([.integer(1), .object([:])]), "b": .array([])])
    #expect(value.prettyJSON == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}\n")
  }

  @Test("A number that is not finite is written as text, since JSON has no such numbers")
  func nonFinite() throws {
    #expect(ResolvedValue.number(.infinity).canonicalJSON == "\"inf\"")
    #expect(ResolvedValue.number(.nan).canonicalJSON == "\"nan\"")
  }

  @Test("Members are read by their kind")
  func members() {
    var value = ResolvedValue.object(["n": .number(0.5), "i": .integer(2), "s": .string("t"), "f": .bool(false)])
    #expect(value["n"]?.doubleValue == 0.5 && value["i"]?.doubleValue == 2 && value["i"]?.integerValue == 2)
    #expect(value["n"]?.integerValue == nil && value["s"]?.stringValue == "t" && value["f"]?.boolValue == false)
    value["n"] = nil
    value["l"] = .array([.null])
    #expect(value["n"] == nil && value["l"]?.arrayValue == [.null] && value.objectValue?.count == 4)
    #expect(ResolvedValue.null["x"] == nil)
  }

  @Test("JSON of other writers is read: white space, escapes, exponents")
  func foreign() throws {
    let text = " { \"a\" : [ 1 , -2.5E+3 , 1e2,0 ] ,\r\n\t\"b\\u00e4\\ud83d\\ude00\\/\":\"\\b\\f\" } \n"
    let expected = ResolvedValue.object([
      "a": .array([.integer(1), .number(-2500), .number(100), .integer(0)]), "bä😀/": .string("\u{8}\u{c}"),
    ])
    #expect(try parsed(text) == expected)
  }

  @Test(
    "A text that is not JSON is reported with its file",
    arguments: [
      "", "{", "{\"a\": }", "nonsense", "[1,]", "[1 2]", "{\"a\":1,\"a\":2}", "01", "1.", "-", "+1", ".5", "1e999",
      "tru",
      "99999999999999999999", "\"a", "\"\\x\"", "\"\\ud800\"", "\"\n\"", "[1] 2", String(repeating: "[", count: 500),
    ])
  func damaged(text: String) {
    #expect(
      diagnosticText { try parsed(text) }
        == "a.json: error: is not valid JSON; delete it or restore it from where it came")
  }
}
