import Configuration
import Experiments
import Foundation
import Reporting
import TestSupport
import Testing

@Suite("Reports of memory") struct MemoryReportTests {
  private func text(_ change: (inout SyntheticMemory) -> Void = { _ in }) throws -> String {
    var table = SyntheticMemory()
    change(&table)
    return try TableReport(table.source(), figures: [("figure-3.svg", "Figure 3")]).markdown()
  }

  @Test("The report of memory cells is this text")
  func golden() throws {
    let text = try text()
    try Golden.expect(text, in: "memory.md")
  }

  @Test("How far prediction and measurement are apart is said, the worst of them")
  func agreement() throws {
    #expect(try text().contains("Prediction and measurement are the same to the byte in all 3 runs that were made."))
    let apart = try text { $0.measured["SLTrain/350M"] = 2_110_500_000 }
    #expect(apart.contains("Prediction and measurement are at most 0.500 % apart in all 3 runs that were made."))
    let one = try text { $0.measured = ["Adam/350M": 4_600_000_000] }
    #expect(one.contains("the same to the byte in the one run that was made."))
  }

  @Test("What does not fit is named with the machine's size, and what fits and was not run is told from it")
  func marks() throws {
    let text = try text()
    #expect(
      text.contains("the machine of 25.00 G is too small for the run: Adam at 7B; SLTrain at 7B; Ours at 7B."))
    #expect(text.contains("|   67.00ᵖ |") && !text.contains("4.60ᵖ") && text.contains("- ᵖ predicted: "))
    let waiting = try self.text { $0.machine = nil }
    #expect(waiting.contains("Predicted, and not run so far: Adam at 7B; SLTrain at 7B; Ours at 7B."))
    #expect(!waiting.contains("is too small"))
    let nothing = try self.text { ($0.measured, $0.predicted) = ([:], [:]) }
    #expect(nothing.contains("Nothing has been run or predicted at this scale."))
  }

  @Test("What the allocator's own counts say is reported, good or bad")
  func crossCheck() throws {
    #expect(try text().contains("served by jemalloc 5.3.0. Its arenas, one a category, count the same bytes"))
    #expect(try text { $0.arenas = "differ: weights" }.contains("Its own counts beside ours: differ: weights."))
    let uncounted = try text { $0.arenas = RunManifest.uncounted }
    #expect(uncounted.contains("It keeps no counts of its own, so that ours are not"))
    #expect(try text { $0.arenas = "" }.contains("Whether its own counts agree with ours was not noted."))
  }

  @Test("A claim about peaks goes by what is measured or else predicted, and says which rows are predicted")
  func claims() throws {
    let judgements = try SyntheticMemory().source().judgements()
    #expect(judgements.map { "\($0.claim.id) \($0.size)" } == ["less 350M", "less 7B", "least 7B"])
    #expect(judgements.map(\.verdict.outcome) == [.holds, .holds, .doesNotHold])
    #expect(judgements.map(\.predictedRows) == [[], ["Adam", "SLTrain"], ["Adam", "SLTrain", "Ours"]])
    #expect(judgements[0].verdict == Verdict(.holds, reason: "2.10 ≤ 2.25"))
    #expect(judgements[0].published == Verdict(.holds, reason: "2.20 ≤ 2.21"))
    #expect(judgements[0].measures == [.peak, .peak] && !judgements[0].isLearned)
    var table = SyntheticMemory()
    table.measured = [:]
    table.predicted["Adam/350M"] = nil
    let unknown = try #require(table.source().judgements().first)
    #expect(unknown.verdict == Verdict(.notTested, reason: "the memory of Adam is not known"))
  }

  @Test(
    "The published numbers of figure 3 are those of the figure, and its claims are what they give",
    arguments: [
      ("Adam", [4.5, 16.3, 67.4]), ("8-bit Adam, per layer", [3.5, 11.8, 29.4]),
      ("8-bit GaLore, per layer", [3.1, 10.3, 22]), ("8-bit SLTrain, per layer", [2.2, 6.8, 18.3]),
    ])
  func published(row: String, numbers: [Double]) throws {
    let source = try shipped("figure-3")
    let published = try #require(source.published)
    let found = try ["350M", "1B", "7B"].map { try #require(published.number(.peakMemory, row: row, size: $0)) }
    #expect(found.map(\.value) == numbers && found.allSatisfy { $0.status == .confirmed })
    #expect(source.data.specification.rows.contains { $0.published == row })
    let judgements = try source.judgements()
    // One more is counted, and nothing is published beside it.
    #expect(judgements.filter { $0.measures.contains(.peak) }.count == 9 && judgements.count == 10)
    #expect(judgements.allSatisfy { ($0.published?.outcome == .holds) == $0.measures.contains(.peak) })
    #expect(judgements.last?.verdict.outcome == .holds)
  }

  @Test("Table 7's parameters at its published sizes are counted beside the published ones, to the digit")
  func table7() throws {
    let text = try TableReport(shipped("table-7")).markdown()
    #expect(
      text.contains("of 8 published parameter counts 8 agree") || text.contains("Of 8 published parameter counts 8"))
    #expect(text.contains("| SLTrain, δ = 0.1  |"))
    let judgements = try shipped("table-7").judgements()
    #expect(judgements.filter { !$0.isLearned }.map(\.verdict.outcome) == [.holds, .holds])
    #expect(judgements.filter(\.isLearned).map(\.size) == ["60M proxy", "60M proxy"])
    #expect(text.contains("(368 − 215) / 368"))
  }

  @Test("Table 4 prints the published perplexities, and none of ours")
  func table4() throws {
    let text = try TableReport(shipped("table-4")).markdown()
    #expect(text.contains("nothing has been trained at this scale"))
    #expect(text.contains("| 8-bit GaLore  |    26.87ʳ |   26.98ʳ |"))
    let judgements = try shipped("table-4").judgements()
    #expect(judgements.map(\.published?.outcome) == [.holds, .holds, .holds])
  }

  private func shipped(_ name: String) throws -> ReportSource {
    let environment = ExperimentEnvironment(
      experimentsFolder: Repository.experiments, resultsFolder: "/nowhere", workFolder: "/nowhere")
    let table = try environment.table(name)
    return try ReportSource(table, scale: table.scale(nil), environment: environment)
  }
}
