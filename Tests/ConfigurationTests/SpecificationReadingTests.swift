import Configuration
import TestSupport
import Testing

@Suite("Reading a specification")
struct SpecificationReadingTests {
  private enum Colour: String, CaseIterable { case red, green }

  private func node(_ text: String) throws -> SpecificationNode { try SpecificationNode(text: text, file: "a.yaml") }

  private func message(_ text: String, keys: [String], _ body: (SpecificationMapping) throws -> Any) -> String {
    diagnosticText { try body(node(text).mapping(keys: keys)) }
  }

  @Test("A complete mapping gives its values, and notes them with the defaults")
  func values() throws {
    let text = "rank: 8\ndensity: 3e-2\nname: x\nmerge: true\ncolour: green\n"
    let mapping = try node(text).mapping(keys: ["rank", "density", "name", "merge", "colour", "gap", "scale"])
    #expect(try mapping.integer("rank", in: 1...) == 8)
    #expect(try mapping.number("density", in: 0..<1) == 0.03)
    #expect(try mapping.string("name") == "x")
    #expect(try mapping.bool("merge"))
    #expect(try mapping.choice("colour", of: Colour.self) == .green)
    #expect(try mapping.integer("gap", default: 200) == 200)
    #expect(try mapping.number("scale", default: 0.25) == 0.25)
    #expect(
      mapping.resolved.canonicalJSON
        == #"{"colour":"green","density":0.03,"gap":200,"merge":true,"name":"x","rank":8,"scale":0.25}"#)
  }

