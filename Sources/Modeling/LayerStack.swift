import MemoryAccounting
import Tensors

/// Linear layers of one width behind each other, with a rectifier between them: the smallest model that a method's layer can
/// be trained in.
///
/// `a₀` is fixed noise, `aᵢ = max(0, fᵢ(aᵢ₋₁))` without the rectifier at the end; the loss is half the mean square of the
/// last, over tokens and width.
///
/// - Saves the output of every layer but the last.
/// - Source: the feed-forward network of arXiv 2406.02214, figure 12; its activation and its loss are not documented.
public final class LayerStack {
  private let linears: [any LinearLayer]
  private let input: Tensor
  private let outputs: [Tensor]
  private let compute: Compute

  /// Builds a stack from its starting law.
  ///
  /// - Parameters:
  ///   - width: inputs and outputs of every layer.
  ///   - count: layers, one at least.
  ///   - makeLinear: builds the layer of a site; what a method brings.
  public init(
    width: Int, count: Int, context: LinearContext, makeLinear: (Site, LinearContext) throws -> any LinearLayer
  ) throws {
    precondition(count > 0, "a stack has a layer at least")
    compute = context.compute
    linears = try (0..<count).map {
      try makeLinear(Site(layer: $0, role: .up, inputs: width, outputs: width), context)
    }
    input = context.compute.zeros(context.tokens, width, .data)
    context.compute.fillNormal(
      input, deviation: 1, numbers: RandomNumbers(seed: context.seed, purpose: .dataOrder, name: "stack"))
    outputs = (0..<count).map { _ in context.compute.zeros(context.tokens, width, .activations) }
  }

  /// Every parameter.
  public var parameters: [Parameter] { linears.flatMap(\.parameters) }

  /// The loss; adds its gradient to that of every parameter.
  public func lossAndGradient() -> Double {
    for (index, linear) in linears.enumerated() {
      linear.forward(index == 0 ? input : outputs[index - 1], into: outputs[index])
      if index + 1 < linears.count { rectify(outputs[index]) }
    }
    let last = outputs[outputs.count - 1]
    let loss = compute.sumOfSquares(last) / Double(2 * last.count)
    compute.workspace.withTemporaries { take in
      var (dy, dx) = (take(last.rows, last.columns), take(last.rows, last.columns))
      compute.copy(last, to: dy)
      compute.scale(dy, by: 1 / Float(last.count))
      for (index, linear) in linears.enumerated().reversed() {
        linear.backward(dy, input: index == 0 ? input : outputs[index - 1], into: dx, accumulate: false)
        if index > 0 { pass(dx, where: outputs[index - 1]) }
        swap(&dy, &dx)
      }
    }
    return loss
  }

  private func rectify(_ x: Tensor) {
    compute.workers.forEachRange(of: x.count, size: Compute.elementBlock) { range, _ in
      for index in range where x.base[index] < 0 { x.base[index] = 0 }
    }
  }

  /// The rectifier's gradient: nothing passes where its output is zero.
  private func pass(_ dx: Tensor, where output: Tensor) {
    compute.workers.forEachRange(of: dx.count, size: Compute.elementBlock) { range, _ in
      for index in range where output.base[index] <= 0 { dx.base[index] = 0 }
    }
  }
}
