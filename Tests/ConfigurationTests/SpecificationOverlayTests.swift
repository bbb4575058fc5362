import Configuration
import TestSupport
import Testing

@Suite("Laying specifications over one another")
struct SpecificationOverlayTests {
  private func node(_ text: String, file: String = "a.yaml") throws -> SpecificationNode {
    try SpecificationNode(text: text, file: file)
  }

  @Test("Mappings merge key by key; lists and words of the upper one win")
  func merging() throws {
    let base = try node("a: {x: 1, y: 2}\nb: [1, 2]\nc: word\n")
    let over = try node("a: {y: 3, z: 4}\nb: [9]\nd: new\n")
    #expect(
      over.merged(over: base).resolved.canonicalJSON
        == #"{"a":{"x":1,"y":3,"z":4},"b":[9],"c":"word","d":"new"}"#)
  }

  @Test("A word laid over a mapping replaces it whole")
  func replacing() throws {
    let merged = try node("method: full-rank").merged(over: node("method: {name: galore, rank: 8}"))
    #expect(merged.resolved.canonicalJSON == #"{"method":"full-rank"}"#)
  }

  @Test("A merged value keeps the file and the place that it came from")
  func places() throws {
    let base = try node("a:\n  x: one\n  y: 2\n", file: "base.yaml")
    let merged = try node("a: {y: two}", file: "own.yaml").merged(over: base)
    let a = try merged.mapping(keys: ["a"]).requiredNode("a").mapping(keys: ["x", "y"])
    #expect(diagnosticText { try a.integer("x") } == "base.yaml:2:6: error: 'a.x' must be a whole number, found 'one'")
    #expect(diagnosticText { try a.integer("y") } == "own.yaml:1:8: error: 'a.y' must be a whole number, found 'two'")
    #expect(
      diagnosticText { try merged.mapping(keys: ["a"]).requiredNode("a").mapping(keys: ["y"]) }
        == "base.yaml:2:3: error: unknown key 'x' in 'a'; did you mean 'y'?")
  }

  @Test("Keys can be taken away and set")
  func editing() throws {
    let base = try node("a: 1\nb: 2\n")
    #expect(base.removing(["a", "z"]).resolved.canonicalJSON == #"{"b":2}"#)
    let value = SpecificationNode(.number(0.003), at: base.place, path: "lr")
    #expect(base.setting("b", to: value).resolved.canonicalJSON == #"{"a":1,"b":0.003}"#)
  }

  @Test("A value that the program sets reads like one of a file")
  func literals() throws {
    let place = Diagnostic.Place(file: "a.yaml", line: 4)
    let value = ResolvedValue.object(["x": .integer(3), "y": .array([.bool(true), .number(0.5)]), "s": .string("t")])
    let node = SpecificationNode(value, at: place, path: "set")
    #expect(node.resolved == value)
    #expect(
      diagnosticText { try node.mapping(keys: ["x", "y", "s"]).integer("s") }
        == "a.yaml:4: error: 'set.s' must be a whole number, found 't'")
  }

  @Test("A variable takes its value and its place from where it is defined")
  func variables() throws {
    let variables = try node("v:\n  rank: 0\n  name: x\n").mapping(keys: ["v"]).requiredNode("v").members()
    let table = Dictionary(uniqueKeysWithValues: variables.map { ($0.key, $0.value) })
    let used = try node("method: {rank: $rank, list: [$name, $rank, a$rank, $5]}").substituting(table)
    #expect(used.resolved.canonicalJSON == #"{"method":{"list":["x",0,"a$rank","$5"],"rank":0}}"#)
    let method = try used.mapping(keys: ["method"]).requiredNode("method").mapping(keys: ["rank", "list"])
    #expect(
      diagnosticText { try method.integer("rank", in: 1...) }
        == "a.yaml:2:9: error: 'method.rank' is 0; expected 1 or more")
  }

  @Test("An unknown variable is named with a guess at what was meant")
  func unknownVariable() throws {
    let rank = try node("8")
    #expect(
      diagnosticText { try node("a: $rnak").substituting(["rank": rank]) }
        == "a.yaml:1:4: error: unknown variable '$rnak'; did you mean 'rank'?")
    #expect(
      diagnosticText { try node("a: $rank").substituting([:]) }
        == "a.yaml:1:4: error: unknown variable '$rank'; there are no variables here")
  }
}
