import CKernels
import MemoryAccounting
import Tensors

/// One block of LLaMA: `r += o(attention(q, k, v))`, then `r += down(silu(gate) · up)`, each behind an RMSNorm.
///
/// - Saves the residual stream before both halves, `q`, `k`, `v`, the attention's output, `gate` and `up`; the outputs of
///   the norms and of the gate's product are worked out again.
///
/// Legend: `N` tokens, `D` hidden size, `F` intermediate size.
package final class LlamaBlock {
  private let query, key, value, output, gate, up, down: any LinearLayer
  private let attentionNorm, feedForwardNorm: RMSNorm
  private let attention: CausalAttention
  private let rotary: RotaryEmbedding
  private let compute: Compute
  private let residualIn, residualMiddle, q, k, v, attended, logSums, gated, lifted: Tensor

  package init(
    _ layer: Int, _ model: LlamaConfiguration, context: LinearContext, attention: CausalAttention,
    rotary: RotaryEmbedding, makeLinear: (Site, LinearContext) throws -> any LinearLayer
  ) throws {
    compute = context.compute
    self.attention = attention
    self.rotary = rotary
    let name = "model.layers.\(layer)."
    func norm(_ part: String) -> RMSNorm {
      RMSNorm(
        name + part + ".weight", width: model.hiddenSize, tokens: context.tokens, epsilon: model.normEpsilon,
        compute: context.compute)
    }
    func linear(_ role: Site.Role) throws -> any LinearLayer {
      try makeLinear(Site(layer: layer, role: role, in: model), context)
    }
    attentionNorm = norm("input_layernorm")
    query = try linear(.query)
    key = try linear(.key)
    value = try linear(.value)
    output = try linear(.output)
    feedForwardNorm = norm("post_attention_layernorm")
    gate = try linear(.gate)
    up = try linear(.up)
    down = try linear(.down)
    func saved(_ columns: Int) -> Tensor { context.compute.zeros(context.tokens, columns, .activations) }
    residualIn = saved(model.hiddenSize)
    residualMiddle = saved(model.hiddenSize)
    q = saved(model.hiddenSize)
    k = saved(model.hiddenSize)
    v = saved(model.hiddenSize)
    attended = saved(model.hiddenSize)
    logSums = saved(model.heads)
    gated = saved(model.intermediateSize)
    lifted = saved(model.intermediateSize)
  }

  /// The seven linear layers in the order of the forward pass.
  var linears: [any LinearLayer] { [query, key, value, output, gate, up, down] }

  /// The parameters in the order of checkpoints.
  package var parameters: [Parameter] {
    [attentionNorm.gain] + [query, key, value, output].flatMap(\.parameters) + [feedForwardNorm.gain]
      + [gate, up, down].flatMap(\.parameters)
  }

  /// Replaces the residual stream by the block's output.
  package func forward(_ residual: Tensor) {
    let n = 0..<residual.rows
    residualIn.rows(n).copy(from: residual)
    compute.workspace.withTemporary(rows: residual.rows, columns: residual.columns) { normed in
      attentionNorm.forward(residual, into: normed)
      query.forward(normed, into: q.rows(n))
      key.forward(normed, into: k.rows(n))
      value.forward(normed, into: v.rows(n))
      rotary.rotate(q.rows(n))
      rotary.rotate(k.rows(n))
      attention.forward(q.rows(n), k.rows(n), v.rows(n), into: attended.rows(n), logSums: logSums.rows(n))
      output.forward(attended.rows(n), into: normed)
      compute.add(normed, to: residual)
      residualMiddle.rows(n).copy(from: residual)
      feedForwardNorm.forward(residual, into: normed)
      gate.forward(normed, into: gated.rows(n))
      up.forward(normed, into: lifted.rows(n))
      compute.workspace.withTemporary(rows: residual.rows, columns: gated.columns) { product in
        swiglu(into: product)
        down.forward(product, into: normed)
      }
      compute.add(normed, to: residual)
    }
  }

  /// Replaces the gradient of the block's output by that of its input.
  package func backward(_ gradient: Tensor) {
    backwardFeedForward(gradient)
    backwardAttention(gradient)
  }

  private func backwardFeedForward(_ gradient: Tensor) {
    let n = 0..<gradient.rows
    let workspace = compute.workspace
    workspace.withTemporary(rows: n.count, columns: gated.columns) { product in
      workspace.withTemporary(rows: n.count, columns: gated.columns) { dProduct in
        swiglu(into: product)
        down.backward(gradient, input: product, into: dProduct, accumulate: false)
        // The product is spent: its memory takes the gate's gradient, and the incoming gradient's takes that of `up`.
        compute.workers.forEachRange(of: dProduct.count, size: Compute.elementBlock) { range, _ in
          let i = range.lowerBound
          slk_swiglu_backward(
            dProduct.base + i, gated.base + i, lifted.base + i, product.base + i, dProduct.base + i, range.count)
        }
        workspace.withTemporary(rows: n.count, columns: gradient.columns) { normed in
          workspace.withTemporary(rows: n.count, columns: gradient.columns) { dNormed in
            feedForwardNorm.recompute(residualMiddle.rows(n), into: normed)
            gate.backward(product, input: normed, into: dNormed, accumulate: false)
            up.backward(dProduct, input: normed, into: dNormed, accumulate: true)
            feedForwardNorm.backward(dNormed, input: residualMiddle.rows(n), addingTo: gradient)
          }
        }
      }
    }
  }

  private func backwardAttention(_ gradient: Tensor) {
    let n = 0..<gradient.rows
    compute.workspace.withTemporary(rows: 4 * n.count, columns: gradient.columns) { buffer in
      let part = (0..<4).map { buffer.rows($0 * n.count..<($0 + 1) * n.count) }
      let (dAttended, dq, dk, dv) = (part[0], part[1], part[2], part[3])
      output.backward(gradient, input: attended.rows(n), into: dAttended, accumulate: false)
      attention.backward(
        dAttended, q.rows(n), k.rows(n), v.rows(n), attended.rows(n), logSums: logSums.rows(n), into: dq, dk, dv)
      rotary.rotate(dq, backwards: true)
      rotary.rotate(dk, backwards: true)
      compute.workspace.withTemporary(rows: n.count, columns: gradient.columns) { normed in
        attentionNorm.recompute(residualIn.rows(n), into: normed)
        let dNormed = dAttended
        query.backward(dq, input: normed, into: dNormed, accumulate: false)
        key.backward(dk, input: normed, into: dNormed, accumulate: true)
        value.backward(dv, input: normed, into: dNormed, accumulate: true)
        attentionNorm.backward(dNormed, input: residualIn.rows(n), addingTo: gradient)
      }
    }
  }

  private func swiglu(into product: Tensor) {
    compute.workers.forEachRange(of: product.count, size: Compute.elementBlock) { range, _ in
      let i = range.lowerBound
      slk_swiglu_forward(gated.base + i, lifted.base + i, product.base + i, range.count)
    }
  }
}
