import Experiments
import Foundation
import Reporting
import TestSupport
import Testing

/// Tables 8, 9 and 10 as they are shipped: counted, with the methods' own counts.
@Suite("The breakdown of estimated memory") struct BreakdownTests {
  private func report(_ name: String) throws -> String {
    let environment = ExperimentEnvironment(
      experimentsFolder: Repository.experiments, resultsFolder: "/nowhere", workFolder: "/nowhere")
    let table = try environment.table(name)
    return try TableReport(ReportSource(table, scale: table.scale(nil), environment: environment)).markdown()
  }

  /// The cells of every row that begins with a label, in the order of the tables.
  private func rows(_ label: String, in text: String) -> [[String]] {
    text.split(separator: "\n").filter { $0.hasPrefix("| \(label) ") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  @Test(
    "Table 8 prints both parts exactly, as the paper rounds them, and beside what it prints",
    arguments: [
      ("Full-Rank", 0, "0.116147200 0.12 0.12 ✓ 0.232294400 0.23 0.23 ✓ 0.35 0.35ʳ ✓"),
      ("Low-Rank", 0, "0.085541888 0.09 0.08 ✗ ¹ 0.171083776 0.17 0.16 ✗ ¹ 0.26 0.24ʳ ✗ ¹"),
      ("ReLoRA", 0, "0.201689088 0.20 0.20 ✓ 0.171083776 0.17 0.17 ✓ 0.37 0.36ʳ ✗ ²"),
      ("GaLore", 2, "0.735938560 0.74 0.74 ✓ 0.652808192 0.65 0.34 ✗ ³ 1.39 1.59ʳ ✗ ³"),
      ("SLTrain", 1, "0.213475368 0.21 0.21 ✓ 0.386183184 0.39 0.39 ✓ 0.60 0.60ʳ ✓"),
      ("SLTrain", 3, "1.580993840 1.58 1.58 ✓ 2.582191840 2.58 2.58 ✓ 4.16 4.16ʳ ✓ ⁴"),
    ])
  func parts(row: String, size: Int, cells: String) throws {
    #expect(rows(row, in: try report("table-8"))[size].dropFirst().joined(separator: " ") == cells)
  }

  @Test("Table 8 says how many of the printed figures agree, and what is known of those that do not")
  func agreement() throws {
    let text = try report("table-8")
    #expect(
      text.contains(
        "Of 20 published parameter parts 19 agree to the digit printed, of 20 optimizer parts 18, of 20 totals 17;"))
    for note in ["0.09 + 0.17 = 0.26", "0.37; 0.36 is what", "144.04M", "4.08 ± 0.01"] { #expect(text.contains(note)) }
  }

  @Test("The components of table 8 add up to its parts, to the byte")
  func sums() throws {
    let text = try report("table-8")
    for label in ["Full-Rank", "Low-Rank", "ReLoRA", "GaLore", "SLTrain"] {
      let rows = rows(label, in: text)
      #expect(rows.count == 12)
      for size in 0..<4 {
        for (part, column) in [(0, 1), (1, 4)] {
          let components = rows[4 + 2 * size + part].dropFirst().map { Int((Double($0)! * 1e9).rounded()) }
          #expect(components.dropLast().reduce(0, +) == components.last)
          #expect(Double(rows[size][column]) == Double(rows[4 + 2 * size + part].last!))
        }
      }
    }
  }

  @Test(
    "Tables 9 and 10 count their grid, with a dash where nothing is known of the published table",
    arguments: [
      ("table-9", "r = 96, δ = 0.03", "41.03 — 0.25 —", "0.09 — 0.16 — 0.25 —"),
      ("table-9", "r = 128, δ = 0.01", "43.02 — 0.26 —", "0.09 — 0.17 — 0.26 —"),
      ("table-9", "r = 128, δ = 0.03", "43.53 44ᵈ ✓ 0.26 0.26ʳ ✓", "0.09 0.09 ✓ 0.17 0.17 ✓ 0.26 0.26ʳ ✓"),
      ("table-9", "r = 128, δ = 0.05", "44.04 — 0.28 —", "0.10 — 0.18 — 0.28 —"),
      ("table-9", "r = 160, δ = 0.03", "46.03 — 0.28 —", "0.10 — 0.18 — 0.28 —"),
      ("table-10", "r = 224, δ = 0.03", "90.94 — 0.56 —", "0.20 — 0.36 — 0.56 —"),
      ("table-10", "r = 256, δ = 0.01", "94.85 — 0.58 —", "0.20 — 0.38 — 0.58 —"),
      ("table-10", "r = 256, δ = 0.03", "96.55 97ᵈ ✓ 0.60 0.60ʳ ✓", "0.21 0.21 ✓ 0.39 0.39 ✓ 0.60 0.60ʳ ✓"),
      ("table-10", "r = 256, δ = 0.05", "98.24 — 0.62 —", "0.23 — 0.39 — 0.62 —"),
      ("table-10", "r = 288, δ = 0.03", "102.15 — 0.63 —", "0.22 — 0.41 — 0.63 —"),
    ])
  func grid(table: String, row: String, counts: String, parts: String) throws {
    let text = try report(table)
    let rows = rows(row, in: text)
    #expect(rows[0].dropFirst().joined(separator: " ") == counts)
    #expect([2, 3, 5, 6, 7, 8].map { rows[1][$0] }.joined(separator: " ") == parts)
    #expect(text.contains("The body of the published table was not available here"))
  }

  @Test("The values of table 9's sparse part and their positions are told apart")
  func components() throws {
    let rows = rows("r = 128, δ = 0.03", in: try report("table-9"))
    #expect(rows[2].dropFirst() == ["0.065553408", "0.019988480", "0.001517776", "0.006071104", "0.093130768"])
    #expect(rows[3].dropFirst() == ["0.131106816", "0.039976960", "0.003035552", "0.174119328"])
  }
}
