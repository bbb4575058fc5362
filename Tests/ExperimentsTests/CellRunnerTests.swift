import Configuration
import Corpus
import Experiments
import Foundation
import MemoryAccounting
import Modeling
import TestSupport
import Testing
import Training

@Suite("Running one cell")
struct CellRunnerTests {
  private struct Rows: RunData {
    var train: any TokenRows = PatternRows()
    func evaluationRows(_ split: EvaluationSplit) -> any TokenRows {
      PatternRows(rowCount: split == .tuning ? 11 : 19, seed: 8)
    }
  }

  private struct Killed: Error {}

  private let folder: TemporaryFolder
  private let rows = Rows()

  init() throws { folder = try TemporaryFolder() }

  private func specification(_ method: String) throws -> TrainingSpecification {
    try SmallRuns.specification(method: method, extra: "checkpointEvery: 5\nevaluation: {every: 4, batch: 4}")
  }

  private func job(
    _ specification: TrainingSpecification, split: EvaluationSplit = .validation, workers: Int = 1
  ) -> CellJob {
    let identity = CellIdentity(
      CellSpecification(training: specification.resolved, split: split), trainingRows: rows.train.digest,
      evaluationRows: rows.evaluationRows(split).digest)
    return CellJob(
      identity: identity, training: specification.resolved, specificationFile: "run.yaml", workers: workers,
      requestedFor: "a test")
  }

  /// Runs a cell in a folder of its own, and returns that folder.
  private func run(
    _ job: CellJob, _ specification: TrainingSpecification, in name: String,
    report: @escaping (CellProgress) -> Void = { _ in }
  ) throws -> String {
    let folder = "\(self.folder.path)/\(name)/\(job.identity.id)"
    try job.write(into: folder)
    try CellRunner.run(job, specification, in: folder, report: report) { rows }
    return folder
  }

  /// Runs a cell until an event comes for which `dies` is true, as if the process were killed there.
  private func runAndDie(
    _ job: CellJob, _ specification: TrainingSpecification, in folder: String, dies: @escaping (TrainingEvent) -> Bool
  ) throws {
    let recorder = try CellRecorder(folder: folder, steps: specification.steps)
    let trainer = try Trainer(
      specification, train: rows.train, evaluation: rows.evaluationRows(.validation), memory: recorder.memory,
      checkpointFolder: folder
    ) { event in
      try recorder.observe(event)
      if dies(event) { throw Killed() }
    }
    #expect(throws: Killed.self) { try trainer.run() }
  }

  private func contents(_ folder: String) -> [String] {
    ["cell.json", "metrics.jsonl", "summary.json"].map { SmallRecord.text("\(folder)/\($0)") }
  }

  /// The memory of a record as far as it does not hang on the process: what was asked for, and the temporaries.
  private func memory(_ folder: String) throws -> [String] {
    let timeline = try #require(try RunRecord(folder: folder).memoryTimeline())
    return timeline.parts.flatMap { part in
      part.samples.map { sample in
        let bytes = MemoryCategory.allCases.map { sample.bytes[$0]?.requested ?? -1 }
        return "\(part.moment.name), \(sample.phase.name): \(bytes) \(sample.workspaceInUse)"
      }
    }
  }

  @Test("A run leaves its record, and nothing of what it needed on the way")
  func record() throws {
    let specification = try specification("sltrain")
    let job = job(specification)
    var progress: [CellProgress] = []
    let folder = try run(job, specification, in: "a") { progress.append($0) }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(
      files == ["cell.json", "job.json", "lock", "manifest.json", "memory.json", "metrics.jsonl", "summary.json"])
    let record = try RunRecord(folder: folder)
    #expect(record.manifest?.arenas == (Memory.isCrossChecked ? "agree" : "not counted by the allocator"))
    let outcome = try #require(record.outcome)
    #expect(outcome.status == .complete && outcome.steps == 12 && outcome.learningRate == 0.01 && outcome.seed == 1)
    #expect(try #require(outcome.evaluation).tokens > 0)
    #expect(try #require(outcome.peakBytes["weights"]) > 0)
    #expect(record.manifest?.threads == 1 && record.manifest?.requestedFor == "a test")
    #expect(try #require(record.manifest).tokensPerSecond > 0)
    let lines = SmallRecord.text(folder + "/metrics.jsonl").split(separator: "\n")
    #expect(lines.count == 12 + 3)
    let last = try ResolvedValue(json: Data(lines[14].utf8), file: "")
    #expect(last["evaluation"]?["correctedLoss"]?.doubleValue == outcome.evaluation?.correctedLoss)
    #expect(try #require(progress.last).step == 12 && progress.last?.steps == 12)
    #expect(!contents(folder).joined().contains("econds"))
  }

