import CKernels
import MemoryAccounting
import Tensors

/// The untied head and the cross-entropy: logits exist for one chunk of tokens at a time.
///
/// Legend: `N` tokens, `D` hidden size, `V` vocabulary.
package final class LanguageModelHead {
  /// `[V, D]`
  package let weight: Parameter
  private let losses: Tensor
  private let compute: Compute

  package init(_ model: LlamaConfiguration, context: LinearContext) {
    let (compute, tokens) = (context.compute, context.tokens)
    self.compute = compute
    weight = Parameter(
      "lm_head.weight", rows: model.vocabularySize, columns: model.hiddenSize, storage: context.storage,
      in: compute.memory)
    context.fillDense(weight.value, name: weight.name)
    losses = compute.zeros(1, tokens, .activations)
  }

  /// Tokens of a chunk: enough rows for a fast product, few enough for the logits to stay near the caches.
  private var chunk: Int { max(384, (1 << 19) / weight.value.rows) }

  /// The sum of the cross-entropies, in nats.
  package func loss(_ x: Tensor, targets: UnsafePointer<Int32>) -> Double {
    forEachChunk(x) { rows, logits in
      overRows(rows) { row, count in
        slk_cross_entropy_forward(
          logits.row(row).base, targets + rows.lowerBound + row, losses.base + rows.lowerBound + row, count,
          logits.columns)
      }
    }
    return sum(x.rows)
  }

  /// The same sum; writes the gradient of `x` times `gradientScale` to `dx` and adds that of the weight.
  package func lossAndGradient(_ x: Tensor, targets: UnsafePointer<Int32>, gradientScale: Float, into dx: Tensor)
    -> Double
  {
    forEachChunk(x) { rows, logits in
      overRows(rows) { row, count in
        slk_cross_entropy(
          logits.row(row).base, targets + rows.lowerBound + row, losses.base + rows.lowerBound + row, count,
          logits.columns, gradientScale)
      }
      compute.doing(.head) {
        compute.multiply(logits, weight.value, into: dx.rows(rows))
        if let gradient = weight.gradient {
          compute.multiply(logits.transposed, x.rows(rows), into: gradient, accumulate: true)
        }
      }
    }
    return sum(x.rows)
  }

  private func forEachChunk(_ x: Tensor, _ body: (Range<Int>, Tensor) -> Void) {
    compute.workspace.withTemporary(rows: min(chunk, x.rows), columns: weight.value.rows) { buffer in
      for start in stride(from: 0, to: x.rows, by: chunk) {
        let rows = start..<min(x.rows, start + chunk)
        let logits = buffer.rows(0..<rows.count)
        compute.doing(.head) { compute.multiply(x.rows(rows), weight.value.transposed, into: logits) }
        body(rows, logits)
      }
    }
  }

  /// Runs `body(first row of the chunk, rows)` for the softmax and the loss of some of a chunk's rows.
  private func overRows(_ rows: Range<Int>, _ body: (Int, Int) -> Void) {
    compute.doing(.crossEntropy) {
      compute.workers.forEachRange(of: rows.count, size: 64) { range, _ in body(range.lowerBound, range.count) }
    }
  }

  private func sum(_ count: Int) -> Double { losses.elements.prefix(count).reduce(0) { $0 + Double($1) } }
}
