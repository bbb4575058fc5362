import Experiments
import Foundation
import Methods
import Modeling
import Reporting
import Testing

/// Table 2 as it is shipped, at the paper's scale, with the methods' own counts.
@Suite("Table 2 at the paper's scale") struct PaperScaleTests {
  private func source() throws -> ReportSource {
    let environment = ExperimentEnvironment(
      experimentsFolder: SyntheticTable.repository + "/experiments", resultsFolder: "/nowhere", workFolder: "/nowhere")
    let table = try environment.table("table-2")
    return try ReportSource(table, scale: table.scale("paper"), environment: environment)
  }

  /// What the methods count, and what is published: by row, size and quantity.
  private func differences(
    of quantity: PublishedQuantity, _ text: (Footprint) -> String
  ) throws -> (compared: Int, differing: [String: [String]]) {
    let source = try source()
    let published = try #require(source.published)
    var compared = 0
    var differing: [String: [String]] = [:]
    for row in published.rows {
      for size in published.sizes.map(\.label) {
        let number = try #require(published.number(quantity, row: row, size: size))
        let entries = source.data.entries.filter { $0.row.published == row && $0.size.label == size }
        #expect(!entries.isEmpty, "\(row) at \(size)")
        let texts = Set(entries.map { text($0.footprint) })
        #expect(texts.count == 1, "rows that stand for \(row) count to \(texts)")
        compared += 1
        if texts != [number.text] { differing["\(row) \(size)"] = [number.text] + texts }
      }
    }
    return (compared, differing)
  }

  @Test("All twenty published parameter counts agree to the digit printed")
  func parameters() throws {
    let result = try differences(of: .parameters) {
      DecimalText.fixed(Double($0.finalParameters) / 1e6, places: 0)
    }
    #expect(result.compared == 20)
    #expect(result.differing.isEmpty, "\(result.differing)")
  }

  @Test("Seventeen of twenty published memory totals agree to the digit printed; the three others are the known ones")
  func memory() throws {
    let result = try differences(of: .memory) { footprint in
      let parts = [footprint.parameterBytes(), footprint.optimizerBytes()]
      return DecimalText.hundredths(parts.map(DecimalText.hundredthsOfG).reduce(0, +))
    }
    #expect(result.compared == 20)
    #expect(
      result.differing == [
        "Low-Rank 60M": ["0.24", "0.26"], "ReLoRA 60M": ["0.36", "0.37"], "GaLore 350M": ["1.59", "1.39"],
      ])
  }

  @Test("The parts of appendix F agree to the digit printed, but for Low-Rank at 60M and GaLore's optimizer at 350M")
  func parts() throws {
    let parameters = try differences(of: .parameterMemory) {
      DecimalText.hundredths(DecimalText.hundredthsOfG(bytes: $0.parameterBytes()))
    }
    #expect(parameters.differing == ["Low-Rank 60M": ["0.08", "0.09"]])
    let optimizer = try differences(of: .optimizerMemory) {
      DecimalText.hundredths(DecimalText.hundredthsOfG(bytes: $0.optimizerBytes()))
    }
    #expect(optimizer.differing == ["Low-Rank 60M": ["0.16", "0.17"], "GaLore 350M": ["0.34", "0.65"]])
  }

  @Test("7B, which table 2 leaves out, counts to the numbers that follow from its shapes")
  func sevenBillion() throws {
    let entries = try source().data.entries.filter { $0.size.label == "7B" }
    func millions(_ row: String) throws -> String {
      let entry = try #require(entries.first { $0.row.label == row })
      return DecimalText.fixed(Double(entry.footprint.finalParameters) / 1e6, places: 2)
    }
    #expect(try millions("Full-Rank") == "6738.42")
    #expect(try millions("SLTrain") == "3144.74")
    #expect(try millions("Low-Rank, zero B") == "2820.94")
    let text = try TableReport(try source()).markdown()
    #expect(text.contains("| SLTrain   |   3144.74 |         — |   21.46 |         — |"))
  }

  @Test("The report says so, and prints no perplexity of ours")
  func report() throws {
    let text = try TableReport(try source()).markdown()
    #expect(text.contains("Of 20 published parameter counts 20 agree to the digit printed, of 20 memory totals 17;"))
    #expect(text.contains("nothing has been trained at this scale"))
    for note in ["0.09 + 0.17 = 0.26", "0.37; 0.36 is what", "144.04M", "4.08 ± 0.01", "24.36", "30.08"] {
      #expect(text.contains(note), "\(note)")
    }
  }

  @Test("Every claim of the table can be read, and the published numbers meet it")
  func claims() throws {
    let judgements = try source().judgements()
    #expect(!judgements.isEmpty)
    for judgement in judgements {
      let published = try #require(judgement.published)
      #expect(published.outcome == .holds, "\(judgement.claim.id) at \(judgement.size): \(published.reason)")
    }
  }

  @Test("Claims about perplexity are not tested where nothing was trained; the others hold at every size")
  func verdicts() throws {
    for judgement in try source().judgements() {
      #expect(
        judgement.verdict.outcome == (judgement.isLearned ? .notTested : .holds),
        "\(judgement.claim.id) at \(judgement.size): \(judgement.verdict.reason)")
    }
  }
}
