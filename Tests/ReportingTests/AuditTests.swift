import Configuration
import Experiments
import Foundation
import Reporting
import TestSupport
import Testing

@Suite("The audit of the published numbers") struct AuditTests {
  private let environment = ExperimentEnvironment(
    experimentsFolder: Repository.experiments, resultsFolder: "/nowhere", workFolder: "/nowhere")

  private func specification(_ text: String? = nil) throws -> AuditSpecification {
    let file = Repository.experiments + "/audit.yaml"
    return try AuditSpecification(
      reading: text.map { try SpecificationNode(text: $0, file: "audit.yaml") } ?? SpecificationNode(file: file))
  }

  private func report(_ problem: String) throws -> String {
    let specification = try specification("audit: audit\ntitle: Audit\nproblems:\n\(problem)")
    return AuditReport(try AuditSource(specification, scale: .quick, environment: environment)).markdown
  }

  private func table() throws -> ReportSource {
    var table = SyntheticTable()
    table.losses = SyntheticTable.losses([
      "Full-Rank": [60, 61, 62], "ReLoRA": [66, 67.1, 68.2], "SLTrain": [61.5, 62.5, 61.7],
    ])
    table.paperRateLosses = SyntheticTable.losses(["Full-Rank": [90, 91.5, 93], "SLTrain": [61.5, 62.5, 61.7]])
    return try table.source()
  }

  private func report(_ measurements: String, on table: ReportSource) throws -> AuditReport {
    let text = """
      audit: audit
      title: Audit
      problems:
        - {id: a, title: A problem, statement: It is wrong., source: somebody, shownBy: [\(measurements)]}
      """
    let curve = { (label: String, end: Double) in
      StudyResult.Curve(label: label, points: [.init(x: 1, y: 5), .init(x: 2, y: end)])
    }
    return AuditReport(
      AuditSource(
        try specification(text), scale: .desktop, tables: ["table-2": table],
        studies: ["moment": (.quick, StudyResult(curves: [curve("fp32", 0.02), curve("bf16", 0.7)], remarks: []))],
        published: [:]))
  }

  @Test(
    "The shipped audit says of every problem what is counted, and that the rest has no record",
    arguments: ScaleName.allCases)
  func shipped(scale: ScaleName) throws {
    let source = try AuditSource(specification(), scale: scale, environment: environment)
    let text = AuditReport(source).markdown
    for problem in source.specification.problems { #expect(text.contains("## \(problem.title)\n")) }
    #expect(
      text.contains(
        "17 of 20 totals follow to the digit; Low-Rank at 60M is 0.24, counted 0.26; ReLoRA at 60M is 0.36, counted 0.37; "
          + "GaLore at 350M is 1.59, counted 1.39"))
    #expect(text.contains("SLTrain at 1B counts to 645.55 M parameters, 645.55 M stored, 4.16 G"))
    // Low-Rank's published total fits 2³⁰ bytes, and GaLore's needs the 100 M numbers of a misprinted projector.
    #expect(text.contains(" 0.08 + 0.16 = 0.24 |"))
    #expect(text.contains("100 M |"))
    #expect(text.contains("34.15ʳ → 34.76 (n = 201)") && text.contains("15.64ᶜ → 15.75 (n = 401)"))
    #expect(text.components(separatedBy: "**Not measured**").count > 6)
    #expect(AuditReport(source).figures.isEmpty)
  }

  @Test("The evaluation's effect is that of the factor n/(n + 1), undone exactly")
  func evaluation() throws {
    let text = try report("{measure: evaluation, of: table-2}", on: table()).markdown
    // Ten batches: ln 61 is reported as 10/11 of itself, which is the logarithm of 41.98, and undone to the digit.
    #expect(text.contains("with n of 10 every perplexity is reported 31.1 to 31.9 % too low"))
    #expect(text.contains("the token-weighted one to within 0.000 %"))
    #expect(
      text.contains("| Full-Rank, 60M proxy |  10 |           41.98 |         61.00 |          61.00 |     31.2 % |"))
  }

  @Test("Learning rates: the paper's over the searched one, over the seeds that both have, and a figure")
  func learningRates() throws {
    let report = try report("{measure: learning-rates, of: table-2}", on: table())
    #expect(report.markdown.contains("searched one: Full-Rank 1.50; SLTrain 1.00."))
    let figure = try #require(report.figures.first)
    #expect(figure.name == "audit-learning-rates" && report.markdown.contains("(audit-learning-rates.svg)"))
    #expect(figure.data.contains("# SLTrain\n0.001 190.56"))
    // The paper's rate is among those that were tried: every line has its ring.
    #expect(figure.script.components(separatedBy: "pt 6").count == 4)
    #expect(try self.report("{measure: learning-rates, of: table-2, rows: [SLTrain]}", on: table()).figures.isEmpty)
  }

  @Test("Rows: factors of the first, and what has no record says so")
  func rows() throws {
    let text = try report("{measure: rows, of: table-2, rows: [Full-Rank, ReLoRA, GaLore]}", on: table()).markdown
    #expect(text.contains("ReLoRA has 1.100 times the perplexity of Full-Rank (60M proxy)."))
    #expect(!text.contains("GaLore has"))
    let missing = try report("{measure: rows, of: table-2, rows: [Full-Rank, GaLore]}", on: table()).markdown
    #expect(missing.contains("| not measured: table-2 has no records of these rows at this scale: Full-Rank; GaLore"))
  }

  @Test("A study: where its curves end, over the first, linked at the scale that it is of")
  func study() throws {
    let text = try report("{measure: study, of: moment}", on: table()).markdown
    #expect(
      text.contains("([moment](../quick/moment.md)): over fp32 it ends at: bf16 35.00."))
  }

  @Test(
    "A mistake is answered where it stands",
    arguments: [
      ("{measure: rows, of: table-2, rows: [SLTran]}", "there is no row 'SLTran'; did you mean 'SLTrain'?"),
      ("{measure: rowz, of: table-2}", "cannot be 'rowz'; did you mean 'rows'?"),
      ("{measure: study, of: table-2}", "'table-2' is no study"),
      ("{measure: count, of: table-2}", "missing key 'size'"),
      ("{measure: rows, of: table-99}", "unknown table or figure 'table-99'"),
    ])
  func mistakes(measurement: String, message: String) throws {
    let problem = "  - {id: a, title: A, statement: S, source: s, shownBy: [\(measurement)]}"
    #expect(diagnosticText { _ = try report(problem) }.contains(message))
  }

  @Test("A published number that is not there, and a problem that nothing shows and nothing excuses, are refused")
  func incomplete() throws {
    let number = "{file: table-2.yaml, quantity: perplexity, row: SLTrain, size: 7B}"
    let text = diagnosticText {
      _ = try report("  - {id: a, title: A, statement: S, source: s, unmeasured: No., published: [\(number)]}")
    }
    #expect(text.contains("audit.yaml:4:") && text.contains("'table-2.yaml' has no perplexity of 'SLTrain' at '7B'"))
    #expect(
      diagnosticText { _ = try report("  - {id: a, title: A, statement: S, source: s}") }
        .contains("problem 'a' needs either 'shownBy' or 'unmeasured'"))
  }
}
