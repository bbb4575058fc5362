import Configuration
import Corpus
import MemoryAccounting
import Methods
import Modeling
import Tensors

/// A model that only runs forward, timed: no gradients, no optimizer, and of every block no more kept than its input.
///
/// The head's work is that of the loss: logits of all tokens, a chunk at a time.
public final class ForwardTimer: TimedWork {
  /// How a method's layers are run.
  public enum Weights: String, CaseIterable, Sendable {
    /// As the method trains them.
    case unmerged
    /// Each merged into one dense matrix, beforehand.
    case merged
  }

  /// The ledger of the model's tensors.
  public let memory: Memory
  private let compute: Compute
  private let model: LlamaModel
  private let batch: TokenBatch
  private let rows: RandomRows
  private var filled = 0
  /// The sum of the last pass's cross-entropies, in nats.
  public private(set) var loss = 0.0

  /// The bytes that a timed model takes, merging aside.
  ///
  /// - Throws: `Diagnostic` if the method cannot be built or merged.
  public static func plan(_ specification: TrainingSpecification, weights: Weights) throws -> MemoryPlan {
    try MemoryPlan { memory, workspaceBytes in
      let timer = try ForwardTimer(
        specification, weights: weights, workers: 1, memory: memory, workspaceBytes: workspaceBytes)
      timer.forward()
      return timer.compute.workspace.highWater
    }
  }

  /// Lays out a model.
  ///
  /// - Parameters:
  ///   - specification: its batch is that of a forward pass; how it would be trained makes no difference.
  ///   - plan: what ``plan(_:weights:)`` gives; worked out where it is not given.
  /// - Throws: `Diagnostic` if the machine is too small, or the method cannot be built or merged.
  public convenience init(
    _ specification: TrainingSpecification, weights: Weights, workers: Int, plan: MemoryPlan? = nil
  ) throws {
    let plan = try plan ?? Self.plan(specification, weights: weights)
    try plan.check()
    try self.init(
      specification, weights: weights, workers: workers, memory: Memory(), workspaceBytes: plan.workspaceBytes)
  }

  private init(
    _ specification: TrainingSpecification, weights: Weights, workers: Int, memory: Memory, workspaceBytes: Int?
  ) throws {
    self.memory = memory
    compute = Compute(workers: workers, memory: memory, workspaceBytes: workspaceBytes)
    let length = specification.data.sequenceLength
    let storage = ModelStorage(weights: specification.storage.weights, gradients: .none, checkpointsActivations: true)
    let method = specification.method
    model = try LlamaModel(
      specification.model, shape: BatchShape(rows: specification.batch, length: length), seed: specification.seed,
      storage: storage, compute: compute
    ) { site, context in
      guard weights == .merged else { return try method.makeLinear(at: site, in: context) }
      return try Self.merged(method, at: site, workers: workers, in: context)
    }
    batch = TokenBatch(rows: specification.batch, length: length, in: memory)
    rows = RandomRows(length: length, vocabularySize: specification.model.vocabularySize, seed: specification.seed)
  }

  /// A method's layer as a dense one; the layer itself is in memory of its own, and gone afterwards.
  private static func merged(
    _ method: any Method, at site: Site, workers: Int, in context: LinearContext
  ) throws -> DenseLinear {
    let dense = DenseLinear(at: site, in: context)
    let compute = Compute(workers: workers, memory: Memory(isPlanned: context.compute.isPlanned))
    let layer = try method.makeLinear(
      at: site,
      in: LinearContext(
        compute: compute, tokens: 1, seed: context.seed, initializerRange: context.initializerRange,
        storage: ModelStorage(weights: context.storage.weights, gradients: .none)))
    let weight = compute.zeros(site.outputs, site.inputs, .weights)
    guard layer.writeMergedWeight(into: weight) else {
      throw Diagnostic(
        .usage, "the layers of '\(type(of: method).name)' have no dense weight to be merged into; run them unmerged")
    }
    compute.copy(weight, to: dense.weight.value)
    return dense
  }

  /// Fills the batch, then times one forward pass.
  public func step() -> StepTime {
    batch.fill(from: rows, rows: filled..<filled + batch.rows)
    filled += batch.rows
    return .measuring { forward() }
  }

  public var bytes: (live: Int, peak: Int) { (memory.total.requested, memory.total.peak) }

  public var forms: String { model.forms }

  private func forward() {
    loss = model.loss(tokens: batch.tokens.base, targets: batch.targets.base, rows: batch.rows)
  }
}
