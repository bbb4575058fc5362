import MemoryAccounting
import Methods
import Modeling
import Tensors
import Training

/// A stack of layers, laid out to be trained, or to have its forward and backward pass timed.
final class StackPass: TimedWork {
  private let memory: Memory
  /// What the stack computes with.
  let compute: Compute
  /// The layers.
  let stack: LayerStack

  init(
    _ method: any Method, width: Int, count: Int, tokens: Int, seed: UInt64, workers: Int, memory: Memory,
    workspaceBytes: Int?
  ) throws {
    self.memory = memory
    compute = Compute(workers: workers, memory: memory, workspaceBytes: workspaceBytes)
    let context = LinearContext(compute: compute, tokens: tokens, seed: seed, initializerRange: 0.02)
    stack = try LayerStack(width: width, count: count, context: context) { try method.makeLinear(at: $0, in: $1) }
  }

  /// The most bytes of temporaries at once.
  var workspaceBytes: Int { compute.workspace.highWater }

  var bytes: (live: Int, peak: Int) { (memory.total.requested, memory.total.peak) }

  /// Times one pass; the gradients that it adds to are cleared before.
  func step() -> StepTime {
    for gradient in stack.parameters.compactMap(\.gradient) { compute.fill(gradient, with: 0) }
    return .measuring { _ = stack.lossAndGradient() }
  }
}
