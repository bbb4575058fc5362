import Experiments
import Foundation
import Reporting
import TestSupport
import Testing

@Suite("Reports") struct TableReportTests {
  /// A table with a claim for each kind of verdict.
  private static func table() -> SyntheticTable {
    var table = SyntheticTable()
    table.losses = SyntheticTable.losses([
      "Full-Rank": [60.1, 61, 60.4], "Low-Rank, zero start": [125, 124.2, 125.1],
      "Low-Rank, SVD start": [68.1, 69.2, 68.8], "GaLore": [61, 63, 62], "SLTrain": [61.5, 62.5, 61.7],
    ])
    table.paperRateLosses = SyntheticTable.losses([
      "Full-Rank": [90.1, 91, 90.4], "GaLore": [61, 63, 62], "SLTrain": [61.5, 62.5, 61.7],
    ])
    table.claims = [
      ("close", "ppl(SLTrain) <= 1.07 * ppl(Full-Rank)"), ("better-than-galore", "ppl(SLTrain) < ppl(GaLore)"),
      ("low-rank-fails", "min(ppl(Low-Rank*)) >= 1.8 * ppl(Full-Rank)"), ("relora", "ppl(SLTrain) < ppl(ReLoRA)"),
      ("less-memory", "mem(SLTrain) <= 0.77 * mem(Full-Rank)"),
    ]
    return table
  }

  private func report(_ table: SyntheticTable) throws -> String { try TableReport(table.source()).markdown() }

  @Test("The report of a table is this text", arguments: ["desktop", "paper"])
  func golden(scale: String) throws {
    var table = Self.table()
    table.scale = scale
    if scale == "paper" { (table.losses, table.paperRateLosses) = ([:], [:]) }
    let text = try TableReport(table.source(), figures: [("figure-1.svg", "Figure 1")]).markdown()
    try Golden.expect(text, in: "\(scale).md")
  }

  @Test("Missing and diverged seeds are said in the cell")
  func cells() throws {
    var table = Self.table()
    table.losses["SLTrain"]?[2] = nil
    table.diverged["GaLore"] = 3
    table.losses["Full-Rank"] = [:]
    let rows = try report(table).split(separator: "\n")
    func cells(_ row: String) throws -> [String] {
      try #require(rows.first { $0.hasPrefix("| \(row) ") }).split(separator: "|").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    #expect(try cells("SLTrain")[3] == "61.60 ± 0.14 (2 of 3 seeds)")
    #expect(try cells("GaLore")[3] == "62.00 ± 1.41 (1 of 3 diverged)")
    #expect(try cells("Full-Rank")[3] == "—")
    #expect(try cells("ReLoRA")[3] == "—")
  }

  @Test("A single seed has no spread")
  func oneSeed() throws {
    var table = Self.table()
    table.seeds = [7]
    table.losses = ["SLTrain": [7: 4.0], "Full-Rank": [7: 4.0]]
    let text = try report(table)
    #expect(text.contains("Validation perplexity of one seed."))
    #expect(text.contains("|          54.60 |"))
    #expect(text.contains("54.60 ≤ 58.42 (1 seed)"))
  }

  @Test("A rate on the edge of the grid and a search that diverged are pointed out")
  func edges() throws {
    var table = Self.table()
    #expect(
      try report(table).contains(
        "- SLTrain: the highest rate of the grid won; a better one may lie beyond it.\n"))
    table.hopeless = ["SLTrain"]
    let text = try report(table)
    #expect(!text.contains("the highest rate of the grid won"))
    #expect(text.contains("| search, all diverged |"))
  }

  @Test("Columns that the table does not ask for are not printed")
  func columns() throws {
    var table = Self.table()
    table.columns = "[{metric: perplexity, label: PPL}]"
    let text = try report(table)
    #expect(!text.contains("## Parameters"))
    #expect(text.contains("| Method               |           PPL | unbiased |"))
  }

  @Test("A label cannot break the table")
  func escaped() throws {
    var table = Self.table()
    table.note = "a | b"
    #expect(try report(table).contains("- SLTrain: a | b\n"))
    var cells = DocumentTable(["A", "B"])
    cells.add(["x|y", ""])
    #expect(cells.markdown == "| A    |   B |\n| ---- | --: |\n| x\\|y |   — |\n")
  }

  @Test("A writer leaves the table and its figures, and the same bytes again", .enabled(if: FigureTests.hasGnuplot))
  func written() throws {
    let folder = try TemporaryFolder()
    let source = try Self.table().source()
    for outcome in source.data.entries.flatMap(\.outcomes) {
      let lines = (1...8).map { step in
        "{\"step\":\(step),\"tokens\":\(100 * step),\"loss\":\(9 - 0.5 * Double(step))}\n"
          + "{\"step\":\(step),\"evaluation\":{\"correctedLoss\":\(8.75 - 0.5 * Double(step))}}\n"
      }
      try folder.write(lines.joined(), to: outcome.recordPath + "/metrics.jsonl")
    }
    func write() throws -> [String] {
      let writer = try ReportWriter(source, figures: [FigureTests.figure1()], folder: folder.path)
      return try [writer.writeTable()] + writer.drawFigures()
    }
    let files = try write()
    #expect(
      files == ["table-2.md", "figure-1.svg", "table-2-loss-60m-proxy.svg"].map { "\(folder.path)/\($0)" })
    let first = try folder.names.filter { $0 != "runs" }.map { try folder.text($0) }
    #expect(try write() == files)
    #expect(try folder.names.filter { $0 != "runs" }.map { try folder.text($0) } == first)
    #expect(folder.names.count == 8)
    let text = try folder.text("table-2.md")
    #expect(text.contains("](figure-1.svg)") && text.contains("](table-2-loss-60m-proxy.svg)"))
  }

  @Test("A slip in a claim, or a record without its curve, stops the report before anything is written")
  func slip() throws {
    let folder = try TemporaryFolder()
    var table = Self.table()
    #expect(
      diagnosticText { try ReportWriter(table.source(), figures: [], folder: folder.path) }.contains(
        "metrics.jsonl: error: cannot be read"))
    table.claims = [("slip", "ppl(SLTrain) <")]
    #expect(
      diagnosticText { try ReportWriter(table.source(), figures: [], folder: folder.path) }.contains(
        "expected a number or a quantity"))
    #expect(folder.names.isEmpty)
  }

  @Test("The shipped table's report at the paper's scale needs no record")
  func shipped() throws {
    let folder = try TemporaryFolder()
    let environment = ExperimentEnvironment(
      experimentsFolder: SyntheticTable.repository + "/experiments", resultsFolder: folder.path, workFolder: folder.path
    )
    let writer = try ReportWriter(environment.table("figure-1"), scale: "paper", environment: environment)
    #expect(try writer.writeTable() == folder.path + "/paper/table-2.md")
    #expect(try folder.text("paper/table-2.md").contains("](figure-1.svg)"))
  }
}
