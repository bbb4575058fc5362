/// A run to be timed beside others: what it is called, what it takes, and how it is laid out.
public struct TimedRun {
  /// The name in results.
  public let name: String
  /// Tokens of a step.
  public let tokens: Int
  /// The threads that it is timed with.
  public let workers: Int
  /// The most bytes of tensors that it has live at once.
  public let plannedBytes: Int
  /// Steps from one search of subspaces to the next; 1 where there is none.
  public let searchPeriod: Int
  /// Lays it out: from its very beginning, with the first search to come, or as if that had been.
  let layOut: (_ searchesFirst: Bool) throws -> any TimedWork

  /// Creates a run of any kind of work.
  public init(
    _ name: String, tokens: Int, workers: Int, plannedBytes: Int, searchPeriod: Int = 1,
    layOut: @escaping (_ searchesFirst: Bool) throws -> any TimedWork
  ) {
    self.name = name
    self.tokens = tokens
    self.workers = workers
    self.plannedBytes = plannedBytes
    self.searchPeriod = searchPeriod
    self.layOut = layOut
  }

  /// The updates of a training run; a step is all token positions of an update.
  ///
  /// - Throws: `Diagnostic` if the method cannot be built or the machine is too small.
  public static func training(
    _ specification: TrainingSpecification, name: String, workers: Int
  ) throws -> TimedRun {
    let plan = try StepTimer.plan(specification)
    try plan.check()
    return TimedRun(
      name, tokens: specification.batch * specification.data.sequenceLength, workers: workers,
      plannedBytes: plan.totalPeakBytes, searchPeriod: specification.method.searchPeriod
    ) { try StepTimer(specification, workers: workers, plan: plan, searchesFirst: $0) }
  }

  /// The forward passes of a model.
  ///
  /// - Throws: `Diagnostic` if the method cannot be built or merged, or the machine is too small.
  public static func inference(
    _ specification: TrainingSpecification, name: String, weights: ForwardTimer.Weights, workers: Int
  ) throws -> TimedRun {
    let plan = try ForwardTimer.plan(specification, weights: weights)
    try plan.check()
    return TimedRun(
      name, tokens: specification.batch * specification.data.sequenceLength, workers: workers,
      plannedBytes: plan.totalPeakBytes
    ) { _ in try ForwardTimer(specification, weights: weights, workers: workers, plan: plan) }
  }
}
