import Configuration
import Experiments
import Foundation
import TestSupport
import Testing
import Training

@Suite("Tables of times")
struct TimingTests {
  private final class Console: RunConsole {
    var messages: [String] = []
    func message(_ line: String) { messages.append(line) }
    func progress(_ line: String) {}
  }

  private func text(
    kind: String = "throughput", row: String = "method: full-rank", size: String = "rounds: 2",
    batch: String = "{rows: 2, length: 8}", model: String = "hiddenSize: 16"
  ) -> String {
    """
    study: \(kind)
    name: times
    title: Title
    source: Source
    baseline: W
    training: {optimizer: {updates: per-layer}}
    rows:
      - {label: W, \(row)}
      - {label: G, method: {name: galore, rank: $rank, updateGap: 200}}
    scales:
      smoke:
        sizes:
          - label: small
            variables: {rank: 4}
            training: {model: {vocabularySize: 50, \(model), intermediateSize: 43, layers: 1, heads: 2}}
            batches: [\(batch)]
            \(size)
          - label: large
            variables: {rank: 4}
            training: {model: {vocabularySize: 60, hiddenSize: 16, intermediateSize: 43, layers: 2, heads: 2}}
            batches: [{rows: 1, length: 8}]
            rounds: 1
    """
  }

  private func table(_ text: String) throws -> TimingSpecification {
    try TimingSpecification(reading: SpecificationNode(text: text, file: "times.yaml"))
  }

  private func plan(_ text: String, only: String = "", workers: Int = 1) throws -> TimingPlan {
    let table = try table(text)
    return try TimingPlan(
      table, scale: table.scale("smoke"), selection: Selection(parsing: only), workers: workers,
      environment: ExperimentEnvironment(experimentsFolder: "", resultsFolder: "", workFolder: ""))
  }

  @Test(
    "A run is laid together from the table's, the size's and the row's layers, with random ids of the batch's shape")
  func planning() throws {
    let plan = try plan(text())
    let run = try #require(plan.sizes[0].groups[0].entries.last?.run)
    #expect(run.batch == 2 && run.data.sequenceLength == 8 && run.method.searchPeriod == 200)
    #expect(run.resolved["method"]?["rank"] == .integer(4))
    #expect(run.resolved["optimizer"]?["updates"] == .string("per-layer"))
    #expect(try self.plan(text(), only: "*/large").sizes.map(\.size.size.label) == ["large"])
    #expect(try self.plan(text(), only: "small").sizes.map(\.size.size.label) == ["small"])
  }

  @Test("What is timed and how, and on how many threads, makes a size's identity")
  func identity() throws {
    let identity = try plan(text()).sizes[0].identity
    #expect(try plan(text()).sizes[0].identity == identity)
    for other in [text(kind: "inference"), text(size: "rounds: 3"), text(batch: "{rows: 1, length: 8}")] {
      #expect(try plan(other).sizes[0].identity != identity)
    }
    #expect(try plan(text(), workers: 2).sizes[0].identity != identity)
  }

  @Test(
    "A size that was measured here is not measured again unless asked, and a published one is not taken for our own")
  func resuming() throws {
    let folder = try TemporaryFolder()
    let environment = ExperimentEnvironment(
      experimentsFolder: "", resultsFolder: "\(folder.path)/results", workFolder: "\(folder.path)/work")
    let file = "\(folder.path)/results/smoke/times.json"
    func run(_ only: String = "", again: Bool = false, trusts: Bool = false) throws -> [String] {
      let console = Console()
      try TimingRunner(
        plan(text(), only: only), environment: environment, measuresAgain: again, trustsRecords: trusts,
        console: console
      ).run()
      return console.messages.map { String($0.prefix { $0 != ":" }) + ($0.contains("not again") ? "" : " measured") }
    }
    #expect(try run("large") == ["large measured"])
    let first = try TimingRecord(contentsOf: file)
    #expect(try run() == ["small measured", "large"])
    let both = try TimingRecord(contentsOf: file)
    #expect(both.sizes.map(\.label) == ["small", "large"] && both["large"] == first["large"])
    let series = try #require(both["small"]?.groups.first?.result["G"])
    #expect(series.rounds.count == 2 && series.searches.count == 1 && series.tokens == 16 && series.peakBytes > 0)
    #expect(try run("small", again: true) == ["small measured"])
    #expect(try TimingRecord(contentsOf: file)["small"] != both["small"])
    try FileManager.default.removeItem(atPath: "\(folder.path)/work")
    #expect(try run(trusts: true) == ["small", "large"])
    #expect(try run() == ["small measured", "large measured"])
  }

  @Test("A damaged record is refused by name")
  func damage() throws {
    let folder = try TemporaryFolder()
    try "{\"sizes\": [{\"label\": 1}]}".write(
      toFile: "\(folder.path)/times.json", atomically: true, encoding: .utf8)
    let found = #expect(throws: Diagnostic.self) { try TimingRecord(contentsOf: "\(folder.path)/times.json") }
    #expect(found?.description.contains("is no record of times") == true)
  }

  @Test("What would run is described with its memory, and what does not fit is said")
  func description() throws {
    let text = try TimingDescription(plan(text())).text
    #expect(text.contains("small: 2 rounds of 1 steps a row, 1 threads") && text.contains("all laid out together:"))
    #expect(text.contains("    G  ") && text.contains("in all: about"))
    let narrow = try TimingDescription(plan(self.text()), machineBytes: MemoryPlan.reserve + 1000).text
    #expect(narrow.contains("each laid out anew in every round:") && narrow.contains("more than this machine has"))
  }

  @Test(
    "What is wrong is named where it stands",
    arguments: [
      (
        "training: {optimizer", "training: {batch: 3, optimizer", "times.yaml:6:12: error: 'batch' does not belong here"
      ),
      ("baseline: W", "baseline: w", "times.yaml:5:11: error: there is no row 'w'; did you mean 'W'?"),
      ("label: G", "label: G @ 1", "label 'G @ 1' holds '@'"),
      ("label: G", "label: w", "two rows are called 'w'"),
      ("label: large", "label: small", "two sizes of 'smoke' are called 'small'"),
      ("rounds: 1", "rounds: 0", "'scales.smoke.sizes[1].rounds' is 0; expected"),
      ("rounds: 1", "runs: 1", "unknown key 'runs'"),
      ("[{rows: 1, length: 8}]", "[{rows: 1, length: 8}, {rows: 1, length: 4}]", "batches must ascend in tokens"),
      (
        "method: full-rank", "method: full-rank, weights: merged", "'weights' says how a model runs that is not trained"
      ),
      ("$rank", "$rnk", "unknown variable '$rnk'"),
      ("rounds: 1", "rounds: 1\n        rows: [X]", "there is no row 'X'"),
    ])
  func mistakes(written: String, wrong: String, message: String) throws {
    let text = text().replacing(written, with: wrong)
    #expect(text != self.text())
    let found = #expect(throws: Diagnostic.self) { try plan(text) }
    #expect(found?.description.contains(message) == true, "\(found?.description ?? "")")
  }

  @Test("A pattern that selects nothing is refused with the sizes that there are")
  func selection() throws {
    let found = #expect(throws: Diagnostic.self) { try plan(text(), only: "huge") }
    #expect(found?.description.contains("no size at scale 'smoke' matches 'huge'; known: small, large") == true)
  }
}
