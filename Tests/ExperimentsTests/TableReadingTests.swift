import Configuration
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Reading a table")
struct TableReadingTests {
  @Test("All that is written is there")
  func values() throws {
    let table = try SmallTable().table()
    #expect(table.name == "small" && table.version == 1 && table.published == nil)
    #expect(table.requirements.tokensPerParameter == 2 && table.requirements.seeds == 1)
    #expect(table.columns.map(\.metric) == [.perplexity] && table.columns[0].label == "PPL")
    #expect(table.rows.map(\.label) == ["Full-Rank", "Low-Rank, SVD start", "SLTrain"])
    #expect(table.rows.map(\.published) == ["Full-Rank", "Low-Rank", "SLTrain"])
    #expect(table.rows.map(\.slug) == ["full-rank", "low-rank-svd-start", "sltrain"])
    #expect(table.rows[1].learningRates(at: .quick) == [0.001, 0.003, 0.01])
    #expect(table.rows[1].learningRates(at: .paper) == [0.002])
    #expect(table.rows[2].note == "The paper's method.")
    let quick = try table.scale("quick")
    #expect(quick.seeds == [42, 43] && quick.search?.share == 0.25 && quick.jobs == 2 && quick.workers == 1)
    #expect(quick.train == .always && quick.paperRateSeeds == 2)
    #expect(quick.sizes[0].slug == "60m-proxy" && quick.sizes[0].published == "60M")
    #expect(quick.sizes[0].resolvedVariables["rank"] == .integer(6))
    let paper = try table.scale("paper")
    #expect(paper.search == nil && paper.train == .onRequest)
    #expect(table.claims[0].test == #"ppl("SLTrain") <= 1.1 * ppl("Full-Rank")"#)
    #expect(table.claims[0].testPlace.line == 48)
    #expect(table.notes.isEmpty)
    #expect(
      try SmallTable([("source: a test", "source: a test\nnotes: [One., Two.]")]).table().notes == ["One.", "Two."])
  }

  @Test("A row that the paper has not is marked so, and a row may belong to some scales only")
  func rowOptions() throws {
    let table = try SmallTable([
      ("published: Low-Rank", "published: none\n    scales: [quick]"), (", paper: [2e-3]", ""),
    ]).table()
    #expect(table.rows[1].published == nil && table.rows[1].scales == [.quick])
    #expect(table.rows(at: try table.scale("paper")).map(\.label) == ["Full-Rank", "SLTrain"])
  }

  @Test(
    "A wrong key or value is reported with its place",
    arguments: [
      ("table: small", "tabel: small", "1:1: error: unknown key 'tabel'; did you mean 'table'?"),
      ("version: 1\n", "", "1:1: error: missing key 'version'"),
      ("version: 1\n", "version: one\n", "2:10: error: 'version' must be a whole number, found 'one'"),
      ("version: 1\n", "version: 0\n", "2:10: error: 'version' is 0; expected 1 or more"),
      (
        "table: small", "table: Small Table",
        "1:8: error: 'Small Table' names files; use lower case, digits and hyphens, such as 'table-2'"
      ),
      (
        "metric: perplexity", "metric: perplexty",
        "7:14: error: 'columns[0].metric' cannot be 'perplexty'; did you mean 'perplexity'?"
      ),
      (
        "tokensPerParameter: 2", "tokens: 2",
        "5:16: error: unknown key 'tokens' in 'requirements'; known: seeds, tokensPerParameter"
      ),
      (
        "title: A small table", "title: A small table\ntitle: again",
        "3:1: error: duplicate key 'title'; keep one of them"
      ),
    ])
  func header(old: String, new: String, expected: String) throws {
    let message = try SmallTable.message(old, new)
    #expect(message == "small.yaml:" + expected)
  }

  @Test(
    "A wrong scale is reported with its place",
    arguments: [
      ("  quick:\n", "  qiuck:\n", "14:3: error: unknown key 'qiuck' in 'scales'; did you mean 'quick'?"),
      ("seeds: [42, 43]", "seeds: []", "16:12: error: 'scales.quick.seeds' is empty; expected at least one"),
      ("seeds: [42, 43]", "seeds: [42, 42]", "16:17: error: seed 42 is given twice"),
      ("seeds: [42, 43]", "seeds: [-1]", "16:13: error: a seed is -1; expected 0 or more"),
      (
        "search: {share: 0.25}", "search: {share: 0}",
        "17:21: error: 'share' is 0; expected a share of the steps, such as 0.25"
      ),
      (
        "search: {share: 0.25}", "search: {share: 2}",
        "17:21: error: 'scales.quick.search.share' is 2.0; expected from 0.0 to 1.0"
      ),
      (
        "search: {share: 0.25}", "search: some",
        "17:13: error: 'scales.quick.search' must be 'none' or a mapping with 'share'"
      ),
      ("jobs: 2", "jobs: 0", "18:11: error: 'scales.quick.jobs' is 0; expected from 1 to 64"),
      (
        "train: on-request", "train: later",
        "28:12: error: 'scales.paper.train' cannot be 'later'; known: always, never, on-request"
      ),
      (
        "train: on-request", "train: never",
        "29:12: error: 'seeds' has no meaning in a scale that trains no sizes; remove it"
      ),
      (
        "label: 60M proxy", "label: 60M/proxy",
        "20:16: error: label '60M/proxy' must hold letters or digits and no slash"
      ),
      (
        "          steps: 20", "          seed: 20",
        "25:11: error: 'seed' does not belong in 'training'; a scale's 'seeds' set it"
      ),
      (
        "  checkpointEvery: 5", "  learningRate: 5",
        "12:3: error: 'learningRate' does not belong in 'training'; a row's 'learningRates' and 'paperRate' set it"
      ),
    ])
  func scales(old: String, new: String, expected: String) throws {
    let message = try SmallTable.message(old, new)
    #expect(message == "small.yaml:" + expected)
  }

  @Test(
    "A wrong row is reported with its place",
    arguments: [
      (
        "label: SLTrain", "label: SLTrain (ours)",
        "42:12: error: label 'SLTrain (ours)' holds '(', which selections and claims give a meaning to"
      ),
      ("label: SLTrain", "label: full rank", "42:5: error: two rows are called 'full-rank'; rename one"),
      ("label: SLTrain", "label: '-'", "42:12: error: a row needs a label with letters or digits"),
      (
        "    note: The", "    scales: [qick]\n    note: The",
        "43:14: error: unknown scale 'qick'; did you mean 'quick'?"
      ),
      (
        "    note: The", "    training: {method: x}\n    note: The",
        "43:16: error: 'method' does not belong in a row's 'training'; the row's own keys and the scale set it"
      ),
      (
        "{value: $rate, source: the paper}", "{value: 0, source: x}",
        "46:24: error: a learning rate is 0.0; expected a number above 0"
      ),
      (
        "{value: $rate, source: the paper}", "{value: 1e-3}",
        "46:16: error: missing key 'source' in 'rows[2].paperRate'"
      ),
      (
        "quick: [1e-3, 3e-3, 1e-2]", "quick: [1e-3, 1e-3, 1e-2]",
        "41:35: error: learning rates must ascend; 0.001 follows 0.001"
      ),
      (
        "quick: [1e-3, 3e-3, 1e-2]", "quick: [1e-3, fast, 1e-2]",
        "41:35: error: 'rows[1].learningRates.quick[1]' must be a number, found 'fast'"
      ),
      (
        "quick: [1e-3, 3e-3, 1e-2]", "quick: [1e-3]",
        "38:5: error: row 'Low-Rank, SVD start' tries 1 learning rates at scale 'quick', but row 'Full-Rank' tries 3; "
          + "give every row the same number"
      ),
      (
        "{quick: [1e-3, 3e-3, 1e-2], ", "{",
        "38:5: error: row 'Low-Rank, SVD start' has no 'learningRates' for the search at scale 'quick'"
      ),
    ])
  func rows(old: String, new: String, expected: String) throws {
    let message = try SmallTable.message(old, new)
    #expect(message == "small.yaml:" + expected)
  }

  @Test("A scale that the table has not is answered with those that it has")
  func unknownScale() throws {
    let table = try SmallTable()
    #expect(table.message("smoke") == "small.yaml: error: has no scale 'smoke'; known: quick, paper")
    #expect(
      table.message("qick") == "small.yaml: error: has no scale 'qick'; did you mean 'quick'? known: quick, paper")
  }

  @Test("Where no scale is named, it is 'quick', or the first of a table that has no 'quick'")
  func defaultScale() throws {
    #expect(try SmallTable().table().scale(nil).name == .quick)
    let table = try SmallTable([
      ("  quick:\n", "  desktop:\n"), ("{quick: [1e-3, 3e-3, 1e-2], paper", "{desktop: [1e-3, 3e-3, 1e-2], paper"),
    ])
    #expect(try table.table().scale(nil).name == .desktop)
  }

  @Test("A table is found by its name, a figure gives the table it is drawn from, and an unknown name the known ones")
  func names() throws {
    let table = try SmallTable()
    let folder = table.folder.path
    func figure(_ name: String, of table: String) throws {
      try "figure: \(name)\nof: \(table)\ntitle: t\nsource: s\npublished: p.yaml\n".write(
        toFile: "\(folder)/\(name).yaml", atomically: true, encoding: .utf8)
    }
    try figure("figure-1", of: "small")
    try figure("figure-2", of: "figure-2")
    let environment = ExperimentEnvironment(
      experimentsFolder: folder, resultsFolder: "/nonexistent", workFolder: "/nonexistent")
    #expect(try environment.table("small").name == "small")
    #expect(try environment.table(table.file).name == "small")
    #expect(try environment.table("figure-1").name == "small")
    #expect(try environment.figures(of: table.table()).map(\.name) == ["figure-1"])
    #expect(
      diagnosticText { try environment.table("figure-2") }
        == "\(folder)/figure-2.yaml: error: is drawn from '\(folder)/figure-2.yaml', which is a figure; 'of' must name a table"
    )
    #expect(
      diagnosticText { try environment.table("smal") } == "error: unknown table or figure 'smal'; did you mean 'small'?"
    )
  }
}
