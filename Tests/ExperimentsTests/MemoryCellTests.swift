import Configuration
import Experiments
import Foundation
import Methods
import Modeling
import TestSupport
import Testing
import Training

@Suite("Cells whose memory is measured")
struct MemoryCellTests {
  private final class Listener: RunConsole {
    var messages: [String] = []
    func message(_ line: String) { messages.append(line) }
    func progress(_ line: String) {}
  }

  /// The small table with a memory part at its quick scale.
  static let memory = """
        jobs: 2
        memory:
          training: {data: {tokens: none.bin, vocabularySize: 50, sequenceLength: 12}, steps: 2, evaluation: {batch: 1}}
          sizes:
            - label: 60M
              published: 60M
              variables: {rank: 4, rate: 2e-3}
              training:
                model: {name: small, vocabularySize: 50, hiddenSize: 16, intermediateSize: 24, layers: 1, heads: 2}
                batch: 1

    """
  static let replacement = ("    jobs: 2\n", memory)

  private let table: SmallTable
  private let folder: TemporaryFolder
  private let console = Listener()

  init() throws {
    table = try SmallTable([Self.replacement])
    folder = try TemporaryFolder()
  }

  private var environment: ExperimentEnvironment {
    ExperimentEnvironment(
      experimentsFolder: table.folder.path, resultsFolder: folder.path + "/results", workFolder: folder.path + "/work")
  }

  /// A program that "runs" a memory cell and notes it; `peaks` is what it says it measured.
  private func program(peaks: String) throws -> FakeProgram {
    try FakeProgram(
      """
      dir=${2%/*}
      echo "${dir##*/}" >> \(folder.path)/runs.txt
      echo '{}' > "$dir/metrics.jsonl"
      echo '{"allocator":"jemalloc","arenas":"agree"}' > "$dir/manifest.json"
      numbers='"steps":2,"tokensSeen":24,"parameterCount":100,"peakBytes":\(peaks)'
      losses='"paperLoss":4.0,"correctedLoss":4.0,"batches":1,"tokens":11'
      echo '{"status":"complete",'$numbers',"evaluation":{'$losses'}}' > "$dir/summary.json"
      """)
  }

  private func run(
    peaks: String = #"{"total":5}"#, options: RunOptions = RunOptions(),
    selection: Selection = Selection(["*/memory"]), table: SmallTable? = nil, scale: String = "quick"
  ) throws -> RunReport {
    let plan = try (table ?? self.table).plan(scale, selection: selection)
    let program = try program(peaks: peaks)
    return try TableRunner(
      plan, environment: environment, options: options, console: console, executable: program.path,
      stopRequests: { 0 }
    ) { _, split in (Digest(of: "train"), Digest(of: split.rawValue)) }.run()
  }

  private var made: [String] { SmallRecord.text(folder.path + "/runs.txt").split(separator: "\n").map(String.init) }

  private func results() throws -> [MemoryResult] {
    try TableData(table.plan(), records: environment.results(at: .quick)).memory
  }

  @Test("Every row has one at each size, with the paper's rate or its first, the first seed and a layer of its own")
  func planned() throws {
    let memory = try table.plan().memory
    #expect(memory.map(\.cell.path) == ["full-rank", "low-rank-svd-start", "sltrain"].map { "\($0)/60m/memory" })
    #expect(memory.map(\.cell.learningRate) == [0.001, 0.001, 0.002] && memory.allSatisfy { $0.cell.seed == 42 })
    let training = try #require(memory.last).cell.training
    #expect(training.steps == 2 && training.batch == 1 && training.sequenceLength == 12)
    #expect(training.resolved["method"]?["rank"] == .integer(4))
    #expect(training.resolved["schedule"]?["kind"] == .string("cosine"))
    #expect(memory[0].cell.purpose == .memory && memory[0].cell.split == .validation)
    #expect(memory[0].cell.description == "Full-Rank, 60M, memory")
  }

