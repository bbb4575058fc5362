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
  public init(rows: Int, columns: Int, elementType: ElementType = .float32, compute: Compute) {
    first = compute.zeros(rows, columns, .optimizerState, as: elementType)
    second = compute.zeros(rows, columns, .optimizerState, as: elementType)
  }

  /// Takes the gradient in and updates the weight, both in the moments' shape.
  ///
  /// - Parameters:
  ///   - step: the update's number, counted from 1.
  ///   - decays: whether the specification's weight decay applies.
  ///   - rounding: how what is stored in bf16 is rounded; all arithmetic is in 32-bit floats.
  public func update(
    _ weight: Tensor, gradient: Tensor, learningRate: Float, step: Int, specification: OptimizerSpecification,
    decays: Bool, convention: Convention, rounding: UpdateRounding = .nearest, compute: Compute
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
    let isPlain = [weight, gradient, first].allSatisfy { $0.elementType == .float32 }
    compute.workers.forEachRange(of: weight.count, size: Compute.elementBlock) { range, _ in
      let start = range.lowerBound
      if isPlain {
        withUnsafePointer(to: constants) {
          slk_adam(
            weight.base + start, gradient.base + start, first.base + start, second.base + start, range.count, $0)
        }
      } else {
        updateMixed(weight, gradient, range, constants, rounding)
      }
    }
    if !isTorch, remainder != 1 { compute.scale(weight, by: remainder) }
  }

  /// The update of a range where something is not stored in 32 bits: a block is widened, updated and rounded back.
  private func updateMixed(
    _ weight: Tensor, _ gradient: Tensor, _ range: Range<Int>, _ constants: slk_adam_constants,
    _ rounding: UpdateRounding
  ) {
    var constants = constants
    let scalesFirst = rounding.isPerOperation && second.elementType == .bfloat16
    let beta2 = constants.beta2
    if scalesFirst { constants.beta2 = 1 }
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * Compute.conversionBlock) { scratch in
      let parts = (0..<4).map { scratch.baseAddress! + $0 * Compute.conversionBlock }
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Compute.conversionBlock) {
        let block = start..<min(range.upperBound, start + Compute.conversionBlock)
        let w = weight.floats(block, in: parts[0])
        let g = gradient.floats(block, in: parts[1])
        let m = first.floats(block, in: parts[2])
        let v = second.floats(block, in: parts[3])
        if scalesFirst {
          slk_scale(beta2, v, block.count)
          slk_round(v, second.halves + start, block.count)
          slk_widen(second.halves + start, v, block.count)
        }
        withUnsafePointer(to: constants) { slk_adam(w, g, m, v, block.count, $0) }
        weight.store(w, at: block, rounding: rounding.weight)
        first.store(m, at: block, rounding: rounding.first)
        second.store(v, at: block, rounding: rounding.second)
      }
    }
  }
}
