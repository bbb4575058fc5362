import Corpus
import MemoryAccounting
import Tensors

/// A training run whose updates are timed: laid out as ``Trainer`` lays it out, fed with random tokens, never evaluated.
public final class StepTimer: TimedWork {
  /// The ledger of the run's tensors.
  public let memory: Memory
  private let specification: TrainingSpecification
  private let state: TrainingState
  private let rows: RandomRows
  private var filled = 0

  /// The bytes that a timed run takes.
  ///
  /// - Throws: `Diagnostic` if the method cannot be built.
  public static func plan(_ specification: TrainingSpecification) throws -> MemoryPlan {
    try MemoryPlan(
      unevaluated(specification), length: specification.data.sequenceLength, evaluates: false)
  }

  /// Lays out a run.
  ///
  /// - Parameters:
  ///   - plan: what ``plan(_:)`` gives; worked out where it is not given.
  ///   - searchesFirst: whether the first update is the run's first, in which a method that searches subspaces does so; or
  ///     else its second, for a run that was laid out before.
  /// - Throws: `Diagnostic` if the machine is too small or the method cannot be built.
  public init(
    _ specification: TrainingSpecification, workers: Int, plan: MemoryPlan? = nil, memory: Memory = Memory(),
    searchesFirst: Bool = true
  ) throws {
    let plan = try plan ?? Self.plan(specification)
    try plan.check()
    self.specification = specification
    self.memory = memory
    let length = specification.data.sequenceLength
    state = try TrainingState(
      Self.unevaluated(specification), length: length, evaluates: false, workers: workers, memory: memory,
      workspaceBytes: plan.workspaceBytes)
    rows = RandomRows(length: length, vocabularySize: specification.model.vocabularySize, seed: specification.seed)
    if !searchesFirst { state.optimizer.step = 1 }
  }

  /// Fills the batches, then times one whole update: forward, backward, the optimizer, what the method does after it.
  public func step() -> StepTime {
    for batch in state.batches {
      batch.fill(from: rows, rows: filled..<filled + batch.rows)
      filled += batch.rows
    }
    let rate = specification.learningRate * specification.schedule.factor(after: state.optimizer.step)
    let clock = SearchClock()
    state.compute.phaseObserver = clock
    defer { state.compute.phaseObserver = nil }
    var time = StepTime.measuring { _ = state.makeUpdate(learningRate: rate) }
    time.searchSeconds = clock.seconds
    return time
  }

  public var bytes: (live: Int, peak: Int) { (memory.total.requested, memory.total.peak) }

  public var forms: String { state.model.forms }

  /// The run without its evaluation, whose batch may be the larger one.
  private static func unevaluated(_ specification: TrainingSpecification) -> TrainingSpecification {
    var specification = specification
    specification.evaluation.batch = specification.microBatch
    return specification
  }
}