  @Test("They are selected by their path, apart from the runs that are trained")
  func selected() throws {
    let memory = try table.plan(selection: Selection(["sltrain/*/memory"]))
    #expect(memory.entries.isEmpty && memory.memory.map(\.row.label) == ["SLTrain"])
    let trained = try table.plan(selection: Selection(["sltrain/60m-proxy"]))
    #expect(trained.entries.count == 1 && trained.memory.isEmpty)
    #expect(
      table.message(selection: Selection(["sltrain/70m"])).hasSuffix(
        "sltrain/60m-proxy, full-rank/60m/memory, low-rank-svd-start/60m/memory, sltrain/60m/memory"))
  }

  @Test(
    "What is wrong with them is reported where it is written",
    arguments: [
      ("      training: {data", "      trainig: {data", "20:7: error: unknown key 'trainig' in 'scales.quick.memory'"),
      ("steps: 2, ", "seed: 2, ", "'seed' does not belong in 'training'; a scale's 'seeds' set it"),
      ("            batch: 1\n", "            batch: 0\n", "'training.batch' is 0; expected from 1 to"),
      (
        "    method: full-rank\n    learningRates: [1e-3, 3e-3, 1e-2]\n    paperRate: {value: 1e-3, source: a guess}\n",
        "    method: full-rank\n    learningRates: {paper: [1e-3]}\n",
        "row 'Full-Rank' has no 'learningRates' for the search"
      ),
      (
        "        - label: 60M\n          pub", "        - label: 60M\n        - label: 60M\n          pub",
        "two sizes are"
      ),
    ])
  func mistakes(old: String, new: String, expected: String) throws {
    var text = SmallTable.text.replacingOccurrences(of: Self.replacement.0, with: Self.memory)
    #expect(text.components(separatedBy: old).count == 2)
    text = text.replacingOccurrences(of: old, with: new)
    try text.write(toFile: table.file, atomically: true, encoding: .utf8)
    #expect(table.message().contains(expected), "\(table.message())")
  }

  @Test("A scale may consist of them alone: then it has no seeds to give and nothing to search")
  func alone() throws {
    func table(_ extra: String = "") throws -> SmallTable {
      let memory = Self.memory.replacingOccurrences(of: "    jobs: 2\n", with: "")
      return try SmallTable([
        ("    train: on-request\n    seeds: [42]\n    search: none\n", extra + memory),
        ("    sizes:\n      - {label: 60M, published: 60M, variables: {rank: 6, rate: 1e-3}, training: *tiny}\n", ""),
      ])
    }
    let plan = try table().plan("paper")
    #expect(plan.entries.isEmpty && plan.memory.count == 3 && plan.needsRuns && plan.scale.sizes.isEmpty)
    #expect(plan.memory.map(\.cell.seed) == [42, 42, 42])
    #expect(
      try table("    seeds: [42]\n").message("paper")
        == "small.yaml:28:12: error: 'seeds' has no meaning in a scale that trains no sizes; remove it")
    let rates = "{quick: [1e-3, 3e-3, 1e-2], paper: [2e-3]}"
    let silent = try table()
    try SmallRecord.text(silent.file).replacingOccurrences(of: rates, with: "{quick: [1e-3, 3e-3, 1e-2]}")
      .write(toFile: silent.file, atomically: true, encoding: .utf8)
    #expect(
      silent.message("paper").hasSuffix(
        "error: row 'Low-Rank, SVD start' needs a 'paperRate' or 'learningRates' at scale 'paper', where its memory is "
          + "measured"))
    let text = try PlanDescription(plan).text
    #expect(text.contains("in all: 3 runs for their memory, 0 predicted, about ") && !text.contains("seeds of"))
  }

  @Test("One that fits is run with two threads whatever the user says, and its prediction is kept beside its record")
  func runs() throws {
    let report = try run(options: RunOptions(jobs: 4, workers: 1))
    #expect(report.trained.count == 3 && report.predicted.isEmpty && made.count == 3)
    for record in try environment.work(at: .quick).records() {
      #expect(try CellJob(file: record.folder + "/job.json").workers == 2)
    }
    let results = try results()
    #expect(results.allSatisfy { $0.isMeasured && $0.total == 5 && $0.recorded?.tooLargeFor == nil })
    let plan = try MemoryPlan(SmallRuns.specification(method: "full-rank"))
    #expect(results.allSatisfy { ($0.recorded?.prediction.total ?? 0) > 1000 })
    #expect(results[0].recorded?.prediction.peakBytes.count == plan.peakBytes.count + 1)
    #expect(console.messages.contains("1/3 Full-Rank, 60M, memory · peak 0.00 MB"))
  }

  @Test("One that the machine is too small for is predicted, said to be so, and not run")
  func predicted() throws {
    let report = try run(options: RunOptions(machineBytes: 1_000_001_000))
    #expect(made.isEmpty && report.trained.isEmpty && report.predicted.count == 3 && report.exitCode == 0)
    #expect(report.summary == "0 trained, 3 predicted, as this machine is too small")
    #expect(
      console.messages.count {
        $0.contains(", memory: predicted, not run: needs ")
          && $0.hasSuffix("and this machine has 1.00 GB, of which 1.00 GB are for the program")
      } == 3)
    let results = try results()
    #expect(results.allSatisfy { !$0.isMeasured && $0.recorded?.tooLargeFor == 1_000_001_000 })
    #expect(results.allSatisfy { $0.peakBytes == $0.recorded?.prediction.peakBytes && $0.total ?? 0 > 1000 })
    let large = try run()
    #expect(large.trained.count == 3)
    #expect(try self.results().allSatisfy { $0.isMeasured && $0.recorded?.tooLargeFor == nil })
  }

  @Test("A second run measures nothing again and rewrites no prediction")
  func again() throws {
    _ = try run()
    let folder = environment.results(at: .quick).predictionsFolder
    func dates() throws -> [String: Date] {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      return try Dictionary(
        uniqueKeysWithValues: names.map { name in
          let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
          return (name, try #require(attributes[.modificationDate] as? Date))
        })
    }
    let before = try dates()
    #expect(before.count == 3)
    let report = try run()
    #expect(report.trained.isEmpty && report.skipped.count == 3 && made.count == 3)
    #expect(try dates() == before)
  }

  @Test("A measurement that is not what is predicted is warned of, and one that is is not")
  func stale() throws {
    let report = try run(selection: Selection(["full-rank/60m/memory"]))
    let warning = try #require(report.warnings.first)
    #expect(report.warnings.count == 1)
    #expect(warning.hasPrefix("Full-Rank, 60M, memory: 0.00 MB were measured and 0.10 MB are predicted; if"))
    #expect(warning.contains(" the record is of an older version, delete '"))
    let peaks = try prediction(of: "low-rank*").peakBytes
    let text = ResolvedValue.object(peaks.mapValues(ResolvedValue.integer)).canonicalJSON
    #expect(try run(peaks: text, selection: Selection(["low-rank*/60m/memory"])).warnings.isEmpty)
  }

  private func prediction(of row: String) throws -> MemoryPrediction {
    try table.plan(selection: Selection(["\(row)/60m/memory"])).memory[0].cell.training.predictMemory()
  }

  @Test("On request means on request: until then there is a prediction and no run")
  func onRequest() throws {
    let memory = Self.memory.replacingOccurrences(of: "    jobs: 2\n", with: "")
    let table = try SmallTable([("    train: on-request\n", "    train: on-request\n" + memory)])
    _ = try run(table: table, scale: "paper")
    #expect(made.isEmpty)
    let data = try TableData(table.plan("paper"), records: environment.results(at: .paper))
    #expect(data.memory.allSatisfy { !$0.isMeasured && $0.recorded != nil && $0.recorded?.tooLargeFor == nil })
    #expect(
      try run(options: RunOptions(trainsOnRequest: true), table: table, scale: "paper").trained.count == 3)
  }

  @Test("A description says what each will take, and which are too large for the machine")
  func described() throws {
    let plan = try table.plan()
    let fits = try PlanDescription(plan, machineBytes: 2_000_000_000)
    #expect(fits.text.contains("SLTrain / 60M / memory\n") && !fits.text.contains("predicted, not run"))
    #expect(fits.text.contains("at most 10 final runs, 3 runs for their memory, 0 predicted"))
    let small = try PlanDescription(plan, machineBytes: 1_000_000_000)
    #expect(small.text.contains("  memory      predicted, not run: needs 0.0"))
    #expect(small.text.contains("0 runs for their memory, 3 predicted"))
    let entry = try #require(small.resolved["memory"]?.arrayValue?.first)
    let predicted = try #require(entry["predictedPeakBytes"]?["total"]?.integerValue)
    #expect(entry["fits"] == .bool(false) && entry["row"] == .string("Full-Rank"))
    #expect(try plan.memory[0].cell.training.predictMemory().total == predicted)
    #expect(small.operations < fits.operations)
  }

  @Test("A prediction reads back as it was kept, and one that is damaged is named")
  func roundTrip() throws {
    let store = environment.results(at: .quick)
    let cell = try table.plan().memory[0].cell
    let recorded = RecordedPrediction(MemoryPrediction(peakBytes: ["weights": 3, "total": 4]), tooLargeFor: 7)
    #expect(try store.prediction(of: cell.specification) == nil)
    try store.keep(recorded, of: cell.specification)
    #expect(try store.prediction(of: cell.specification) == recorded)
    let other = try table.plan().memory[1].cell
    #expect(try store.prediction(of: other.specification) == nil)
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: store.predictionsFolder).first)
    let file = "\(store.predictionsFolder)/\(name)"
    try SmallRecord.text(file).replacingOccurrences(of: "full-rank", with: "low-rank")
      .write(toFile: file, atomically: true, encoding: .utf8)
    #expect(
      diagnosticText { try store.prediction(of: cell.specification) }
        == "\(file): error: is no prediction of the run that it is named for; delete it")
  }
}
