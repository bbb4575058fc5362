import Configuration
import Reporting
import TestSupport
import Testing

@Suite("Reading the test of a claim") struct ClaimTestReadingTests {
  private func error(_ text: String) -> String {
    diagnosticText {
      try ClaimTest(parsing: text, at: Diagnostic.Place(file: "t.yaml", line: 7, column: 11))
    }
  }

  @Test("A row's name goes up to the bracket, with or without quotes")
  func names() throws {
    let bare = try ClaimTest(parsing: "ppl(Low-Rank, SVD start ) <= 2")
    let quoted = try ClaimTest(parsing: "ppl(\"Low-Rank, SVD start\") <= 2")
    #expect(bare.quantities.map(\.pattern) == ["Low-Rank, SVD start"])
    #expect(quoted.quantities.map(\.pattern) == bare.quantities.map(\.pattern))
  }

  @Test("Products bind before sums, from the left, and brackets before both")
  func binding() throws {
    let test = try ClaimTest(parsing: "1 - 2 - 3 * 4 / (5 + 6) < -7")
    let product = ClaimExpression.joined(
      .joined(.number(3), .times, .number(4)), .over, .joined(.number(5), .plus, .number(6)))
    let left = ClaimExpression.joined(.joined(.number(1), .minus, .number(2)), .minus, product)
    #expect(test.comparisons.map(\.left) == [left])
    #expect(test.comparisons.map(\.right) == [.negated(.number(7))])
  }

  @Test("Several comparisons are joined by 'and'")
  func conjunction() throws {
    let test = try ClaimTest(parsing: "ppl(A) < ppl(B) and param(A) >= 1e6 and abs(mem(A) - mem(B)) > .5")
    #expect(test.comparisons.map(\.relation) == [.less, .atLeast, .greater])
    #expect(test.quantities.map(\.measure) == [.perplexity, .perplexity, .parameters, .memory, .memory])
  }

  @Test("A pattern matches what stands around its stars")
  func patterns() {
    let pattern = ClaimQuantity(.perplexity, "Low*, *start")
    #expect(pattern.matches("Low-Rank, SVD start"))
    #expect(pattern.matches("Low, start"))
    #expect(!pattern.matches("Low-Rank"))
    #expect(!pattern.matches("ReLoRA, Low, start"))
    #expect(!ClaimQuantity(.perplexity, "ab*ba").matches("aba"))
    #expect(ClaimQuantity(.perplexity, "*").matches("anything"))
    #expect(!ClaimQuantity(.perplexity, "A").matches("AB"))
  }

  @Test(
    "What is wrong is named at its column",
    arguments: [
      ("ppl(A) = 2", "t.yaml:7:18: error: '=' has no meaning here"),
      ("ppl(A) 2", "t.yaml:7:18: error: found 2, expected <, <=, > or >="),
      ("ppl(A) <= ", "t.yaml:7:21: error: found the end, expected a number or a quantity"),
      ("pll(A) <= 2", "t.yaml:7:11: error: unknown name 'pll'; did you mean 'ppl'?"),
      ("ppl(A <= 2", "t.yaml:7:21: error: found the end, expected ')'"),
      ("ppl() < 2", "t.yaml:7:15: error: found ')', expected a row's name"),
      ("ppl(\"A) < 2", "t.yaml:7:15: error: the text that begins here is not closed"),
      ("ppl(A) < 2 3", "t.yaml:7:22: error: found 3, expected 'and' or the end"),
      ("1.2.3 < 2", "t.yaml:7:11: error: '1.2.3' is not a number"),
      ("abs(1, 2) < 2", "t.yaml:7:11: error: 'abs' takes one number"),
      ("log(1, 2) < 2", "t.yaml:7:11: error: 'log' takes one number"),
      ("2 < log(ppl(Low*))", "t.yaml:7:23: error: 'Low*' may stand for several rows"),
      ("2 < ppl(Low*)", "t.yaml:7:19: error: 'Low*' may stand for several rows"),
      ("2 < min(2 * ppl(Low*))", "t.yaml:7:27: error: 'Low*' may stand for several rows"),
      ("2 < abs(ppl(Low*))", "t.yaml:7:23: error: 'Low*' may stand for several rows"),
    ])
  func faults(text: String, beginning: String) {
    #expect(error(text).hasPrefix(beginning), "\(error(text))")
  }

  @Test("A row that the table does not have is named at its column, with a guess")
  func rows() throws {
    let place = Diagnostic.Place(file: "t.yaml", line: 7, column: 11)
    let rows = ["Full-Rank", "Low-Rank, zero start", "SLTrain"]
    let test = try ClaimTest(parsing: "ppl(SLTrian) < ppl(Full-Rank)", at: place)
    #expect(
      diagnosticText { try test.check(rows: rows) }
        == "t.yaml:7:15: error: there is no row 'SLTrian'; did you mean 'SLTrain'?")
    let pattern = try ClaimTest(parsing: "1 < min(ppl(Half*))", at: place)
    #expect(diagnosticText { try pattern.check(rows: rows) }.hasPrefix("t.yaml:7:23: error: no row matches 'Half*'"))
    try ClaimTest(parsing: "ppl(SLTrain) < min(ppl(Low*))", at: place).check(rows: rows)
  }

  @Test("A claim of a table is read at its place in the file")
  func table() throws {
    var table = SyntheticTable()
    table.claims = [("slip", "ppl(SLTrain) <= 1.07 * pp(Full-Rank)")]
    let message = diagnosticText { try table.specification().parsedClaims() }
    #expect(message.hasSuffix("error: unknown name 'pp'; did you mean 'ppl'?"))
    #expect(message.contains("table.yaml:"))
  }
}
