import Corpus
import MemoryAccounting
import Modeling
import Tensors

/// The loss of a finished model on rows of tokens: dense weights, no gradients, one block's activations at a time.
public enum CheckpointEvaluation {
  /// Evaluates a model over all rows, in order.
  ///
  /// - Parameter batch: rows at a time, at most.
  /// - Throws: `Diagnostic` if the machine is too small, or the checkpoint's tensors do not fit.
  public static func evaluate(
    _ checkpoint: HuggingFaceCheckpoint, rows: any TokenRows, batch: Int, workers: Int
  ) throws -> EvaluationMetrics {
    let shape = BatchShape(rows: min(batch, rows.rowCount), length: rows.length)
    func layOut(_ memory: Memory, _ workspaceBytes: Int?) throws -> (Compute, LlamaModel, TokenBatch) {
      let compute = Compute(workers: workers, memory: memory, workspaceBytes: workspaceBytes)
      let storage = ModelStorage(gradients: .none, checkpointsActivations: true)
      let model = try LlamaModel(checkpoint.configuration, shape: shape, seed: 0, storage: storage, compute: compute) {
        DenseLinear(at: $0, in: $1)
      }
      return (compute, model, TokenBatch(rows: shape.rows, length: shape.length, in: memory))
    }
    let plan = try MemoryPlan { memory, workspaceBytes in
      let (compute, model, batch) = try layOut(memory, workspaceBytes)
      _ = model.loss(tokens: batch.tokens.base, targets: batch.targets.base, rows: shape.rows)
      return compute.workspace.highWater
    }
    try plan.check()
    let memory = Memory()
    let (_, model, tokens) = try layOut(memory, plan.workspaceBytes)
    try checkpoint.start(model)
    let all = TrainingSpecification.Evaluation(every: 0, batch: shape.rows, tokens: .max)
    return Evaluator(all, rows: rows, order: .sequential, batch: tokens, memory: memory).evaluate(model)
  }
}
