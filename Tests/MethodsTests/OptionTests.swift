import Configuration
import Methods
import Modeling
import TestSupport
import Testing

@Suite("A method's options")
struct OptionTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    let text: String
    let column: Int
    let words: [String]
    var testDescription: String { text }
  }

  static let mistakes = [
    Mistake(text: "sltran", column: 1, words: ["unknown method 'sltran'", "did you mean 'sltrain'?"]),
    Mistake(text: "{rank: 3}", column: 1, words: ["missing key 'name'"]),
    Mistake(text: "{name: low-rank}", column: 1, words: ["missing key 'rank'"]),
    Mistake(text: "{name: low-rank, rank: 9}", column: 24, words: ["rank 9 exceeds 8", "'tiny'", "1 to 8"]),
    Mistake(text: "{name: low-rank, rank: 0}", column: 24, words: ["0", "1 or more"]),
    Mistake(text: "{name: low-rank, rank: 2.5}", column: 24, words: ["whole number", "2.5"]),
    Mistake(text: "{name: lora, rank: 3, alpha: 0}", column: 30, words: ["'alpha' is 0", "above 0"]),
    Mistake(text: "{name: lora, rank: 3, alpha: -1}", column: 30, words: ["-1"]),
    Mistake(
      text: "{name: low-rank, rank: 3, initialization: zerob}", column: 43,
      words: ["'zerob'", "did you mean 'zero-b'?"]),
    Mistake(text: "{name: relora, rank: 3}", column: 1, words: ["missing key 'restartEvery'"]),
    Mistake(text: "{name: relora, rank: 3, restartEvery: 0}", column: 39, words: ["1 or more"]),
    Mistake(
      text: "{name: relora, rank: 3, restartEvery: 5, reset: {kind: all}}", column: 56,
      words: ["'all'", "magnitude, none, random"]),
    Mistake(
      text: "{name: relora, rank: 3, restartEvery: 5, reset: {share: 1.5}}", column: 57,
      words: ["1.5", "from 0.0 to 1.0"]),
    Mistake(text: "{name: relora, rank: 3, restartEvery: 5, reset: random}", column: 49, words: ["a mapping"]),
    Mistake(text: "{name: galore, rank: 3, updateGap: 0}", column: 36, words: ["1 or more"]),
    Mistake(text: "{name: galore, rank: 3, gap: 200}", column: 25, words: ["unknown key 'gap'", "'updateGap'"]),
    Mistake(text: "{name: sltrain, rank: 3, alpha: 8}", column: 1, words: ["missing key 'density'"]),
    Mistake(text: "{name: sltrain, rank: 3, density: 0, alpha: 8}", column: 35, words: ["density 0.0", "(0, 1)"]),
    Mistake(text: "{name: sltrain, rank: 3, density: 1, alpha: 8}", column: 35, words: ["density 1.0", "(0, 1)"]),
    Mistake(text: "{name: sltrain, rank: 3, density: 0.01, alpha: 8}", column: 35, words: ["none of the 64 entries"]),
    Mistake(text: "{name: sltrain, rank: 3, density: 0.1}", column: 1, words: ["missing key 'alpha'"]),
    Mistake(
      text: "{name: sltrain, rank: 3, density: 0.1, alpha: 8, form: factord}", column: 56,
      words: ["'factord'", "did you mean 'factored'?"]),
    Mistake(text: "{name: sparse-residual, density: 0.1}", column: 1, words: ["missing key 'rank'"]),
    Mistake(
      text: "{name: sparse-residual, rank: 3, density: 1}", column: 43, words: ["'density' is 1.0", "below 1.0"]),
    Mistake(
      text: "{name: sparse-residual, rank: 3, density: 0.01}", column: 43, words: ["none of the 64 entries"]),
    Mistake(
      text: "{name: sparse-residual, rank: 3, support: topp}", column: 43, words: ["'topp'", "did you mean 'top'?"]),
    Mistake(
      text: "{name: sltrain, rank: 3, density: 0.1, alpha: 8, supportSeed: -1}", column: 63,
      words: ["'supportSeed' is -1", "0 or more"]),
    Mistake(text: "{name: sltrain, rank: 3, dleta: 0.1}", column: 26, words: ["'dleta'", "did you mean 'density'?"]),
  ]

  @Test("A mistake is answered where it stands, with what would do", arguments: mistakes)
  func mistake(_ mistake: Mistake) {
    let diagnostic = #expect(throws: Diagnostic.self) { try method(mistake.text) }
    #expect(diagnostic?.kind == .usage)
    #expect(diagnostic?.place == Diagnostic.Place(file: "spec.yaml", line: 1, column: mistake.column))
    for words in mistake.words { #expect(diagnostic?.message.contains(words) == true, "\(diagnostic?.message ?? "")") }
  }

  @Test("A model with a matrix whose positions files could not hold is refused")
  func tooLarge() {
    let model = LlamaConfiguration(
      name: "vast", vocabularySize: 2, hiddenSize: 65_536, intermediateSize: 65_536, layers: 1, heads: 2)
    let diagnostic = #expect(throws: Diagnostic.self) {
      try method("{name: sltrain, rank: 0, density: 0.1}", for: model)
    }
    #expect(diagnostic?.place == Diagnostic.Place(file: "spec.yaml", line: 1, column: 1))
    #expect(diagnostic?.message.contains("the largest of model 'vast' has 4294967296 entries") == true)
  }

  @Test(
    "What has been read is resolved with its defaults",
    arguments: [
      ("full-rank", #"{"name":"full-rank"}"#),
      ("{name: low-rank, rank: 3}", #"{"initialization":"svd","name":"low-rank","rank":3}"#),
      ("{name: lora, rank: 3}", #"{"alpha":32.0,"name":"lora","rank":3}"#),
      (
        "{name: relora, rank: 3, restartEvery: 9}",
        #"{"alpha":32.0,"name":"relora","rank":3,"reset":{"kind":"random","share":0.999},"restartEvery":9,"#
          + #""start":"kaiming"}"#
      ),
      (
        "{name: relora, rank: 3, restartEvery: 9, start: as-shipped, reset: {kind: magnitude}}",
        #"{"alpha":32.0,"name":"relora","rank":3,"reset":{"kind":"magnitude","share":0.9},"restartEvery":9,"#
          + #""start":"as-shipped"}"#
      ),
      (
        "{name: galore, rank: 3}",
        #"{"epsilon":1e-06,"name":"galore","projection":"svd","rank":3,"scale":0.25,"updateGap":200}"#
      ),
      ("{name: sltrain, rank: 0, density: 0.1}", #"{"density":0.1,"name":"sltrain","rank":0}"#),
      (
        "{name: sltrain, rank: 3, density: 0.1, alpha: 8}",
        #"{"alpha":8.0,"density":0.1,"name":"sltrain","rank":3}"#
      ),
      (
        "{name: sltrain, rank: 3, density: 0.1, alpha: 8, form: automatic}",
        #"{"alpha":8.0,"density":0.1,"name":"sltrain","rank":3}"#
      ),
      (
        "{name: sltrain, rank: 3, density: 0.1, alpha: 8, supportSeed: 0}",
        #"{"alpha":8.0,"density":0.1,"name":"sltrain","rank":3,"supportSeed":0}"#
      ),
      (
        "{name: sltrain, rank: 3, density: 0.1, alpha: 8, form: densified}",
        #"{"alpha":8.0,"density":0.1,"form":"densified","name":"sltrain","rank":3}"#
      ),
      (
        "{name: sparse-residual, rank: 3}",
        #"{"density":0.0,"name":"sparse-residual","rank":3,"support":"random","trains":"sparse","values":"residual"}"#
      ),
      (
        "{name: sltrain, rank: 3, density: 0.1, alpha: 8, form: factored}",
        #"{"alpha":8.0,"density":0.1,"form":"factored","name":"sltrain","rank":3}"#
      ),
    ])
  func resolved(text: String, expected: String) throws {
    let node = try SpecificationNode(text: text, file: "spec.yaml")
    let resolved = try MethodRegistry.standard.method(reading: node, for: .tiny).resolved
    #expect(resolved.canonicalJSON == expected)
  }

  @Test("The registry knows the methods of the paper by name")
  func names() {
    #expect(
      MethodRegistry.standard.names
        == ["full-rank", "low-rank", "lora", "relora", "galore", "sltrain", "sparse-residual"])
  }
}
