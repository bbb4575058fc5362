import Configuration
import Corpus
import Experiments
import Foundation
import TestSupport
import Testing
import Training

@Suite("Final models that are kept, and runs that start from them")
struct KeptModelTests {
  private struct Rows: RunData {
    var train: any TokenRows { PatternRows() }
    func evaluationRows(_ split: EvaluationSplit) -> any TokenRows { PatternRows(rowCount: 19, seed: 8) }
  }

  private let folder: TemporaryFolder
  private let rows = Rows()

  init() throws { folder = try TemporaryFolder() }

  private func specification(_ method: String, steps: Int = 12) throws -> TrainingSpecification {
    try SmallRuns.specification(method: method, steps: steps, extra: "checkpointEvery: 5\nevaluation: {batch: 4}")
  }

  /// The job of a run that starts from its seed, or from the final model of another.
  private func job(
    _ specification: TrainingSpecification, startingFrom origin: CellJob? = nil, keepsModel: Bool = false
  ) -> CellJob {
    let cell = CellSpecification(
      training: specification.resolved, split: .validation,
      start: origin.map { .finalModel(of: $0.identity.specification) } ?? .seed)
    let identity = CellIdentity(
      cell, trainingRows: rows.train.digest, evaluationRows: rows.evaluationRows(.validation).digest,
      start: origin?.identity.digest)
    return CellJob(
      identity: identity, training: specification.resolved, specificationFile: "run.yaml", workers: 1,
      requestedFor: "a test", startFolder: origin.map(path), keepsModel: keepsModel)
  }

  private func path(_ job: CellJob) -> String { "\(folder.path)/\(job.identity.id)" }

  @discardableResult
  private func run(_ job: CellJob, _ specification: TrainingSpecification) throws -> RunRecord {
    try job.write(into: path(job))
    try CellRunner.run(job, specification, in: path(job), report: { _ in }) { rows }
    return try RunRecord(folder: path(job))
  }

  private func digest(_ job: CellJob) throws -> Digest? { try KeptModel(runFolder: path(job)).digest() }

  /// What a record says of its numbers.
  private func numbers(_ job: CellJob) -> [String] {
    ["cell.json", "metrics.jsonl", "summary.json", "manifest.json"].map { SmallRecord.text("\(path(job))/\($0)") }
  }

  @Test("A model is kept where it is asked for, and nowhere else; the record is the same")
  func kept() throws {
    let specification = try specification("full-rank")
    let (plain, keeping) = (job(specification), job(specification, keepsModel: true))
    #expect(plain.identity == keeping.identity)
    let before = try run(plain, specification).summary
    #expect(try digest(plain) == nil)
    try FileManager.default.removeItem(atPath: path(plain))
    #expect(try run(keeping, specification).summary == before)
    #expect(try digest(keeping) != nil)
    let files = try FileManager.default.contentsOfDirectory(atPath: path(keeping) + "/model").sorted()
    #expect(files == ["config.json", "kept.json", "model.safetensors"])
  }

  @Test("A model that is missing or damaged is trained again, and the record stays byte for byte")
  func again() throws {
    let specification = try specification("full-rank")
    let job = job(specification, keepsModel: true)
    try run(self.job(specification), specification)
    let record = numbers(job)
    try run(job, specification)
    let first = try #require(try digest(job))
    #expect(numbers(job) == record)

    let tensors = path(job) + "/model/model.safetensors"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: tensors))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: tensors))
    #expect(try digest(job) == nil)
    try run(job, specification)
    #expect(try digest(job) == first && numbers(job) == record)
    #expect(!FileManager.default.fileExists(atPath: path(job) + "/again"))
  }

  @Test("A record that its run does not repeat is not given the model of another run")
  func otherNumbers() throws {
    let specification = try specification("full-rank")
    let job = job(specification, keepsModel: true)
    try run(self.job(specification), specification)
    let metrics = path(job) + "/metrics.jsonl"
    let text = SmallRecord.text(metrics).replacingOccurrences(of: "\"step\":3", with: "\"step\":333")
    try text.write(toFile: metrics, atomically: true, encoding: .utf8)
    let message = diagnosticText { try run(job, specification) }
    #expect(message.contains("was trained again for its final model, and came out otherwise than its record: "))
    #expect(message.contains("delete the folder"))
    #expect(try digest(job) == nil)
  }

  @Test("A run without updates evaluates the model that it starts from, as it is")
  func evaluation() throws {
    let (dense, still) = (try specification("full-rank"), try specification("full-rank", steps: 0))
    let origin = job(dense, keepsModel: true)
    let trained = try run(origin, dense)
    let record = try run(job(still, startingFrom: origin), still)
    #expect(record.summary?.evaluation == trained.summary?.evaluation && record.summary?.evaluation != nil)
    #expect(record.summary?.steps == 0 && record.summary?.tokensSeen == 0 && record.summary?.status == .complete)
    #expect(SmallRecord.text(record.folder + "/metrics.jsonl").split(separator: "\n").count == 1)
    let fromSeed = try run(job(still), still)
    #expect(fromSeed.summary?.evaluation != trained.summary?.evaluation && fromSeed.id != record.id)
  }

  @Test("Training from a final model begins at its pruned weights, and goes on from there after an interruption")
  func training() throws {
    let dense = try specification("full-rank")
    let origin = job(dense, keepsModel: true)
    try run(origin, dense)
    let (pruned, sparse) = (try specification("sparse-residual", steps: 0), try specification("sparse-residual"))
    let start = try #require(try run(job(pruned, startingFrom: origin), pruned).summary?.evaluation)
    let job = job(sparse, startingFrom: origin)
    let end = try #require(try run(job, sparse).summary?.evaluation)
    #expect(end.correctedLoss < start.correctedLoss)
    let whole = numbers(job)[1...2]
    try FileManager.default.removeItem(atPath: path(job))

    struct Killed: Error {}
    try job.write(into: path(job))
    let recorder = try CellRecorder(folder: path(job), steps: sparse.steps)
    let checkpoint = try KeptModel(runFolder: path(origin)).checkpoint()
    let trainer = try Trainer(
      sparse, train: rows.train, evaluation: rows.evaluationRows(.validation), memory: recorder.memory,
      start: digest(origin), checkpointFolder: path(job)
    ) { event in
      try recorder.observe(event)
      if case .step(let metrics) = event, metrics.step == 7 { throw Killed() }
    }
    try checkpoint.start(trainer.model)
    #expect(throws: Killed.self) { try trainer.run() }
    #expect(FileManager.default.fileExists(atPath: path(job) + "/checkpoint.safetensors"))
    try run(job, sparse)
    #expect(numbers(job)[1...2] == whole)
  }

  @Test("A run whose start is gone says where it should be")
  func missingStart() throws {
    let dense = try specification("full-rank")
    let origin = job(dense)
    try run(origin, dense)
    let still = try specification("full-rank", steps: 0)
    #expect(
      diagnosticText { try run(job(still, startingFrom: origin), still) }
        == "\(path(origin))/model: error: holds no final model, or a damaged one; run reproduce again, which trains it again"
    )
  }

  @Test("A job that starts from another run reads back as it was written")
  func jobs() throws {
    let dense = try specification("full-rank")
    let job = job(try specification("sparse-residual"), startingFrom: job(dense), keepsModel: true)
    #expect(try CellJob(file: job.write(into: folder.path + "/j")) == job)
    #expect(job.identity.startID == self.job(dense).identity.id)
  }
}
