import CKernels
import MemoryAccounting
import Tensors

/// RMSNorm: `y = x / √(mean(x²) + ε) · gain`, by row.
///
/// - Saves the inverse root of each row; `y` itself is worked out again where the backward pass needs it.
/// - Source: Zhang and Sennrich 2019; LLaMA.
package final class RMSNorm {
  /// `gain`, `[1, D]`.
  package let gain: Parameter
  private let inverse: Tensor
  private let epsilon: Float
  private let compute: Compute
  /// Rows of a block: the gain's gradient is summed within blocks and then over blocks in order.
  private static let block = 128

  /// Creates a norm whose gain is one.
  package init(
    _ name: String, width: Int, tokens: Int, epsilon: Float, storage: ModelStorage = ModelStorage(), compute: Compute
  ) {
    gain = Parameter(name, rows: 1, columns: width, storage: storage, in: compute.memory)
    gain.value.fill(1)
    gain.decays = false
    inverse = compute.zeros(1, tokens, .activations)
    self.epsilon = epsilon
    self.compute = compute
  }

  package func forward(_ x: Tensor, into y: Tensor) {
    overBlocks(of: x) { rows, offset, gain in
      slk_rmsnorm_forward(
        x.base + offset, gain.base, y.base + offset, inverse.base + rows.lowerBound, rows.count, x.columns, epsilon)
    }
  }

  /// `residual += x`, of which `copy` keeps the sum, and then `y` of it; `y` may be `x`.
  package func forward(adding x: Tensor, to residual: Tensor, keeping copy: Tensor, into y: Tensor) {
    overBlocks(of: x) { rows, offset, gain in
      slk_add_rmsnorm_forward(
        x.base + offset, gain.base, residual.base + offset, copy.base + offset, y.base + offset,
        inverse.base + rows.lowerBound, rows.count, x.columns, epsilon)
    }
  }

  /// `y` again, after ``forward(_:into:)`` with the same `x`.
  package func recompute(_ x: Tensor, into y: Tensor) {
    overBlocks(of: x) { rows, offset, gain in
      slk_rmsnorm_recompute(
        x.base + offset, gain.base, inverse.base + rows.lowerBound, y.base + offset, rows.count, x.columns)
    }
  }

  /// Adds the gradient of `x` to `dx`, and that of the gain to the gain's gradient.
  package func backward(_ dy: Tensor, input x: Tensor, addingTo dx: Tensor) {
    let blocks = (x.rows + Self.block - 1) / Self.block
    compute.workspace.withTemporary(rows: blocks, columns: x.columns) { partial in
      overBlocks(of: x) { rows, offset, gain in
        let partial = partial.row(rows.lowerBound / Self.block)
        partial.fill(0)
        slk_rmsnorm_backward(
          dy.base + offset, x.base + offset, gain.base, inverse.base + rows.lowerBound, dx.base + offset,
          partial.base, rows.count, x.columns)
      }
      if let gradient = gain.gradient { addSum(of: partial, to: gradient) }
    }
  }

  /// Runs `body(rows, their first element, the gain as 32-bit floats)` for blocks of rows.
  private func overBlocks(of x: Tensor, _ body: (Range<Int>, Int, Tensor) -> Void) {
    compute.doing(.norm) {
      compute.withFloats(gain.value) { gain in
        compute.workers.forEachRange(of: x.rows, size: Self.block) { rows, _ in
          body(rows, rows.lowerBound * x.columns, gain)
        }
      }
    }
  }

  private func addSum(of partial: Tensor, to gradient: Tensor) {
    guard gradient.elementType != .float32 else {
      for block in 0..<partial.rows { slk_axpy(1, partial.row(block).base, gradient.base, partial.columns) }
      return
    }
    // Summed before it is rounded.
    for block in 1..<max(1, partial.rows) { slk_axpy(1, partial.row(block).base, partial.base, partial.columns) }
    compute.add(partial.row(0), to: gradient)
  }
}
