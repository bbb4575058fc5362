import CKernels
import Foundation
import Tensors

/// Adam's two moments of a matrix of gradients, and the update that they give.
///
/// `m = β₁m + (1-β₁)g`, `v = β₂v + (1-β₂)g²`.
public struct AdamMoments {
  /// Where `ε` is added and when the weight decays.
  public enum Convention: Sendable {
    /// `torch.optim`: `w -= η/(1-β₁ᵗ) · m / (√v/√(1-β₂ᵗ) + ε)`, after any decoupled decay.
    case torch
    /// Hugging Face's AdamW, which GaLore's optimizers are copies of: `w -= η√(1-β₂ᵗ)/(1-β₁ᵗ) · m / (√v + ε)`, before any
    /// decoupled decay.
    case huggingFace
  }

  /// `m`, the running mean of the gradient.
  public let first: Tensor
  /// `v`, the running mean of its square.
  public let second: Tensor

  /// Creates moments that are zero.
  public init(rows: Int, columns: Int, compute: Compute) {
    first = compute.zeros(rows, columns, .optimizerState)
    second = compute.zeros(rows, columns, .optimizerState)
  }

  /// Takes the gradient in and updates the weight, both in the moments' shape.
  ///
  /// - Parameters:
  ///   - step: the update's number, counted from 1.
  ///   - decays: whether the specification's weight decay applies.
  public func update(
    _ weight: Tensor, gradient: Tensor, learningRate: Float, step: Int, specification: OptimizerSpecification,
    decays: Bool, convention: Convention, compute: Compute
  ) {
    let rate = Double(learningRate)
    let decay = decays ? specification.weightDecay : 0
    let isDecoupled = specification.kind == .adamw || convention == .huggingFace
    let remainder = isDecoupled ? Float(1 - rate * decay) : 1
    let correction1 = 1 - pow(specification.beta1, Double(step))
    let root = (1 - pow(specification.beta2, Double(step))).squareRoot()
    let isTorch = convention == .torch
    let constants = slk_adam_constants(
      beta2: Float(specification.beta2), one_minus_beta1: Float(1 - specification.beta1),
      one_minus_beta2: Float(1 - specification.beta2), epsilon: Float(specification.epsilon),
      step_size: Float(rate / correction1 * (isTorch ? 1 : root)), root_correction: isTorch ? Float(root) : 1,
      gradient_decay: isDecoupled ? 0 : Float(decay), weight_factor: isTorch ? remainder : 1)
    withUnsafePointer(to: constants) { constants in
      compute.workers.forEachRange(of: weight.count, size: Compute.elementBlock) { range, _ in
        let start = range.lowerBound
        slk_adam(
          weight.base + start, gradient.base + start, first.base + start, second.base + start, range.count, constants)
      }
    }
    if !isTorch, remainder != 1 { compute.scale(weight, by: remainder) }
  }
}
