import Configuration
import Corpus
import Files
import Foundation
import Training

/// Runs one cell in this process: what a child of the pool does.
public enum CellRunner {
  /// Runs the cell of a job file, from its last checkpoint if there is one; a complete one is left as it is, unless its
  /// final model is asked for and not there.
  ///
  /// - Parameters:
  ///   - jobFile: the file that the parent wrote into the run's folder.
  ///   - environment: where models, corpora and prepared data are.
  ///   - report: is told how far the run has come.
  /// - Throws: ``Diagnostic`` if the job, the data or the run's folder is wrong.
  public static func run(
    jobFile: String, environment: ExperimentEnvironment, report: @escaping (CellProgress) -> Void
  ) throws {
    let job = try CellJob(file: jobFile)
    let node = try job.specification.mapping(keys: TrainingSpecification.keys)
    let specification = try TrainingSpecification(
      reading: node, registry: environment.registry, models: environment.models(),
      corporaFolder: environment.corporaFolder)
    guard specification.resolved == job.training else {
      throw Diagnostic.file(
        jobFile, .data, "reads otherwise than it was written; run reproduce again, which writes it anew")
    }
    try run(job, specification, in: (jobFile as NSString).deletingLastPathComponent, report: report) {
      try environment.dataPreparer(workers: job.workers).prepare(specification.data)
    }
  }

  /// Runs a cell on data that is prepared when it is known to be needed.
  package static func run(
    _ job: CellJob, _ specification: TrainingSpecification, in folder: String,
    report: @escaping (CellProgress) -> Void, data: () throws -> any RunData
  ) throws {
    try FileLock.withLock(folder + "/lock", onWait: {}) {
      guard let summary = try RunRecord(folder: folder).summary else {
        return try train(job, specification, in: folder, report: report, data: data)
      }
      let kept = KeptModel(runFolder: folder)
      guard job.keepsModel, summary.status == .complete, try kept.digest() == nil else { return }
      try trainAgain(job, specification, in: folder, report: report, data: data)
    }
  }

  /// Trains from the last checkpoint if there is one, keeps the model if it is asked for, and ends the record.
  private static func train(
    _ job: CellJob, _ specification: TrainingSpecification, in folder: String,
    report: @escaping (CellProgress) -> Void, data: () throws -> any RunData
  ) throws {
    let data = try data()
    let evaluation = data.evaluationRows(job.identity.specification.split)
    try job.check(trainingRows: data.train.digest, evaluationRows: evaluation.digest)
    let start = try job.start()
    let recorder = try CellRecorder(folder: folder, steps: specification.steps, report: report)
    let trainer = try Trainer(
      specification, train: data.train, evaluation: evaluation, workers: job.workers, memory: recorder.memory,
      start: start?.digest, checkpointFolder: folder, observer: recorder.observe)
    try start?.checkpoint.start(trainer.model)
    let result = try trainer.run()
    if job.keepsModel, result.status == .complete {
      try KeptModel(runFolder: folder).write(trainer.model, of: specification, id: job.identity.id)
    }
    try recorder.finish(result, job: job, forms: trainer.model.forms)
    removeLeftovers(in: folder)
  }

  /// Trains a complete run once more, beside its record, for its model: the record stays, and is what comes out again.
  private static func trainAgain(
    _ job: CellJob, _ specification: TrainingSpecification, in folder: String,
    report: @escaping (CellProgress) -> Void, data: () throws -> any RunData
  ) throws {
    let again = "\(folder)/again/\(job.identity.id)"
    try job.write(into: again)
    if try RunRecord(folder: again).summary == nil {
      try train(job, specification, in: again, report: report, data: data)
    }
    if case .different(let what) = try RecordComparison.compare(published: folder, local: again) {
      throw Diagnostic.file(
        folder, .data,
        "was trained again for its final model, and came out otherwise than its record: \(what); delete the folder, and "
          + "run reproduce again")
    }
    try KeptModel(runFolder: folder).take(from: KeptModel(runFolder: again))
    try? FileManager.default.removeItem(atPath: "\(folder)/again")
  }

  /// Removes what a complete run needs no more: its checkpoint, its session, and the halves of files that a killed
  /// process was writing.
  private static func removeLeftovers(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let halves = names.filter { $0.hasSuffix(AtomicFileWriter.temporarySuffix) }.map { "\(folder)/\($0)" }
    for leftover in [TrainingCheckpoint.path(in: folder), "\(folder)/\(RunSession.fileName)"] + halves {
      try? FileManager.default.removeItem(atPath: leftover)
    }
  }
}

/// The rows of a run.
package protocol RunData {
  /// The rows to train on.
  var train: any TokenRows { get }
  /// The rows of a split to evaluate on.
  func evaluationRows(_ split: EvaluationSplit) -> any TokenRows
}

extension PreparedData: RunData {
  package func evaluationRows(_ split: EvaluationSplit) -> any TokenRows { split == .tuning ? tuning : validation }
}
