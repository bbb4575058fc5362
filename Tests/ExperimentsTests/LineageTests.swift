import Configuration
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Rows that start from another row's final models")
struct LineageTests {
  static let rows = """
      - label: Pruned
        published: none
        startsFrom: Full-Rank
        method: {name: sparse-residual, rank: $rank, density: 0.05, support: top}
        training: {steps: 0}
      - label: Repaired
        published: none
        startsFrom: Full-Rank
        method: {name: sparse-residual, rank: $rank, density: 0.05}
        learningRates: [1e-3, 3e-3, 1e-2]
      - label: Repaired, one model
        published: none
        startsFrom: {row: Full-Rank, seed: 42}
        method: {name: sparse-residual, rank: $rank, density: 0.05}
        learningRates: [1e-3, 3e-3, 1e-2]
      - label: Twice
        published: none
        startsFrom: Repaired
        method: {name: sltrain, rank: $rank, density: 0.05, alpha: 8}
        training: {steps: 0}
    claims:
    """

  /// The small table with more rows, some of their texts replaced.
  private func table(_ replacements: [(String, String)] = []) throws -> SmallTable {
    try SmallTable([
      (
        "claims:",
        try replacements.reduce(Self.rows) { text, replacement in
          guard text.components(separatedBy: replacement.0).count == 2 else {
            throw SmallTable.Unclear(text: replacement.0)
          }
          return text.replacingOccurrences(of: replacement.0, with: replacement.1)
        }
      )
    ])
  }

  private func entry(_ plan: Plan, _ row: String) throws -> PlanEntry {
    try #require(plan.entries.first { $0.row.label == row })
  }

  private let rowDigest = Digest(of: "rows")

  private func identity(of cell: PlannedCell) throws -> CellIdentity {
    CellIdentity(
      cell.specification, trainingRows: rowDigest, evaluationRows: rowDigest,
      start: try cell.origin.map { try identity(of: $0).digest })
  }

  @Test("A run's identity holds that of the run that it starts from, to the first")
  func identities() throws {
    let plan = try table().plan()
    let full = try entry(plan, "Full-Rank")
    let repaired = try entry(plan, "Repaired").starting(from: full, at: 0.003)
    let twice = try entry(plan, "Twice").starting(from: repaired, at: 0.01)
    let other = try entry(plan, "Twice").starting(
      from: entry(plan, "Repaired").starting(from: full, at: 0.001), at: 0.01)
    let (one, two) = (try twice.finals(at: 0)[1], try other.finals(at: 0)[1])
    #expect(try one.training.resolved == two.training.resolved && identity(of: one).digest != identity(of: two).digest)
    let origin = try #require(one.origin)
    #expect(origin.row == "Repaired" && origin.seed == 43 && origin.origin?.row == "Full-Rank")
    #expect(try identity(of: one).startID == identity(of: origin).id)
    #expect(try identity(of: origin).startID == identity(of: full.finals(at: 0.003)[1]).id)
    let text = try identity(of: one).resolved.canonicalJSON
    #expect(text.contains(try identity(of: origin).digest.hexadecimal))
  }

  @Test("A run that starts from its seed has the identity that it had before others could start from it")
  func unchanged() throws {
    let (with, without) = (try table().plan(), try SmallTable().plan())
    let cells = try [with, without].map { try entry($0, "Full-Rank").finals(at: 0.003)[0] }
    #expect(try identity(of: cells[0]) == identity(of: cells[1]))
    #expect(!(try identity(of: cells[0]).resolved.canonicalJSON.contains("start")))
  }

  @Test("A seed can be named whose model all runs start from; the search starts from that of the scale's first")
  func seeds() throws {
    let plan = try table().plan()
    let full = try entry(plan, "Full-Rank")
    let own = try entry(plan, "Repaired").starting(from: full, at: 0.003)
    let one = try entry(plan, "Repaired, one model").starting(from: full, at: 0.003)
    #expect(try own.finals(at: 0.01).map { $0.origin?.seed } == [42, 43])
    #expect(try one.finals(at: 0.01).map { $0.origin?.seed } == [42, 42])
    #expect(try own.search().map { $0.origin?.seed } == [42, 42, 42])
    #expect(try own.finals(at: 0.01)[0].specification == one.finals(at: 0.01)[0].specification)
    #expect(try own.search()[0].origin?.specification == full.finals(at: 0.003)[0].specification)
    #expect(try own.search()[0].split == .tuning && own.search()[0].origin?.split == .validation)
  }