  @Test("A mistyped key is named with its place and with what was meant")
  func mistypedKey() {
    #expect(
      message("method:\n  name: sltrain\n  dleta: 0.03\n", keys: ["method"]) {
        try $0.requiredNode("method").mapping(keys: ["name", "rank", "density"])
      } == "a.yaml:3:3: error: unknown key 'dleta' in 'method'; did you mean 'density'?")
    #expect(
      message("rnak: 8\n", keys: ["rank"]) { $0 } == "a.yaml:1:1: error: unknown key 'rnak'; did you mean 'rank'?")
    #expect(
      message("rank: 8\ncolour: red\n", keys: ["rank", "gap"]) { $0 }
        == "a.yaml:2:1: error: unknown key 'colour'; known: gap, rank")
  }

  @Test("An unknown key is reported before a missing one, since it is the likelier cause")
  func unknownBeforeMissing() {
    #expect(
      message("rnak: 8\n", keys: ["rank"]) { try $0.integer("rank") }
        == "a.yaml:1:1: error: unknown key 'rnak'; did you mean 'rank'?")
  }

  @Test("A missing key is named with the place of its mapping")
  func missingKey() {
    #expect(message("a: 1\n", keys: ["a", "b"]) { try $0.integer("b") } == "a.yaml:1:1: error: missing key 'b'")
    #expect(
      message("a:\n  x: 1\n", keys: ["a"]) { try $0.requiredNode("a").mapping(keys: ["x", "y"]).integer("y") }
        == "a.yaml:2:3: error: missing key 'y' in 'a'")
  }

  @Test("A key that stands twice is an error")
  func duplicateKey() {
    #expect(
      diagnosticText { try node("rank: 8\ngap: 1\nrank: 9\n") }
        == "a.yaml:1:1: error: duplicate key 'rank'; keep one of them")
  }

  @Test(
    "A value of the wrong type says what was found and what was expected",
    arguments: [
      ("a: lots", "'a' must be a whole number, found 'lots'"),
      ("a: 1.5", "'a' must be a whole number, found '1.5'"),
      ("a: '8'", "'a' must be a whole number, found '8'"),
      ("a:", "'a' must be a whole number, found nothing"),
      ("a: [1]", "'a' must be a whole number, found a list"),
      ("a: {b: 1}", "'a' must be a whole number, found a mapping"),
    ])
  func wrongType(text: String, expected: String) {
    #expect(message(text, keys: ["a"]) { try $0.integer("a") }.hasSuffix(": error: " + expected))
  }

  @Test("Every kind of value has its own message")
  func kinds() {
    #expect(message("a: x", keys: ["a"]) { try $0.number("a") } == "a.yaml:1:4: error: 'a' must be a number, found 'x'")
    #expect(
      message("a: [x]", keys: ["a"]) { try $0.string("a") } == "a.yaml:1:4: error: 'a' must be a text, found a list")
    #expect(
      message("a: maybe", keys: ["a"]) { try $0.bool("a") }
        == "a.yaml:1:4: error: 'a' must be true or false, found 'maybe'")
    #expect(
      message("a: 3", keys: ["a"]) { try $0.requiredNode("a").list() }
        == "a.yaml:1:4: error: 'a' must be a list, found '3'")
    #expect(
      message("a: 3", keys: ["a"]) { try $0.requiredNode("a").members() }
        == "a.yaml:1:4: error: 'a' must be a mapping, found '3'")
    #expect(
      message("a: 3\n", keys: ["a"]) { _ in try node("- 1\n").mapping(keys: []) }
        == "a.yaml:1:1: error: the file must be a mapping, found a list")
  }

  @Test("An impossible value names the range in words")
  func ranges() {
    let keys = ["a"]
    #expect(
      message("a: 0", keys: keys) { try $0.integer("a", in: 1...) } == "a.yaml:1:4: error: 'a' is 0; expected 1 or more"
    )
    #expect(message("a: -1", keys: keys) { try $0.integer("a") } == "a.yaml:1:4: error: 'a' is -1; expected 0 or more")
    #expect(
      message("a: 9", keys: keys) { try $0.integer("a", in: ...8) } == "a.yaml:1:4: error: 'a' is 9; expected 8 or less"
    )
    #expect(
      message("a: 8", keys: keys) { try $0.integer("a", in: ..<8) }
        == "a.yaml:1:4: error: 'a' is 8; expected less than 8")
    #expect(
      message("a: 1", keys: keys) { try $0.number("a", in: 0..<1) }
        == "a.yaml:1:4: error: 'a' is 1.0; expected from 0.0 to below 1.0")
    #expect(
      message("a: 1.5", keys: keys) { try $0.number("a", in: 0...1) }
        == "a.yaml:1:4: error: 'a' is 1.5; expected from 0.0 to 1.0")
    #expect(
      message("a: .inf", keys: keys) { try $0.number("a") } == "a.yaml:1:4: error: 'a' is inf; expected a finite number"
    )
  }

  @Test("A word outside an enumeration is answered with what was meant, or with all words")
  func choices() {
    #expect(
      message("a: gren", keys: ["a"]) { try $0.choice("a", of: Colour.self) }
        == "a.yaml:1:4: error: 'a' cannot be 'gren'; did you mean 'green'?")
    #expect(
      message("a: violet", keys: ["a"]) { try $0.choice("a", of: Colour.self) }
        == "a.yaml:1:4: error: 'a' cannot be 'violet'; known: green, red")
  }

  @Test("A file that is missing, empty or not YAML is reported as such")
  func files() {
    #expect(
      diagnosticText { try SpecificationNode(file: "/nowhere/b.yaml") }
        == "/nowhere/b.yaml: error: no such file, or it cannot be read")
    #expect(diagnosticText { try node("") } == "a.yaml: error: is empty; expected a mapping")
    #expect(diagnosticText { try node("# only a comment\n") } == "a.yaml: error: is empty; expected a mapping")
    #expect(diagnosticText { try node("a: [1, 2\n") }.hasPrefix("a.yaml:2:1: error: not valid YAML: "))
    #expect(diagnosticText { try node("a: b: c\n") }.hasPrefix("a.yaml:1:5: error: not valid YAML: "))
    #expect(diagnosticText { try node("? [x]\n: 1\n") } == "a.yaml:1:3: error: a key must be a word")
  }

  @Test("A diagnostic without a place is only a message, and its kind is the exit code")
  func diagnosticForm() {
    #expect(Diagnostic(.usage, "wrong\nhere").description == "error: wrong here")
    #expect(Diagnostic.file("x", .data, "damaged").description == "x: error: damaged")
    #expect([Diagnostic.Kind.usage, .data, .unavailable, .cannotWrite].map(\.rawValue) == [64, 65, 69, 73])
    #expect(Diagnostic(.cannotWrite, "full").exitCode == 73)
  }
}
