import Configuration
import Corpus
import Files
import Foundation
import MemoryAccounting
import Training

/// Keeps the record of a run while it trains: observes its events, and ends with the summary whose presence means
/// complete.
///
/// Wherever the process is killed, a later one that goes on from the last checkpoint ends with the same bytes: what was
/// written after the checkpoint is cut, and peaks are carried over.
public final class CellRecorder {
  /// The ledger that the run must count its tensors in.
  public let memory: Memory
  private let folder: String
  private let steps: Int
  private let report: (CellProgress) -> Void
  private let start = DispatchTime.now().uptimeNanoseconds
  private var session: RunSession
  private var log: MetricsLog?
  private var timeline = MemoryTimeline()
  private var evaluation: EvaluationMetrics?
  private var carried = RunSession.Mark(
    step: 0, metricsLength: 0, peakBytes: [:], timedTokens: 0, trainingSeconds: 0, seconds: 0)
  private var tokens = 0
  private var timedTokens = 0
  private var trainingSeconds = 0.0
  private var lastReport = UInt64(0)
  private var arenas = ""

  /// Creates a recorder.
  ///
  /// - Parameters:
  ///   - folder: the run's own folder.
  ///   - steps: updates of the whole run, for progress.
  ///   - report: is told how far the run has come, at most four times a second.
  /// - Throws: ``Diagnostic`` if what an earlier process left is damaged.
  public init(
    folder: String, steps: Int, memory: Memory = Memory(), report: @escaping (CellProgress) -> Void = { _ in }
  ) throws {
    self.folder = folder
    self.steps = steps
    self.memory = memory
    self.report = report
    session = try RunSession(folder: folder) ?? RunSession(started: Self.now)
  }

  /// Takes note of an event; to be given to the trainer as its observer.
  ///
  /// - Throws: ``Diagnostic`` if the record cannot be written.
  public func observe(_ event: TrainingEvent) throws {
    switch event {
    case .started(let step): try begin(at: step)
    case .step(let metrics): try note(metrics)
    case .evaluation(let step, let metrics):
      evaluation = metrics
      try log?.append(.object(["step": .integer(step), "evaluation": CellOutcome.Evaluation(metrics).resolved]))
    case .memory(let part):
      timeline.add(part)
      try timeline.record(in: folder)
    case .willCheckpoint(let step):
      try log?.sync()
      try session.save(mark(at: step), in: folder)
    case .diverged(let step):
      try log?.append(.object(["step": .integer(step), "diverged": .bool(true)]))
    }
  }

  private func begin(at step: Int) throws {
    if step > 0 {
      guard let mark = session.mark(at: step) else {
        throw Diagnostic.file(
          folder, .data,
          "has a checkpoint of update \(step) and no record of it; delete the folder to train from the start")
      }
      carried = mark
      timedTokens = mark.timedTokens
      trainingSeconds = mark.trainingSeconds
      timeline = try MemoryTimeline(recordIn: folder) ?? timeline
    }
    log = try MetricsLog(path: "\(folder)/\(RecordFile.metrics)", length: carried.metricsLength)
    tokens = carried.timedTokens
  }

  private func note(_ metrics: StepMetrics) throws {
    try log?.append(
      .object([
        "step": .integer(metrics.step), "tokens": .integer(metrics.tokens), "loss": .number(metrics.loss),
        "learningRate": .number(metrics.learningRate), "gradientNorm": .number(metrics.gradientNorm),
      ]))
    timedTokens = metrics.tokens
    trainingSeconds += metrics.seconds
    // While the run goes on: all of its tensors are live.
    if metrics.step == steps { arenas = Self.crossCheck(of: memory) }
    let now = DispatchTime.now().uptimeNanoseconds
    guard now - lastReport > 250_000_000 || metrics.step == steps else { return }
    lastReport = now
    let speed =
      trainingSeconds > carried.trainingSeconds
      ? Double(timedTokens - carried.timedTokens) / (trainingSeconds - carried.trainingSeconds) : 0
    report(
      CellProgress(
        step: metrics.step, steps: steps, loss: metrics.loss, tokensPerSecond: speed, liveBytes: metrics.liveBytes))
  }

  private func mark(at step: Int) -> RunSession.Mark {
    RunSession.Mark(
      step: step, metricsLength: log?.length ?? 0, peakBytes: peaks, timedTokens: timedTokens,
      trainingSeconds: trainingSeconds, seconds: seconds)
  }

  /// What the allocator's arenas say of the ledger's counts.
  private static func crossCheck(of memory: Memory) -> String {
    guard Memory.isCrossChecked else { return RunManifest.uncounted }
    let different = memory.crossCheck()
    return different.isEmpty ? "agree" : "differ: " + different.map(\.rawValue).joined(separator: ", ")
  }

  /// Peaks of this process and of those before it.
  private var peaks: [String: Int] {
    var peaks = Dictionary(
      uniqueKeysWithValues: MemoryCategory.allCases.map { ($0.rawValue, memory.usage(of: $0).peak) })
    peaks["total"] = memory.total.peak
    return peaks.merging(carried.peakBytes) { max($0, $1) }
  }

  private var seconds: Double {
    carried.seconds + Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
  }

  /// Ends the record: the manifest, and last the summary.
  ///
  /// - Parameters:
  ///   - result: what the trainer returned.
  ///   - forms: how the linear layers were computed.
  /// - Throws: ``Diagnostic`` if the record cannot be written.
  public func finish(_ result: TrainingResult, job: CellJob, forms: String = "") throws {
    try log?.sync()
    let status: CellOutcome.Status =
      switch result.status {
      case .complete: .complete
      case .diverged(let step): .diverged(step: step)
      }
    let summary = RunSummary(
      status: status, evaluation: result.evaluation.map(CellOutcome.Evaluation.init), steps: result.steps,
      tokensSeen: result.tokens, parameterCount: result.parameters, peakBytes: peaks)
    let manifest = RunManifest.current(
      threads: job.workers, requestedFor: job.requestedFor, started: session.started, ended: Self.now,
      seconds: seconds, tokensPerSecond: trainingSeconds > 0 ? Double(timedTokens) / trainingSeconds : 0,
      arenas: arenas, forms: forms)
    try AtomicFileWriter.write(manifest.resolved.prettyJSON.utf8, to: "\(folder)/\(RecordFile.manifest)")
    try AtomicFileWriter.write(summary.resolved.prettyJSON.utf8, to: "\(folder)/\(RecordFile.summary)")
  }

  static var now: String { Date().formatted(.iso8601) }
}

extension CellOutcome.Evaluation {
  init(_ metrics: EvaluationMetrics) {
    self.init(
      paperLoss: metrics.paperLoss, correctedLoss: metrics.correctedLoss, batches: metrics.batches,
      tokens: metrics.targets)
  }
}