  @Test("What is selected brings the searches and the final models that it depends on, and no more")
  func selection() throws {
    let plan = try table().plan(selection: Selection(["twice/*/final/seed-43"]))
    #expect(plan.entries.map(\.row.label) == ["Full-Rank", "Repaired", "Twice"])
    // Repaired's rates are tried on the model of seed 42, and Twice needs its model of seed 43.
    #expect(try plan.modelSeeds(of: entry(plan, "Full-Rank")) == [42, 43])
    #expect(try plan.modelSeeds(of: entry(plan, "Repaired")) == [43])
    let repaired = try plan.finalCells(of: entry(plan, "Repaired"), at: 0.01)
    #expect(repaired.map(\.seed) == [43] && repaired.allSatisfy(\.keepsModel))
    #expect(try plan.searchCells().count == 3 + 3)
    let last = try plan.finalCells(of: entry(plan, "Twice"), at: 0)
    #expect(last.map(\.seed) == [43] && !last[0].keepsModel)
    let other = try table().plan(selection: Selection(["repaired-one-model/*/final/seed-43"]))
    #expect(try other.modelSeeds(of: entry(other, "Full-Rank")) == [42])
    let search = try table().plan(selection: Selection(["repaired/*/search"]))
    #expect(try search.finalCells(of: entry(search, "Full-Rank"), at: 0.003).map(\.seed) == [42])
  }

  @Test("Models are kept of what others start from, or of what somebody wants to look into")
  func keeping() throws {
    let plan = try table().plan()
    let full = try plan.finalCells(of: entry(plan, "Full-Rank"), at: 0.003)
    #expect(full.filter(\.keepsModel).map(\.path) == full.filter { $0.purpose == .final }.map(\.path))
    #expect(try !plan.finalCells(of: entry(plan, "SLTrain"), at: 0.01).contains(where: \.keepsModel))
    let table = try SmallTable()
    let specification = try table.table()
    let looking = try Planner(specification, scale: specification.scale("quick"), resolver: SmallTable.resolver.get())
      .plan(selection: Selection(["sltrain/*/final/seed-43"]), keepsModels: true)
    #expect(try looking.finalCells(of: looking.entries[0], at: 0.01).map(\.keepsModel) == [true])
  }

  @Test("A row that makes no update has no rate, and the others have as many as each other")
  func evaluatedOnly() throws {
    let plan = try table().plan()
    let pruned = try entry(plan, "Pruned")
    #expect(try pruned.search().isEmpty && pruned.fixedRate?.origin == .untrained)
    let text = try PlanDescription(plan).text
    #expect(text.contains("start       the final model of Full-Rank, of the same seed"))
    #expect(text.contains("start       the final model of Full-Rank, seed 42"))
    #expect(text.contains("training    none, evaluated as it starts"))
  }

  @Test(
    "A start that cannot be is reported where it is written",
    arguments: [
      (
        "startsFrom: Repaired", "startsFrom: Reparied",
        "no row above 'Twice' is called 'Reparied'; did you mean 'Repaired'?"
      ),
      (
        "startsFrom: Repaired", "startsFrom: Twice",
        "no row above 'Twice' is called 'Twice'; known: Full-Rank, Low-Rank, SVD start, Pruned, Repaired, "
          + "Repaired, one model, SLTrain"
      ),
      (
        "- label: Repaired\n    published: none", "- label: Repaired\n    published: none\n    scales: [paper]",
        "row 'Repaired' does not run at scale 'quick', where 'Twice' starts from it"
      ),
      (
        "support: top}\n    training: {steps: 0}", "support: top}\n    training: {steps: 0}\n    learningRates: [1e-3]",
        "row 'Pruned' makes no update, so that 'learningRates' has no meaning; remove it"
      ),
    ])
  func mistakes(old: String, new: String, expected: String) throws {
    let message = try table([(old, new)]).message()
    #expect(message.hasSuffix("error: " + expected), "\(message)")
  }
}
