import Configuration
import Corpus
import Foundation
import MemoryAccounting
import Methods
import Modeling
import Optimization
import Tensors

/// Trains one model from its specification.
///
/// The same specification and data give the same bits: on any number of workers, and whether or not the run was
/// interrupted and went on from a checkpoint.
public final class Trainer {
  /// What is trained.
  public let model: LlamaModel
  /// The optimizer.
  public let optimizer: Optimizer
  /// The ledger of the run's tensors.
  public let memory: Memory
  /// The memory that the run was laid out for.
  public let plan: MemoryPlan
  /// The memory of the first two updates and of the first evaluation, as far as this process has made them.
  public private(set) var timeline = MemoryTimeline()

  private let specification: TrainingSpecification
  private let rows: any TokenRows
  private let sequence: RowSequence
  private let evaluator: Evaluator?
  private let state: TrainingState
  private let checkpoint: TrainingCheckpoint?
  private let observer: (TrainingEvent) throws -> Void
  private let profiler: StepProfiler?
  private var tokens = 0

  /// Lays out the run.
  ///
  /// - Parameters:
  ///   - train: the rows to train on.
  ///   - evaluation: the rows to evaluate on, or nil for no evaluation.
  ///   - start: the digest of what the caller fills the model with before it trains, or nil where the seed decides; a
  ///     checkpoint of another start is refused.
  ///   - checkpointFolder: where checkpoints go and where the run goes on from, or nil for none.
  ///   - profiles: whether the time of the updates whose memory is not sampled is taken apart.
  ///   - observer: is told of every event; what it throws ends the run.
  /// - Throws: `Diagnostic` if data and model do not fit, the machine is too small, or the method cannot be built.
  public init(
    _ specification: TrainingSpecification, train: any TokenRows, evaluation: (any TokenRows)?, workers: Int = 1,
    memory: Memory = Memory(), start: Digest? = nil, checkpointFolder: String? = nil, profiles: Bool = false,
    observer: @escaping (TrainingEvent) throws -> Void = { _ in }
  ) throws {
    try Self.check(train, "training", specification)
    if let evaluation { try Self.check(evaluation, "evaluation", specification) }
    self.specification = specification
    self.memory = memory
    self.observer = observer
    profiler = profiles ? StepProfiler() : nil
    rows = train
    sequence = RowSequence(order: specification.order, seed: specification.seed, rowCount: train.rowCount)
    plan = try MemoryPlan(specification, length: train.length, evaluates: evaluation != nil)
    try plan.check()
    let state = try TrainingState(
      specification, length: train.length, evaluates: evaluation != nil, workers: workers, memory: memory,
      workspaceBytes: plan.workspaceBytes)
    self.state = state
    (model, optimizer) = (state.model, state.optimizer)
    evaluator = evaluation.map {
      Evaluator(specification.evaluation, rows: $0, batch: state.evaluationBatch, memory: memory)
    }
    let identity = Digest(
      of: specification.resolved.canonicalJSON + train.digest.hexadecimal + (start?.hexadecimal ?? ""))
    checkpoint = checkpointFolder.map { TrainingCheckpoint(folder: $0, identity: identity) }
  }

  /// What the run planned to take, and what it has taken so far.
  public var memoryReport: MemoryReport { MemoryReport(plan, memory: memory) }

  /// Where the time of the updates went; nil where it is not taken apart.
  public var profile: StepProfile? { profiler?.profile }

