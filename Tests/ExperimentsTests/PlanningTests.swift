import Configuration
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Planning the cells of a table")
struct PlanningTests {
  private func resolved(_ plan: Plan) throws -> [String] {
    try plan.searchCells().map { $0.path + " " + $0.training.resolved.canonicalJSON }
      + plan.entries.flatMap {
        try plan.finalCells(of: $0, at: 0.003).map { $0.path + " " + $0.training.resolved.canonicalJSON }
      }
  }

  @Test("The same file gives the same cells in the same order")
  func deterministic() throws {
    let table = try SmallTable()
    let first = try resolved(table.plan())
    #expect(try resolved(table.plan()) == first)
    #expect(first.count == 9 + 2 + 4 + 2)
  }

  @Test("Table, scale, size and row lie over one another, and variables take the size's values")
  func layers() throws {
    let table = try SmallTable([
      ("    jobs: 2", "    training: {batch: 4, evaluation: {tokens: 99}}"),
      ("    note: The paper's method.", "    training: {schedule: {kind: constant}}"),
    ])
    let entry = try #require(try table.plan().entries.first { $0.row.label == "SLTrain" })
    let cell = try #require(try entry.finals(at: 0.003).last)
    let training = cell.training.resolved
    #expect(training["batch"] == .integer(8))
    #expect(training["evaluation"]?.canonicalJSON == #"{"batch":4,"every":0,"tokens":99}"#)
    #expect(training["schedule"]?.canonicalJSON == #"{"floor":0.1,"kind":"constant","warmupShare":0.1}"#)
    #expect(training["method"]?.canonicalJSON == #"{"alpha":8.0,"density":0.05,"name":"sltrain","rank":6}"#)
    #expect(training["model"]?["hiddenSize"] == .integer(24))
    #expect(training["learningRate"] == .number(0.003) && training["seed"] == .integer(43))
    #expect(entry.paperRate == 0.003)
  }

  @Test("A search run takes its share of the steps, the scale's first seed and the tuning split")
  func search() throws {
    let cells = try SmallTable().plan(seeds: [5]).entries[0].search()
    #expect(cells.map(\.learningRate) == [0.001, 0.003, 0.01])
    for cell in cells {
      #expect(cell.training.steps == 5 && cell.seed == 42 && cell.split == .tuning)
      #expect(cell.training.resolved["learningRate"] == .number(cell.learningRate))
    }
    #expect(cells[1].path == "full-rank/60m-proxy/search/0.003")
    #expect(cells[1].description == "Full-Rank, 60M proxy, search, rate 0.003, seed 42")
  }

  @Test("A share of very few steps still leaves one")
  func shortSearch() throws {
    let table = try SmallTable([
      ("search: {share: 0.25}", "search: {share: 0.001}"),
      ("schedule: {kind: cosine, warmupShare: 0.1}", "schedule: {warmupShare: 0}"),
    ])
    #expect(try table.plan().entries[0].search()[0].training.steps == 1)
  }

