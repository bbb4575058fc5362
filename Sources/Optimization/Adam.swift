import CKernels
import Foundation
import Modeling
import Tensors

/// Adam and AdamW.
///
/// `m = β₁m + (1-β₁)g`, `v = β₂v + (1-β₂)g²`, `w -= η/(1-β₁ᵗ) · m / (√v/√(1-β₂ᵗ) + ε)`; AdamW first takes `η λ w` from `w`,
/// Adam adds `λ w` to `g`.
/// Source: Kingma and Ba 2015; Loshchilov and Hutter 2019; the order of operations is that of `torch.optim`.
public final class Adam: UpdateRule {
  private let specification: OptimizerSpecification
  private let first: Tensor
  private let second: Tensor
  private let compute: Compute

  /// Creates the rule with zero moments in the parameter's shape.
  public init(_ specification: OptimizerSpecification, for parameter: Parameter, compute: Compute) {
    self.specification = specification
    self.compute = compute
    first = compute.zeros(parameter.value.rows, parameter.value.columns, .optimizerState)
    second = compute.zeros(parameter.value.rows, parameter.value.columns, .optimizerState)
  }

  public func update(_ parameter: Parameter, learningRate: Float, step: Int) {
    guard let gradient = parameter.gradient else { return }
    let decay = parameter.decays ? specification.weightDecay : 0
    let correction1 = 1 - pow(specification.beta1, Double(step))
    let correction2 = 1 - pow(specification.beta2, Double(step))
    var constants = slk_adam_constants(
      beta2: Float(specification.beta2), one_minus_beta1: Float(1 - specification.beta1),
      one_minus_beta2: Float(1 - specification.beta2), epsilon: Float(specification.epsilon),
      step_size: Float(Double(learningRate) / correction1), root_correction: Float(correction2.squareRoot()),
      gradient_decay: specification.kind == .adam ? Float(decay) : 0,
      weight_factor: specification.kind == .adamw ? Float(1 - Double(learningRate) * decay) : 1)
    compute.workers.forEachRange(of: parameter.count, size: Compute.elementBlock) { range, _ in
      slk_adam(
        parameter.value.base + range.lowerBound, gradient.base + range.lowerBound, first.base + range.lowerBound,
        second.base + range.lowerBound, range.count, &constants)
    }
  }

  public var state: [(name: String, value: Tensor)] { [("first_moment", first), ("second_moment", second)] }

  public var moments: (first: Tensor, second: Tensor)? { (first, second) }
}