  /// Trains to the end, from the last checkpoint if there is one.
  public func run() throws -> TrainingResult {
    if let progress = try checkpoint?.restore(model, optimizer) { tokens = progress.tokens }
    try observer(.started(step: optimizer.step))
    var evaluation = specification.steps == 0 ? try evaluate(after: 0) : nil
    for step in optimizer.step..<specification.steps {
      let metrics = sampled(.update(step + 1)) { makeUpdate(step) }
      guard metrics.loss.isFinite, metrics.gradientNorm.isFinite else {
        try observer(.diverged(step: metrics.step))
        return result(.diverged(step: metrics.step), nil)
      }
      try observer(.step(metrics))
      try tellOfMemory(.update(metrics.step))
      let isLast = metrics.step == specification.steps
      if isLast || isDue(metrics.step, every: specification.evaluation.every) {
        evaluation = try evaluate(after: metrics.step)
      }
      if let checkpoint, !isLast, isDue(metrics.step, every: specification.checkpointEvery) {
        try observer(.willCheckpoint(step: metrics.step))
        try checkpoint.save(model, optimizer, tokens: tokens)
      }
    }
    return result(.complete, evaluation)
  }

  /// Evaluates, where there are rows for it.
  private func evaluate(after step: Int) throws -> EvaluationMetrics? {
    guard let evaluator else { return nil }
    let isFirst = timeline[.evaluation] == nil
    let measured = sampled(.evaluation) { evaluator.evaluate(model) }
    try observer(.evaluation(step: step, measured))
    if isFirst { try tellOfMemory(.evaluation) }
    return measured
  }

  /// Fills the batches, and makes one update.
  private func makeUpdate(_ step: Int) -> StepMetrics {
    let start = DispatchTime.now().uptimeNanoseconds
    for (index, batch) in state.batches.enumerated() {
      let first = step * specification.batch + index * specification.microBatch
      batch.fill(from: rows, rows: (first..<first + specification.microBatch).lazy.map { self.sequence.row(at: $0) })
      tokens += batch.tokenCount
    }
    let rate = specification.learningRate * specification.schedule.factor(after: step)
    let (loss, norm) = state.makeUpdate(learningRate: rate)
    return StepMetrics(
      step: optimizer.step, tokens: tokens, loss: loss, learningRate: rate, gradientNorm: norm,
      seconds: Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9, liveBytes: memory.total.requested)
  }

  /// Runs an update or an evaluation; where it is one of those whose memory is sampled, adds it to the timeline.
  private func sampled<Result>(_ moment: MemoryTimeline.Moment, _ body: () -> Result) -> Result {
    guard moment.isSampled, timeline[moment] == nil else { return profiled(moment, body) }
    let (result, sampler) = PhaseSampler.observing(state.compute, body)
    timeline.add(.init(moment, samples: sampler.samples))
    return result
  }

  private func profiled<Result>(_ moment: MemoryTimeline.Moment, _ body: () -> Result) -> Result {
    guard let profiler, case .update = moment else { return body() }
    let before = tokens
    return profiler.observing(state.compute, tokens: { self.tokens - before }, body)
  }

  private func tellOfMemory(_ moment: MemoryTimeline.Moment) throws {
    if let part = timeline[moment] { try observer(.memory(part)) }
  }

  private func isDue(_ step: Int, every: Int) -> Bool { every > 0 && step % every == 0 }

  private func result(_ status: TrainingResult.Status, _ evaluation: EvaluationMetrics?) -> TrainingResult {
    let peaks = MemoryCategory.allCases.map { ($0, memory.usage(of: $0).peak) }
    return TrainingResult(
      status: status, steps: optimizer.step, tokens: tokens, evaluation: evaluation,
      parameters: model.parameters.reduce(0) { $0 + $1.count }, peakBytes: Dictionary(uniqueKeysWithValues: peaks),
      totalPeakBytes: memory.total.peak)
  }

  private static func check(_ rows: any TokenRows, _ use: String, _ specification: TrainingSpecification) throws {
    guard rows.rowCount > 0 else {
      throw Diagnostic(.data, "the \(use) data has no row of \(rows.length) tokens; give more text or shorter rows")
    }
    guard rows.vocabularySize <= specification.model.vocabularySize else {
      throw Diagnostic(
        .data,
        "the \(use) data has token ids up to \(rows.vocabularySize - 1), the model's vocabulary is "
          + "\(specification.model.vocabularySize); use a model with at least \(rows.vocabularySize)")
    }
  }
}