  @Test("The chosen rate and the paper's each get a run of every seed, once where they are equal")
  func finals() throws {
    let plan = try SmallTable().plan()
    let full = try plan.finalCells(of: plan.entries[0], at: 0.003)
    #expect(
      full.map(\.path) == [
        "full-rank/60m-proxy/final/seed-42", "full-rank/60m-proxy/final/seed-43",
        "full-rank/60m-proxy/paper-rate/seed-42", "full-rank/60m-proxy/paper-rate/seed-43",
      ])
    #expect(full.map(\.learningRate) == [0.003, 0.003, 0.001, 0.001] && full.allSatisfy { $0.split == .validation })
    #expect(try plan.finalCells(of: plan.entries[0], at: 0.001).map(\.purpose) == [.final, .final])
    let low = try plan.finalCells(of: plan.entries[1], at: 0.003)
    #expect(low.map(\.purpose) == [.final, .final])
  }

  @Test("A run at the paper's rate is asked for even where it is the chosen one")
  func paperRateOnly() throws {
    let plan = try SmallTable().plan(selection: Selection(["*/paper-rate/seed-43"]))
    let cells = try plan.finalCells(of: plan.entries[0], at: 0.001)
    #expect(cells.map(\.path) == ["full-rank/60m-proxy/paper-rate/seed-43"])
    let final = try SmallTable().plan().finalCells(of: plan.entries[0], at: 0.001)
    #expect(final[1].specification == cells[0].specification)
  }

  @Test("A scale can do without runs at the paper's rate")
  func withoutPaperRate() throws {
    let plan = try SmallTable([("    jobs: 2", "    paperRateSeeds: 0")]).plan()
    #expect(try plan.finalCells(of: plan.entries[0], at: 0.003).map(\.purpose) == [.final, .final])
  }

  @Test("Without a search the paper's rate is taken, else the only one there is")
  func fixedRates() throws {
    let entries = try SmallTable().plan("paper").entries
    #expect(entries.map { $0.fixedRate?.learningRate } == [0.001, 0.002, 0.001])
    #expect(entries.map { $0.fixedRate?.origin } == [.paper, .only, .paper])
    #expect(entries[0].fixedRate?.reason == "a guess" && entries[2].fixedRate?.reason == "the paper")
    #expect(try entries[0].search().isEmpty)
    #expect(
      try SmallTable.message(", paper: [2e-3]", ", paper: [2e-3, 3e-3]", scale: "paper")
        == "small.yaml:38:5: error: row 'Low-Rank, SVD start' needs a 'paperRate' or a single learning rate at scale 'paper', "
        + "which does not search; found 2 rates")
  }

  @Test(
    "What is wrong with a cell is reported where it is written",
    arguments: [
      ("method: full-rank", "method: ful-rank", "35:13: error: unknown method 'ful-rank'; did you mean 'full-rank'?"),
      (
        "steps: 20", "steps: 0",
        "34:5: error: row 'Full-Rank' makes no update at scale 'quick'; a row that is only evaluated has 'steps: 0' in its own "
          + "'training'"
      ),
      ("steps: 20", "steps: -1", "25:18: error: 'training.steps' is -1; expected from 0 to 67108864"),
      ("steps: 20", "stpes: 20", "25:11: error: unknown key 'stpes' in 'training'; did you mean 'steps'?"),
      (
        "batch: 8", "batch: 8\n          gradientAccumulation: 3",
        "27:33: error: 3 micro-batches do not divide a batch of 8 sequences; choose a divisor"
      ),
      ("rank: $rank, density", "rank: $rnak, density", "44:35: error: unknown variable '$rnak'; did you mean 'rank'?"),
      ("{value: $rate,", "{value: $rte,", "46:24: error: unknown variable '$rte'; did you mean 'rate'?"),
      (
        "variables: {rank: 6, rate: 3e-3}", "variables: {rank: 60, rate: 3e-3}",
        "22:27: error: rank 60 exceeds 24, the smaller side of the smallest matrix of model 'tiny'; choose from 1 to 24"
      ),
      (
        "density: 0.05", "dleta: 0.05", "44:42: error: unknown key 'dleta' in 'rows[2].method'; did you mean 'density'?"
      ),
      (
        "density: 0.05", "density: 1.5",
        "44:51: error: density 1.5 is outside (0, 1); expected a share such as 0.03"
      ),
      ("          steps: 20\n", "", "33:5: error: missing key 'steps' in 'training'"),
      (
        "model: {name: tiny,", "model: {naem: tiny,",
        "24:19: error: unknown key 'naem' in 'scales.quick.sizes[0].training.model'; did you mean 'name'?"
      ),
      ("hiddenSize: 24", "hiddenSize: 25", "24:107: error: 2 heads do not divide the hidden size 25; choose a divisor"),
      ("warmupShare: 0.1", "warmupShare: 1", "10:13: error: a warm-up of 20 updates leaves none of 20; shorten it"),
    ])
  func cells(old: String, new: String, expected: String) throws {
    let message = try SmallTable.message(old, new)
    #expect(message == "small.yaml:" + expected)
  }

  @Test("What is only counted needs a model and a method, and has no run")
  func counted() throws {
    let table = try SmallTable([
      ("    train: on-request\n    seeds: [42]\n    search: none\n", "    train: never\n"),
      (
        "training: *tiny}",
        "training: {model: {vocabularySize: 50, hiddenSize: 24, intermediateSize: 40, layers: 1, heads: 2}}}"
      ),
      ("  data: {tokens: none.bin, vocabularySize: 50, sequenceLength: 24}\n", ""),
    ])
    let plan = try table.plan("paper", selection: Selection(["sltrain"]), seeds: [7])
    #expect(plan.entries.map(\.row.label) == ["SLTrain"] && plan.seeds.isEmpty)
    let entry = try #require(plan.entries.first)
    #expect(try entry.search().isEmpty && plan.finalCells(of: entry, at: 0.1).isEmpty && entry.fixedRate == nil)
    #expect(entry.training.steps == 0 && entry.training.footprint.indices > 0)
    let text = try PlanDescription(plan).text
    #expect(text.contains("never trained; parameters and memory are counted from shapes"))
    #expect(!text.contains("updates of") && !text.contains("in all"))
    #expect(
      table.message("paper", selection: Selection(["sltrian"]))
        == "small.yaml: error: no cell at scale 'paper' matches 'sltrian'; "
        + "known: full-rank/60m, low-rank-svd-start/60m, sltrain/60m")
  }

  @Test("Seeds can be given in place of the scale's, and one that does not fit is refused")
  func seeds() throws {
    let table = try SmallTable()
    #expect(try table.plan(seeds: [7]).entries[0].finals(at: 0.1).map(\.seed) == [7])
    #expect(
      diagnosticText { try table.plan(seeds: [UInt64.max]) }
        == "error: seed 18446744073709551615 is too large; expected at most 9223372036854775807")
  }

  @Test("A description tells what would run and what it costs")
  func description() throws {
    let plan = try SmallTable().plan()
    let description = try PlanDescription(plan)
    let text = description.text
    #expect(text.contains("Low-Rank, SVD start / 60M proxy"))
    #expect(text.contains("20 updates of 8 x 24 tokens: at most 3840 tokens"))
    #expect(text.contains("in all: 9 runs of the search, at most 10 final runs"))
    let entry = try #require(description.resolved["entries"]?.arrayValue?.last)
    #expect(
      entry["row"] == .string("SLTrain") && entry["paperRate"] == .number(0.003)
        && entry["tokenSlots"] == .integer(3840))
    #expect(entry["training"]?["learningRate"] == nil && entry["training"]?["steps"] == .integer(20))
    let matrices = 4 * 24 * 24 + 3 * 24 * 40 + 50 * 24
    #expect(entry["operationsPerRun"] == .number(Double(6 * (matrices + 2 * 24 * 24) * 3840)))
  }
}
