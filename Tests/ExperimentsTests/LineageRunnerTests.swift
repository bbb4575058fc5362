import Configuration
import Corpus
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Running rows that start from another row's final models")
struct LineageRunnerTests {
  private final class Listener: RunConsole {
    func message(_ line: String) {}
    func progress(_ line: String) {}
  }

  private let table: SmallTable
  private let folder: TemporaryFolder

  init() throws {
    table = try SmallTable([("claims:", LineageTests.rows)])
    folder = try TemporaryFolder()
    // A model that the program below hands out for every run's.
    let specification = try SmallRuns.specification(method: "full-rank", steps: 3)
    let identity = CellIdentity(
      CellSpecification(training: specification.resolved, split: .validation), trainingRows: PatternRows().digest,
      evaluationRows: PatternRows().digest)
    let job = CellJob(
      identity: identity, training: specification.resolved, specificationFile: "run.yaml", workers: 1,
      requestedFor: "a test", keepsModel: true)
    let path = "\(folder.path)/\(identity.id)"
    try job.write(into: path)
    try CellRunner.run(job, specification, in: path, report: { _ in }) { Rows() }
    try FileManager.default.moveItem(atPath: path + "/model", toPath: folder.path + "/model")
  }

  private var environment: ExperimentEnvironment {
    ExperimentEnvironment(
      experimentsFolder: table.folder.path, resultsFolder: folder.path + "/results", workFolder: folder.path + "/work")
  }

  /// A program that "trains" and keeps a model where it is told to; it notes every run. `extra` comes before the record.
  private func program(_ extra: String = "") throws -> FakeProgram {
    try FakeProgram(
      """
      dir=${2%/*}; name=${dir##*/}
      \(extra)
      echo "$name" >> \(folder.path)/runs.txt
      if grep -q '"keepsModel": true' "$2"; then cp -r \(folder.path)/model "$dir/model"; fi
      if [ -e "$dir/summary.json" ]; then exit 0; fi
      echo '{"loss":4.0,"step":1}' > "$dir/metrics.jsonl"
      echo '{"blasCore":"Haswell","threads":1}' > "$dir/manifest.json"
      numbers='"steps":20,"tokensSeen":3000,"parameterCount":100,"peakBytes":{"total":5}'
      losses='"paperLoss":4.0,"correctedLoss":4.0,"batches":3,"tokens":90'
      echo '{"status":"complete",'$numbers',"evaluation":{'$losses'}}' > "$dir/partial"
      mv "$dir/partial" "$dir/summary.json"
      """)
  }

  private func run(_ program: FakeProgram, _ selection: String = "") throws -> RunReport {
    try TableRunner(
      table.plan(selection: Selection(parsing: selection)), environment: environment, console: Listener(),
      executable: program.path, stopRequests: { 0 }
    ) { _, split in (Digest(of: "train"), Digest(of: split.rawValue)) }.run()
  }

  private var runs: [String] { SmallRecord.text(folder.path + "/runs.txt").split(separator: "\n").map(String.init) }

  private func data() throws -> TableData {
    try TableData(table.plan(), records: environment.results(at: .quick))
  }

  /// Where the last run is whose name begins with a word, and the first of another.
  private func last(_ start: String) throws -> Int { try #require(runs.lastIndex { $0.hasPrefix(start) }) }
  private func first(_ start: String) throws -> Int { try #require(runs.firstIndex { $0.hasPrefix(start) }) }

  @Test("What a run starts from is complete before it, searches included; the table holds all of them")
  func order() throws {
    let report = try run(program(), "twice,pruned,repaired")
    #expect(report.failures.isEmpty)
    // Full-Rank: 3 rates and 2 seeds, at the rate that wins here, which is the paper's. Repaired: 3 and 2.
    #expect(report.trained.count == 3 + 2 + 2 + 3 + 2 + 2 && runs.count == report.trained.count)
    #expect(try last("full-rank") < first("sparse-residual") && last("sparse-residual") < first("sltrain"))
    let searches = runs.filter { $0.hasPrefix("sparse-residual") && $0.contains("-tuning-") }
    #expect(searches.count == 3)
    let data = try data()
    let twice = try #require(data.entry(row: "Twice", size: "60M proxy"))
    #expect(twice.outcomes.count == 2 && twice.choice?.origin == .untrained)
    #expect(twice.outcomes.map(\.tokensSeen) == [3000, 3000] && twice.outcomes.map(\.modelTokens) == [6000, 6000])
    let repaired = try #require(data.entry(row: "Repaired", size: "60M proxy"))
    #expect(repaired.search.allSatisfy { $0.outcome != nil } && repaired.outcomes.count == 2)
    #expect(try #require(repaired.tokensPerParameter) == 6000 / Double(repaired.model.denseParameterCount))
    // A row that shares the first seed's runs has these, and not the other.
    #expect(data.entry(row: "Repaired, one model", size: "60M proxy")?.outcomes.map(\.seed) == [42])
  }

  @Test("A model that is gone is trained again, and nothing else is")
  func lostModel() throws {
    _ = try run(program(), "pruned")
    #expect(try run(program(), "pruned").trained.isEmpty)
    let origin = try #require(runs.first { $0.contains("seed43") && $0.hasPrefix("full-rank") })
    try FileManager.default.removeItem(atPath: environment.work(at: .quick).folder(of: origin) + "/model")
    let before = runs.count
    #expect(try run(program(), "pruned").trained == [origin] && runs.count == before + 1)
    #expect(try run(program(), "full-rank").trained.count == 0)
  }

  @Test("Where a start fails, what starts from it is left out or named; the rest goes on")
  func failures() throws {
    let failing = try program("case $name in full-rank*seed43*) echo 'error: no room' >&2; exit 73;; esac")
    let report = try run(failing, "pruned")
    #expect(report.failures.map(\.message).first == "error: no room" && report.exitCode == 73)
    #expect(
      report.failures.last?.message
        == "it starts from the final model of Full-Rank, 60M proxy, final, rate 0.001, seed 43, which has none: it failed or "
        + "diverged")
    #expect(report.failures.last?.cell == "Pruned, 60M proxy, final, no update, seed 43")
    #expect(try data().entry(row: "Pruned", size: "60M proxy")?.outcomes.map(\.seed) == [42])
    let searching = try program("case $name in full-rank*0.01-*tuning*) exit 70;; esac")
    try FileManager.default.removeItem(atPath: folder.path + "/work")
    #expect(try run(searching, "repaired").trained.count == 2)
  }
}

private struct Rows: RunData {
  var train: any TokenRows { PatternRows() }
  func evaluationRows(_ split: EvaluationSplit) -> any TokenRows { PatternRows() }
}
