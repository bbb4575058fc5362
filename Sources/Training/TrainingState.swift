import Corpus
import MemoryAccounting
import Methods
import Modeling
import Optimization
import Tensors

/// All tensors of a run, and the update that works on them: what is laid out once and then neither grows nor shrinks.
package final class TrainingState {
  package let compute: Compute
  package let model: LlamaModel
  package let optimizer: Optimizer
  /// The micro-batches of an update.
  package let batches: [TokenBatch]
  /// The batch of an evaluation; nil where there is none.
  package let evaluationBatch: TokenBatch?
  private let specification: TrainingSpecification

  /// Lays out a run.
  ///
  /// - Parameters:
  ///   - length: tokens of a row.
  ///   - evaluates: whether the run is evaluated.
  ///   - workspaceBytes: the size of the workspace, or nil to find it out on the way.
  package init(
    _ specification: TrainingSpecification, length: Int, evaluates: Bool, workers: Int, memory: Memory,
    workspaceBytes: Int?
  ) throws {
    self.specification = specification
    let compute = Compute(workers: workers, memory: memory, workspaceBytes: workspaceBytes)
    self.compute = compute
    let method = specification.method
    let shape = BatchShape(rows: max(specification.microBatch, specification.evaluation.batch), length: length)
    model = try LlamaModel(
      specification.model, shape: shape, seed: specification.seed, storage: specification.storage, compute: compute
    ) { try method.makeLinear(at: $0, in: $1) }
    optimizer = Optimizer(specification.optimizer, parameters: model.parameters, compute: compute) {
      method.makeUpdateRule(for: $0, optimizer: specification.optimizer, seed: specification.seed, compute: compute)
    }
    batches = (0..<specification.gradientAccumulation).map { _ in
      TokenBatch(rows: specification.microBatch, length: length, in: memory)
    }
    evaluationBatch =
      evaluates ? TokenBatch(rows: specification.evaluation.batch, length: length, in: memory) : nil
  }

  /// One update from the batches as they are filled: gradients of all micro-batches, the optimizer, the method.
  ///
  /// - Returns: the loss in nats a token, and the gradient's norm before clipping.
  package func makeUpdate(learningRate: Double) -> (loss: Double, gradientNorm: Double) {
    let isPerLayer = specification.optimizer.updates == .perLayer
    let flow: GradientFlow
    if isPerLayer {
      flow = optimizer.beginUpdate(learningRate: Float(learningRate))
    } else {
      optimizer.clearGradients()
      flow = .none
    }
    var loss = 0.0
    for batch in batches {
      let weight = weight(of: batch)
      loss +=
        weight
        * model.lossAndGradient(
          tokens: batch.tokens.base, targets: batch.targets.base, rows: specification.microBatch,
          gradientScale: Float(weight), flow: flow)
    }
    let norm = isPerLayer ? optimizer.lastGradientNorm : optimizer.update(learningRate: Float(learningRate))
    compute.during(.afterUpdate) {
      specification.method.afterUpdate(
        StepContext(step: optimizer.step, layers: model.linears, optimizer: optimizer, seed: specification.seed))
    }
    return (loss, Double(norm))
  }

  /// What a micro-batch's sum of losses is multiplied by in the loss of the update.
  private func weight(of batch: TokenBatch) -> Double {
    switch specification.lossReduction {
    case .meanOfMeans: 1 / Double(max(1, batch.targetCount) * batches.count)
    case .tokenWeighted: 1 / Double(max(1, batches.reduce(0) { $0 + $1.targetCount }))
    }
  }
}
