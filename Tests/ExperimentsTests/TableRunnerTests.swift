import Configuration
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Running a table")
struct TableRunnerTests {
  private final class Listener: RunConsole {
    var messages: [String] = []
    var lines: [String] = []
    func message(_ line: String) { messages.append(line) }
    func progress(_ line: String) { lines.append(line) }
  }

  private let table: SmallTable
  private let folder: TemporaryFolder
  private let console = Listener()

  init() throws {
    table = try SmallTable()
    folder = try TemporaryFolder()
  }

  private var environment: ExperimentEnvironment {
    ExperimentEnvironment(
      experimentsFolder: table.folder.path, resultsFolder: folder.path + "/results", workFolder: folder.path + "/work")
  }

  /// A program that "trains": the loss is least at the rate 0.003; it notes every run. `extra` comes before the record.
  private func program(_ extra: String = "", loss: String = "4.0") throws -> FakeProgram {
    try FakeProgram(
      """
      dir=${2%/*}; name=${dir##*/}; rate=${name#*-lr}; rate=${rate%%-*}
      case $rate in 0.003) loss=\(loss);; *) loss=5.0;; esac
      \(extra)
      echo "$1 $name" >> \(folder.path)/runs.txt
      echo '{"step":10,"steps":20,"loss":4.5,"tokensPerSecond":1000.0,"liveBytes":2000000}'
      printf '{"loss":%s,"step":1}\\n' $loss > "$dir/metrics.jsonl"
      echo '{"blasCore":"Haswell","threads":1,"started":"'$$'"}' > "$dir/manifest.json"
      numbers='"steps":20,"tokensSeen":3000,"parameterCount":100,"peakBytes":{"total":5}'
      losses='"paperLoss":'$loss',"correctedLoss":'$loss',"batches":3,"tokens":90'
      echo '{"status":"complete",'$numbers',"evaluation":{'$losses'}}' > "$dir/partial"
      mv "$dir/partial" "$dir/summary.json"
      """)
  }

  private func run(
    _ program: FakeProgram, scale: String = "quick", options: RunOptions = RunOptions(), selection: Selection = .all,
    stops: @escaping () -> Int = { 0 }
  ) throws -> RunReport {
    let plan = try table.plan(scale, selection: selection)
    return try TableRunner(
      plan, environment: environment, options: options, console: console, executable: program.path, stopRequests: stops
    ) { _, split in (Digest(of: "train"), Digest(of: split.rawValue)) }.run()
  }

  private var runs: [String] { SmallRecord.text(folder.path + "/runs.txt").split(separator: "\n").map(String.init) }

  private func data(_ scale: String = "quick") throws -> TableData {
    let plan = try table.plan(scale)
    return try TableData(plan, records: environment.results(at: plan.scale.name))
  }