  @Test("What a run takes by category is what was predicted of it, to the byte", arguments: ["full-rank", "galore"])
  func prediction(method: String) throws {
    let specification = try specification(method)
    let folder = try run(job(specification, workers: 2), specification, in: "a")
    let outcome = try #require(try RunRecord(folder: folder).outcome)
    let node = try SpecificationNode(
      text: SmallRuns.text(method: method, extra: "checkpointEvery: 5\nevaluation: {every: 4, batch: 4}"),
      file: "run.yaml")
    let resolver = TrainingResolver.standard(
      models: try ModelCatalogue(folder: "/nonexistent"), corporaFolder: "/nonexistent")
    #expect(try resolver.resolve(node).predictMemory().peakBytes == outcome.peakBytes)
  }

  @Test("A complete run is not run again")
  func complete() throws {
    let specification = try specification("full-rank")
    let job = job(specification)
    let folder = try run(job, specification, in: "a")
    let before = SmallRecord.text(folder + "/manifest.json")
    var reports = 0
    _ = try run(job, specification, in: "a") { _ in reports += 1 }
    #expect(reports == 0 && SmallRecord.text(folder + "/manifest.json") == before)
  }

  @Test("Wherever a run is killed, the next one ends with the same bytes", arguments: ["galore", "relora", "sltrain"])
  func resumption(method: String) throws {
    let specification = try specification(method)
    let job = job(specification)
    let whole = try run(job, specification, in: "whole")
    let (expected, expectedMemory) = (contents(whole), try memory(whole))
    for step in 1...12 {
      let folder = "\(self.folder.path)/step-\(step)/\(job.identity.id)"
      try job.write(into: folder)
      try runAndDie(job, specification, in: folder) {
        if case .step(let metrics) = $0 { metrics.step == step } else { false }
      }
      #expect(contents(try run(job, specification, in: "step-\(step)")) == expected, "killed after update \(step)")
      #expect(try memory(folder) == expectedMemory, "killed after update \(step)")
    }
  }

  @Test("A run that is killed between its own notes and the checkpoint, twice, ends with the same bytes")
  func killedBeforeCheckpoint() throws {
    let specification = try specification("galore")
    let job = job(specification)
    let expected = contents(try run(job, specification, in: "whole"))
    let folder = "\(self.folder.path)/a/\(job.identity.id)"
    try job.write(into: folder)
    for step in [5, 10, 10] {
      try runAndDie(job, specification, in: folder) { $0.isCheckpoint(at: step) }
    }
    #expect(contents(try run(job, specification, in: "a")) == expected)
  }

  @Test("A record keeps the memory of the first updates and of the first evaluation, as the plan foresaw it")
  func memoryTimeline() throws {
    let specification = try specification("galore")
    let folder = try run(job(specification), specification, in: "a")
    let record = try RunRecord(folder: folder)
    let timeline = try #require(try record.memoryTimeline())
    #expect(timeline.parts.map(\.moment) == [.update(1), .update(2), .evaluation])
    #expect(timeline[.update(1)]?.samples.contains { $0.phase == .projector } == true)
    #expect(timeline[.update(2)]?.samples.contains { $0.phase == .projector } == false)
    for (part, planned) in zip(timeline.parts, try MemoryPlan(specification).timeline.parts) {
      #expect(part.samples.map(\.phase) == planned.samples.map(\.phase))
      #expect(part.samples.map(\.workspaceInUse) == planned.samples.map(\.workspaceInUse))
      #expect(part.samples.allSatisfy { $0.disagreements.isEmpty && $0.residentSet.map { $0 > 1 << 20 } != false })
    }
    // The file holds all of it, and a record without one is from before it was kept.
    #expect(SmallRecord.text(folder + "/memory.json") == timeline.resolved.prettyJSON)
    try FileManager.default.removeItem(atPath: folder + "/memory.json")
    #expect(try record.memoryTimeline() == nil)
    try #"{"parts": [{"moment": "update 1", "samples": [{"phase": "sideways"}]}]}"#
      .write(toFile: folder + "/memory.json", atomically: true, encoding: .utf8)
    #expect(diagnosticText { try record.memoryTimeline() }.contains("memory.json: error: has a phase or a category"))
  }

