import Configuration
import Corpus
import Methods
import Modeling
import Optimization

/// One training run, fully resolved: model, method, data, optimizer, schedule and evaluation.
public struct TrainingSpecification: Sendable {
  /// How the losses of an update's micro-batches are put together.
  public enum LossReduction: String, CaseIterable, Sendable {
    /// The mean of the micro-batches' means, as the official code does.
    case meanOfMeans = "mean-of-means"
    /// The mean over all tokens of the update.
    case tokenWeighted = "token-weighted"
  }

  /// What an evaluation looks at.
  public struct Evaluation: Equatable, Sendable {
    /// Updates between evaluations; 0 evaluates at the end only.
    public var every: Int
    /// Sequences of a batch.
    public var batch: Int
    /// No further batch once more than this many non-padding tokens have been seen.
    public var tokens: Int

    /// The keys of an evaluation's mapping in a specification.
    public static let keys = ["every", "batch", "tokens"]

    /// Creates an evaluation.
    public init(every: Int, batch: Int, tokens: Int) {
      self.every = every
      self.batch = batch
      self.tokens = tokens
    }
  }

  /// The model.
  public var model: LlamaConfiguration
  /// The method.
  public var method: any Method
  /// The method's name.
  public var methodName: String
  /// Where tokens come from.
  public var data: DataSpecification
  /// The optimizer.
  public var optimizer: OptimizerSpecification
  /// The learning rate's course.
  public var schedule: Schedule
  /// The learning rate that the schedule's factor multiplies.
  public var learningRate: Double
  /// Sequences of an update.
  public var batch: Int
  /// Micro-batches that an update is made of.
  public var gradientAccumulation: Int
  /// How micro-batches are put together.
  public var lossReduction: LossReduction
  /// The order of the training rows.
  public var order: RowOrder
  /// Updates; with none the model is evaluated as it starts.
  public var steps: Int
  /// The evaluation.
  public var evaluation: Evaluation
  /// Updates between checkpoints; 0 makes none.
  public var checkpointEvery: Int
  /// How parameters, gradients and activations are stored.
  public var storage = ModelStorage()
  /// What every random number of the run is a function of.
  public var seed: UInt64
  /// Everything above with defaults filled in: what a run's identity is the hash of.
  public var resolved: ResolvedValue

  /// The keys of a run's mapping in a specification.
  public static let keys = [
    "model", "method", "data", "optimizer", "schedule", "learningRate", "batch", "gradientAccumulation",
    "lossReduction", "order", "steps", "evaluation", "checkpointEvery", "seed", "precision",
    "activationCheckpointing",
  ]

  /// The most updates of a run, and the most sequences of a batch: with rows of at most 65,536 tokens, the tokens of a
  /// run can still be counted.
  private static let (mostSteps, mostSequences) = (1 << 26, 1 << 20)

  /// Sequences of a micro-batch.
  public var microBatch: Int { batch / gradientAccumulation }

  /// Reads a run.
  ///
  /// - Parameter corporaFolder: where the corpora are that the data may name.
  /// - Throws: `Diagnostic` at the key that is missing, unknown or impossible.
  public init(
    reading run: SpecificationMapping, registry: MethodRegistry = .standard, models: ModelCatalogue,
    corporaFolder: String
  ) throws {
    let (model, modelResolved) = try models.model(reading: run.requiredNode("model"))
    run.note("model", modelResolved)
    self.model = model
    let (method, methodResolved) = try registry.method(reading: run.requiredNode("method"), for: model)
    run.note("method", methodResolved)
    self.method = method
    methodName = methodResolved["name"]?.stringValue ?? ""
    data = try DataSpecification(reading: run.requiredNode("data"), corporaFolder: corporaFolder)
    run.note("data", try run.requiredNode("data").resolved)
    steps = try run.integer("steps", in: 0...Self.mostSteps)
    (optimizer, schedule) = try Self.readUpdates(run, steps: steps)
    learningRate = try run.number("learningRate", in: 0...)
    batch = try run.integer("batch", in: 1...Self.mostSequences)
    gradientAccumulation = try run.integer("gradientAccumulation", default: 1, in: 1...)
    guard batch % gradientAccumulation == 0 else {
      throw run.error(
        "gradientAccumulation",
        "\(gradientAccumulation) micro-batches do not divide a batch of \(batch) sequences; choose a divisor")
    }
    lossReduction = try run.choice("lossReduction", default: .meanOfMeans)
    order = try run.choice("order", default: .shuffled)
    evaluation = try Self.readEvaluation(run, microBatch: batch / gradientAccumulation)
    checkpointEvery = try run.integer("checkpointEvery", default: 0)
    seed = UInt64(try run.integer("seed", default: 42))
    optimizer.seed = seed
    (storage, optimizer.rounding) = try Self.readStorage(run, optimizer: optimizer)
    resolved = run.resolved
    try checkUpdates(of: run)
  }

  /// An update of a layer in the middle of the backward pass is one of the whole batch, or it is not the update asked for.
  private func checkUpdates(of run: SpecificationMapping) throws {
    guard optimizer.updates == .perLayer, gradientAccumulation > 1 else { return }
    throw run.error(
      "gradientAccumulation",
      "'per-layer' updates take a layer's gradient before the next micro-batch has added to it, so that "
        + "\(gradientAccumulation) micro-batches would make \(gradientAccumulation) updates, as the official code silently "
        + "does; use gradientAccumulation 1, or 'updates: global'")
  }

  private static func readUpdates(
    _ run: SpecificationMapping, steps: Int
  ) throws -> (OptimizerSpecification, Schedule) {
    let empty = try SpecificationNode(text: "{}", file: run.node.file)
    let optimizer = try (run.optionalNode("optimizer") ?? empty).mapping(keys: OptimizerSpecification.keys)
    let schedule = try (run.optionalNode("schedule") ?? empty).mapping(keys: Schedule.keys)
    let result = (try OptimizerSpecification(reading: optimizer), try Schedule(reading: schedule, steps: steps))
    run.note("optimizer", optimizer.resolved)
    run.note("schedule", schedule.resolved)
    return result
  }

  private static func readEvaluation(_ run: SpecificationMapping, microBatch: Int) throws -> Evaluation {
    let empty = try SpecificationNode(text: "{}", file: run.node.file)
    let evaluation = try (run.optionalNode("evaluation") ?? empty).mapping(keys: Evaluation.keys)
    let result = Evaluation(
      every: try evaluation.integer("every", default: 0),
      batch: try evaluation.integer("batch", default: microBatch, in: 1...mostSequences),
      tokens: try evaluation.integer("tokens", default: 10_000_000, in: 1...))
    run.note("evaluation", evaluation.resolved)
    return result
  }
}