  @Test("The search comes first, then the final runs at the rate it found and at the paper's; all is published")
  func wholeTable() throws {
    let report = try run(program())
    #expect(report.exitCode == 0 && report.failures.isEmpty && report.warnings.isEmpty)
    // 3 rows x 3 rates, then 2 seeds: full-rank at 0.003 and 0.001, low-rank at 0.003, SLTrain at 0.003, the paper's own.
    #expect(report.trained.count == 9 + 4 + 2 + 2 && runs.count == 17)
    #expect(
      runs.prefix(9).allSatisfy { $0.contains("-tuning-") } && !runs.dropFirst(9).contains { $0.contains("-tuning-") })
    #expect(runs.allSatisfy { $0.hasPrefix("cell ") })
    #expect(try environment.results(at: .quick).records().count == 17)
    #expect(
      console.messages.contains {
        $0.hasSuffix("/17 SLTrain, 60M proxy, final, rate 0.003, seed 43 · validation loss 4.0000")
      })
    let entry = try #require(try data().entry(row: "Full-Rank", size: "60M proxy"))
    #expect(entry.choice?.learningRate == 0.003 && entry.choice?.origin == .search && entry.choice?.edge == nil)
    #expect(entry.search.map { $0.outcome?.evaluation?.correctedLoss } == [5, 4, 5])
    #expect(entry.finals.map(\.seed) == [42, 43] && entry.outcomes.map(\.learningRate) == [0.003, 0.003])
    #expect(entry.atPaperRate.compactMap { $0.outcome?.learningRate } == [0.001, 0.001])
    let ours = try #require(try data().entry(row: "SLTrain", size: "60M proxy"))
    #expect(ours.atPaperRate == ours.finals && ours.paperRate == 0.003)
    #expect(try #require(ours.tokensPerParameter) == 3000 / Double(ours.model.denseParameterCount))
  }

  @Test("What is complete is never run again, and a second run changes no byte")
  func secondRun() throws {
    let program = try program()
    _ = try run(program)
    let manifests = try environment.results(at: .quick).records().map { SmallRecord.text($0.folder + "/manifest.json") }
    let report = try run(program)
    #expect(report.trained.isEmpty && report.skipped.count == 17 && report.reproduced.isEmpty && runs.count == 17)
    #expect(
      try environment.results(at: .quick).records().map { SmallRecord.text($0.folder + "/manifest.json") } == manifests)
  }

  @Test("Records that came with the repository are trained again here and compared")
  func shippedRecords() throws {
    _ = try run(program())
    try FileManager.default.removeItem(atPath: folder.path + "/work")
    let manifests = try environment.results(at: .quick).records().map { SmallRecord.text($0.folder + "/manifest.json") }
    let report = try run(program())
    #expect(report.trained.count == 17 && report.reproduced.count == 17 && report.replaced.isEmpty)
    #expect(
      try environment.results(at: .quick).records().map { SmallRecord.text($0.folder + "/manifest.json") } == manifests)
    #expect(report.summary == "17 trained, 17 reproduced bit for bit")
  }

  @Test("Shipped records with other numbers are named and replaced")
  func otherNumbers() throws {
    _ = try run(program())
    try FileManager.default.removeItem(atPath: folder.path + "/work")
    let report = try run(program(loss: "3.5"))
    #expect(report.replaced.count == 3 + 6 && report.reproduced.count == 8)
    #expect(
      report.warnings.contains(
        "SLTrain, 60M proxy, final, rate 0.003, seed 42 differs from the published record, which is replaced: "
          + "update 1: loss 4.0 there, 3.5 here"))
    #expect(try data().entry(row: "SLTrain", size: "60M proxy")?.outcomes[0].evaluation?.correctedLoss == 3.5)
  }

  @Test("Records can be trusted: then only what is missing is trained")
  func trustedRecords() throws {
    _ = try run(program())
    try FileManager.default.removeItem(atPath: folder.path + "/work")
    let lost = try #require(try environment.results(at: .quick).records().first { $0.id.contains("seed43") })
    try FileManager.default.removeItem(atPath: lost.folder)
    let report = try run(program(), options: RunOptions(trustsRecords: true))
    #expect(report.trained == [lost.id] && report.skipped.count == 16)
  }

  @Test("A cell that fails is named with the reason; the others go on, and the exit code is its own")
  func failure() throws {
    let broken = try program("case $name in sltrain*0.01*) echo 'error: the disk is full' >&2; exit 73;; esac")
    let report = try run(broken)
    #expect(report.failures.map(\.message) == ["error: the disk is full"] && report.exitCode == 73)
    #expect(report.failures[0].cell == "SLTrain, 60M proxy, search, rate 0.01, seed 42")
    #expect(console.messages.contains("SLTrain, 60M proxy, search, rate 0.01, seed 42 failed: error: the disk is full"))
    // Without all of its search, SLTrain has no final run.
    #expect(report.trained.count == 8 + 4 + 2)
    #expect(try data().entry(row: "SLTrain", size: "60M proxy")?.choice == nil)
    let again = try run(program())
    #expect(again.failures.isEmpty && again.trained.count == 1 + 2 && again.exitCode == 0)
  }

  @Test("A program that ends well and leaves no summary has failed")
  func noSummary() throws {
    let report = try run(FakeProgram("true"), selection: Selection(["full-rank"]))
    #expect(report.failures.count == 3 && report.failures[0].message == "its process ended without a summary")
    #expect(report.exitCode == 65)
  }

  @Test("An interrupted run says so, keeps what is complete, and goes on the next time")
  func interruption() throws {
    let report = try run(program(), stops: { runs.count >= 4 ? 1 : 0 })
    #expect(report.isInterrupted && report.exitCode == 130)
    #expect(report.trained.count >= 2 && report.trained.count < 9)
    #expect(report.summary.hasSuffix("; interrupted, run it again to go on"))
    let again = try run(program())
    #expect(again.trained.count + again.skipped.count == 17 && again.exitCode == 0)
    #expect(again.skipped.count >= report.trained.count && Set(again.skipped).isSuperset(of: report.trained))
    #expect(try environment.results(at: .quick).records().count == 17)
  }

  @Test("A scale that trains on request trains only when it is asked to")
  func onRequest() throws {
    #expect(try run(program(), scale: "paper").summary == "0 trained" && runs.isEmpty)
    #expect(try data("paper").entries.count == 3)
    let report = try run(program(), scale: "paper", options: RunOptions(trainsOnRequest: true))
    #expect(report.trained.count == 3)
    #expect(try data("paper").entries.map { $0.choice?.learningRate } == [0.001, 0.002, 0.001])
  }

  @Test("A scale that is only counted runs nothing, and says so to whoever asks it to train")
  func neverTrained() throws {
    let table = try SmallTable([("    train: on-request\n    seeds: [42]\n    search: none\n", "    train: never\n")])
    func run(_ options: RunOptions) throws -> RunReport {
      try TableRunner(
        table.plan("paper"), environment: environment, options: options, console: console,
        executable: program().path
      ) { _, _ in throw Diagnostic(.data, "no data is needed") }.run()
    }
    #expect(try run(RunOptions()).summary == "0 trained" && runs.isEmpty)
    #expect(
      diagnosticText { try run(RunOptions(trainsOnRequest: true)) }
        == table.file + ": error: counts its sizes at scale 'paper' and never trains them; leave '--train' out")
  }

  @Test("A rate at the edge of its grid, and a final run that diverges, are warned of")
  func warnings() throws {
    let edge = try program("case $rate in 0.01) loss=1.0;; esac")
    #expect(
      try run(edge, selection: Selection(["full-rank"])).warnings == [
        "Full-Rank, 60M proxy: the best learning rate 0.01 is the highest of the search; a higher one may be better"
      ])
    let diverging = try program(
      """
      case $name in *tuning*) ;; *)
        echo '{"diverged":true,"step":3}' > "$dir/metrics.jsonl"
        echo '{}' > "$dir/manifest.json"
        echo '{"status":"diverged","divergedAtStep":3,"steps":3,"tokensSeen":9,"parameterCount":1}' > "$dir/summary.json"
        exit 0;;
      esac
      """)
    let report = try run(diverging, selection: Selection(["low-rank*"]))
    #expect(
      report.warnings
        == ["42", "43"].map { "Low-Rank, SVD start, 60M proxy, final, rate 0.003, seed \($0) diverged at update 3" })
    #expect(report.exitCode == 0 && report.failures.isEmpty)
    #expect(try data().entry(row: "Low-Rank, SVD start", size: "60M proxy")?.outcomes[0].status == .diverged(step: 3))
  }

  @Test("A published record that nothing can read is reported before anything is trained")
  func unreadableResults() throws {
    let folder = environment.results(at: .quick).folder(of: "old")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "{}".write(toFile: folder + "/cell.json", atomically: true, encoding: .utf8)
    #expect(diagnosticText { try run(program()) }.contains("is a record of format unknown"))
    #expect(runs.isEmpty)
  }

  @Test("The job that a child gets names the scale's threads, or the user's")
  func jobs() throws {
    _ = try run(program(), options: RunOptions(workers: 2), selection: Selection(["full-rank/*/search/0.001"]))
    let record = try #require(try environment.work(at: .quick).records().first)
    let job = try CellJob(file: record.folder + "/job.json")
    #expect(job.workers == 2 && job.specificationFile == table.file)
    #expect(job.requestedFor == "small: Full-Rank, 60M proxy, search, rate 0.001, seed 42")
    #expect(job.training["checkpointEvery"] == .integer(5) && record.specification.training["checkpointEvery"] == nil)
  }

  @Test("Progress tells cells, loss, speed, time left and memory in one line")
  func progress() throws {
    _ = try run(program("sleep 0.15"), options: RunOptions(jobs: 1), selection: Selection(["full-rank"]))
    let line = try #require(console.lines.last { $0.contains("loss") } ?? console.lines.last)
    #expect(line.contains("cells"))
    let board = console.lines.first { $0.contains(" left") }
    #expect(board != nil)
  }
}
