import CKernels
import MemoryAccounting
import Tensors

/// One block of LLaMA: `r += o(attention(q, k, v))`, then `r += down(silu(gate) · up)`, each behind an RMSNorm.
///
/// - Saves the residual stream before both halves, `q`, `k`, `v`, the attention's output, `gate` and `up`; the outputs of
///   the norms and of the gate's product are worked out again. With activation checkpointing it saves its input alone,
///   and the rest stands in the workspace while the block is at work.
///
/// Legend: `N` tokens, `D` hidden size, `F` intermediate size.
package final class LlamaBlock {
  private let query, key, value, output, gate, up, down: any LinearLayer
  private let attentionNorm, feedForwardNorm: RMSNorm
  private let attention: CausalAttention
  private let rotary: RotaryEmbedding
  private let compute: Compute
  private let checkpoints: Bool
  private let residualIn, residualMiddle, q, k, v, attended, logSums, gated, lifted: Tensor

  package init(
    _ layer: Int, _ model: LlamaConfiguration, context: LinearContext, attention: CausalAttention,
    rotary: RotaryEmbedding, makeLinear: (Site, LinearContext) throws -> any LinearLayer
  ) throws {
    compute = context.compute
    checkpoints = context.storage.checkpointsActivations
    self.attention = attention
    self.rotary = rotary
    let name = "model.layers.\(layer)."
    func norm(_ part: String) -> RMSNorm {
      RMSNorm(
        name + part + ".weight", width: model.hiddenSize, tokens: context.tokens, epsilon: model.normEpsilon,
        storage: context.storage, compute: context.compute)
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
    residualIn = context.compute.zeros(context.tokens, model.hiddenSize, .activations)
    residualMiddle = context.makeActivation("residual", columns: model.hiddenSize)
    q = context.makeActivation("query", columns: model.hiddenSize)
    k = context.makeActivation("key", columns: model.hiddenSize)
    v = context.makeActivation("value", columns: model.hiddenSize)
    attended = context.makeActivation("attention", columns: model.hiddenSize)
    logSums = context.makeActivation("attention sums", columns: model.heads)
    gated = context.makeActivation("gate", columns: model.intermediateSize)
    lifted = context.makeActivation("up", columns: model.intermediateSize)
  }

  /// The seven linear layers in the order of the forward pass.
  var linears: [any LinearLayer] { [query, key, value, output, gate, up, down] }

  /// The parameters in the order of checkpoints.
  package var parameters: [Parameter] {
    [attentionNorm.gain] + [query, key, value, output].flatMap(\.parameters) + [feedForwardNorm.gain]
      + [gate, up, down].flatMap(\.parameters)
  }

  /// The parameters by when their gradients are whole.
  var parameterGroups: [[Parameter]] { [[attentionNorm.gain], [feedForwardNorm.gain]] + linears.map(\.parameters) }

  /// Replaces the residual stream by the block's output.
  package func forward(_ residual: Tensor) {
    compute.doing(.residual) { compute.copy(residual, to: residualIn.rows(0..<residual.rows)) }
    withActivations { run(residual) }
  }

  /// Replaces the gradient of the block's output by that of its input.
  package func backward(_ gradient: Tensor, flow: GradientFlow = .none) {
    withActivations {
      if checkpoints { runAgain(tokens: gradient.rows) }
      backwardFeedForward(gradient, flow: flow)
      backwardAttention(gradient, flow: flow)
    }
  }

  private func withActivations(_ body: () -> Void) {
    if checkpoints { compute.workspace.withStanding(body) } else { body() }
  }

  /// The forward pass again from the block's input, for what the backward pass needs.
  private func runAgain(tokens: Int) {
    let n = 0..<tokens
    compute.workspace.withTemporary(rows: tokens, columns: residualIn.columns) { residual in
      compute.doing(.residual) { compute.copy(residualIn.rows(n), to: residual) }
      run(residual, forBackward: true)
    }
  }

  /// - Parameter forBackward: whether the output is not needed, only what the layers save.
  private func run(_ residual: Tensor, forBackward: Bool = false) {
    compute.workspace.withTemporary(rows: residual.rows, columns: residual.columns) { normed in
      forwardAttention(residual, normed)
      feedForwardNorm.forward(
        adding: normed, to: residual, keeping: residualMiddle.rows(0..<residual.rows), into: normed)
      forwardFeedForward(normed, addingTo: residual, forBackward: forBackward)
    }
  }

  /// Leaves in `normed` what is to be added to the residual stream.
  private func forwardAttention(_ residual: Tensor, _ normed: Tensor) {
    let n = 0..<residual.rows
    attentionNorm.forward(residual, into: normed)
    apply(query, to: normed, into: q.rows(n))
    apply(key, to: normed, into: k.rows(n))
    apply(value, to: normed, into: v.rows(n))
    rotary.rotate(q.rows(n))
    rotary.rotate(k.rows(n))
    compute.doing(.attention) {
      attention.forward(q.rows(n), k.rows(n), v.rows(n), into: attended.rows(n), logSums: logSums.rows(n))
    }
    apply(output, to: attended.rows(n), into: normed)
  }

  private func forwardFeedForward(_ normed: Tensor, addingTo residual: Tensor, forBackward: Bool) {
    let n = 0..<residual.rows
    apply(gate, to: normed, into: gated.rows(n))
    apply(up, to: normed, into: lifted.rows(n))
    guard !forBackward || down.savesForBackward else { return }
    compute.workspace.withTemporary(rows: residual.rows, columns: gated.columns) { product in
      swiglu(into: product)
      apply(down, to: product, into: normed)
    }
    compute.doing(.residual) { compute.add(normed, to: residual) }
  }

  private func backwardFeedForward(_ gradient: Tensor, flow: GradientFlow) {
    let n = 0..<gradient.rows
    let workspace = compute.workspace
    // The gradients of `gate` and `up` take the places of their values, which are spent then.
    let (dGate, dUp) = (gated.rows(n), lifted.rows(n))
    workspace.withTemporaries { take in
      let (product, dProduct) = (take(n.count, gated.columns), take(n.count, gated.columns))
      swiglu(into: product)
      backward(down, gradient, input: product, into: dProduct, accumulate: false, flow)
      compute.doing(.gate) {
        compute.workers.forEachRange(of: dProduct.count, size: Compute.elementBlock) { range, _ in
          let i = range.lowerBound
          slk_swiglu_backward(
            dProduct.base + i, gated.base + i, lifted.base + i, dGate.base + i, dUp.base + i, range.count)
        }
      }
    }
    workspace.withTemporaries { take in
      let (normed, dNormed) = (take(n.count, gradient.columns), take(n.count, gradient.columns))
      feedForwardNorm.recompute(residualMiddle.rows(n), into: normed)
      backward(gate, dGate, input: normed, into: dNormed, accumulate: false, flow)
      backward(up, dUp, input: normed, into: dNormed, accumulate: true, flow)
      flow.through([feedForwardNorm.gain]) {
        feedForwardNorm.backward(dNormed, input: residualMiddle.rows(n), addingTo: gradient)
      }
    }
  }

  private func backwardAttention(_ gradient: Tensor, flow: GradientFlow) {
    let n = 0..<gradient.rows
    compute.workspace.withTemporaries { take in
      let (dAttended, dq) = (take(n.count, gradient.columns), take(n.count, gradient.columns))
      let (dk, dv) = (take(n.count, gradient.columns), take(n.count, gradient.columns))
      backward(output, gradient, input: attended.rows(n), into: dAttended, accumulate: false, flow)
      compute.doing(.attention) {
        attention.backward(
          dAttended, q.rows(n), k.rows(n), v.rows(n), attended.rows(n), logSums: logSums.rows(n), into: dq, dk, dv)
      }
      rotary.rotate(dq, backwards: true)
      rotary.rotate(dk, backwards: true)
      // The attention's output and its gradient are spent.
      let (normed, dNormed) = (attended.rows(n), dAttended)
      attentionNorm.recompute(residualIn.rows(n), into: normed)
      backward(query, dq, input: normed, into: dNormed, accumulate: false, flow)
      backward(key, dk, input: normed, into: dNormed, accumulate: true, flow)
      backward(value, dv, input: normed, into: dNormed, accumulate: true, flow)
      flow.through([attentionNorm.gain]) {
        attentionNorm.backward(dNormed, input: residualIn.rows(n), addingTo: gradient)
      }
    }
  }

  private func apply(_ linear: any LinearLayer, to x: Tensor, into y: Tensor) {
    compute.doing(.linear) { linear.forward(x, into: y) }
  }

  private func backward(
    _ linear: any LinearLayer, _ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool, _ flow: GradientFlow
  ) {
    flow.through(linear.parameters) {
      compute.doing(.linear) { linear.backward(dy, input: x, into: dx, accumulate: accumulate) }
    }
  }

  private func swiglu(into product: Tensor) {
    compute.doing(.gate) {
      compute.workers.forEachRange(of: product.count, size: Compute.elementBlock) { range, _ in
        let i = range.lowerBound
        slk_swiglu_forward(gated.base + i, lifted.base + i, product.base + i, range.count)
      }
    }
  }
}
