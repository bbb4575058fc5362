import Modeling
import Tensors

/// Adam and AdamW.
///
/// `m = β₁m + (1-β₁)g`, `v = β₂v + (1-β₂)g²`, `w -= η/(1-β₁ᵗ) · m / (√v/√(1-β₂ᵗ) + ε)`; AdamW first takes `η λ w` from `w`,
/// Adam adds `λ w` to `g`. With the other ``AdamMoments/Convention`` the order is that of Hugging Face's AdamW.
/// Source: Kingma and Ba 2015; Loshchilov and Hutter 2019; the order of operations is that of `torch.optim`.
public final class Adam: UpdateRule {
  private let specification: OptimizerSpecification
  private let convention: AdamMoments.Convention
  private let adam: AdamMoments
  private let compute: Compute

  /// Creates the rule with zero moments in the parameter's shape.
  public init(
    _ specification: OptimizerSpecification, convention: AdamMoments.Convention = .torch, for parameter: Parameter,
    compute: Compute
  ) {
    self.specification = specification
    self.convention = convention
    self.compute = compute
    adam = AdamMoments(rows: parameter.value.rows, columns: parameter.value.columns, compute: compute)
  }

  public func update(_ parameter: Parameter, learningRate: Float, step: Int) {
    guard let gradient = parameter.gradient else { return }
    adam.update(
      parameter.value, gradient: gradient, learningRate: learningRate, step: step, specification: specification,
      decays: parameter.decays, convention: convention,
      rounding: UpdateRounding(specification.rounding, name: parameter.name, step: step, seed: specification.seed),
      compute: compute)
  }

  public var state: [(name: String, value: Tensor)] { [("first_moment", adam.first), ("second_moment", adam.second)] }

  public var moments: (first: Tensor, second: Tensor)? { (adam.first, adam.second) }
}