  @Test("Two threads leave the same metrics and the same summary but for the scratch of each thread")
  func workers() throws {
    let specification = try specification("sltrain")
    let one = try run(job(specification), specification, in: "one")
    let two = try run(job(specification, workers: 2), specification, in: "two")
    #expect(contents(one)[0...1] == contents(two)[0...1])
    let summaries = try [one, two].map { try #require(try RunRecord(folder: $0).summary) }
    #expect(summaries[0].evaluation == summaries[1].evaluation)
  }

  @Test("A run whose loss is not finite is complete, and says where it diverged")
  func divergence() throws {
    var specification = try specification("full-rank")
    specification.learningRate = 1e30
    specification.resolved["learningRate"] = .number(1e30)
    let folder = try run(job(specification), specification, in: "a")
    let outcome = try #require(try RunRecord(folder: folder).outcome)
    guard case .diverged(let step) = outcome.status else { return #expect(Bool(false), "it did not diverge") }
    #expect(outcome.evaluation == nil && outcome.lossOrInfinity == .infinity)
    #expect(SmallRecord.text(folder + "/metrics.jsonl").hasSuffix("{\"diverged\":true,\"step\":\(step)}\n"))
  }

  @Test("A search run is evaluated on the tuning rows")
  func tuning() throws {
    let specification = try specification("full-rank")
    let tuning = try RunRecord(folder: run(job(specification, split: .tuning), specification, in: "a"))
    let validation = try RunRecord(folder: run(job(specification), specification, in: "a"))
    #expect(tuning.id.contains("-tuning-"))
    #expect(try #require(tuning.summary?.evaluation).batches == 3)
    #expect(try #require(validation.summary?.evaluation).batches == 5)
  }

  @Test("Data that has changed since the run was planned is refused")
  func changedData() throws {
    let specification = try specification("full-rank")
    let job = job(specification)
    let folder = "\(self.folder.path)/a/\(job.identity.id)"
    try job.write(into: folder)
    let message = diagnosticText {
      try CellRunner.run(job, specification, in: folder, report: { _ in }) { Rows(train: PatternRows(rowCount: 63)) }
    }
    #expect(
      message
        == "error: the data has changed since '\(job.identity.id)' was planned; run reproduce again, which plans it anew"
    )
  }

  @Test("A job reads back as it was written, and one that was tampered with is refused")
  func jobs() throws {
    let job = job(try specification("relora"))
    let file = try job.write(into: folder.path + "/j")
    #expect(try CellJob(file: file) == job)
    #expect(job.specification.resolved == job.training)
    let tampered = SmallRecord.text(file).replacingOccurrences(of: "\"steps\": 12", with: "\"steps\": 13")
    let parts = tampered.components(separatedBy: "\"training\"")
    try (SmallRecord.text(file).components(separatedBy: "\"training\"").dropLast() + [parts[parts.count - 1]])
      .joined(separator: "\"training\"").write(toFile: file, atomically: true, encoding: .utf8)
    #expect(
      diagnosticText { try CellJob(file: file) }
        == "\(file): error: is no job of this version; run reproduce again, which writes it anew")
    #expect(
      diagnosticText { try CellJob(file: "/nowhere/job.json") }
        == "/nowhere/job.json: error: no such file; expected a job that 'reproduce' wrote")
  }

  @Test("Metrics that are shorter than their checkpoint vouches for are refused")
  func lostMetrics() throws {
    let specification = try specification("full-rank")
    let job = job(specification)
    let folder = "\(self.folder.path)/a/\(job.identity.id)"
    try job.write(into: folder)
    try runAndDie(job, specification, in: folder) {
      if case .step(let metrics) = $0 { metrics.step == 7 } else { false }
    }
    try "".write(toFile: folder + "/metrics.jsonl", atomically: true, encoding: .utf8)
    #expect(
      diagnosticText { try run(job, specification, in: "a") }.contains(
        "holds 0 bytes, and its checkpoint was made after"))
    try FileManager.default.removeItem(atPath: folder + "/session.json")
    #expect(
      diagnosticText { try run(job, specification, in: "a") }.contains(
        "has a checkpoint of update 5 and no record of it"))
  }
}

extension TrainingEvent {
  fileprivate func isCheckpoint(at expected: Int) -> Bool {
    if case .willCheckpoint(let step) = self { step == expected } else { false }
  }
}
