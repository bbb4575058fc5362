import Modeling
import Tensors

/// One update rule a trained parameter, and the count of updates made.
public final class Optimizer {
  /// A trained parameter and how it is updated.
  public struct Entry {
    /// The parameter.
    public let parameter: Parameter
    /// Its rule.
    public let rule: any UpdateRule
  }

  /// What the specification asks for.
  public let specification: OptimizerSpecification
  /// The trained parameters in the model's order.
  public let entries: [Entry]
  /// Updates made so far.
  public var step = 0
  private let compute: Compute

  /// Creates an optimizer for the trained parameters among `parameters`.
  ///
  /// - Parameter rule: a method's own rule for a parameter, or nil for the specification's.
  public init(
    _ specification: OptimizerSpecification, parameters: [Parameter], compute: Compute,
    rule: (Parameter) -> (any UpdateRule)? = { _ in nil }
  ) {
    self.specification = specification
    self.compute = compute
    entries = parameters.filter(\.isTrained).map { parameter in
      Entry(parameter: parameter, rule: rule(parameter) ?? Adam(specification, for: parameter, compute: compute))
    }
  }

  /// Sets every gradient to zero.
  public func clearGradients() {
    for entry in entries { compute.fill(entry.parameter.gradient!, with: 0) }
  }

  /// The Euclidean norm of the whole gradient, summed in double precision: fixed blocks of each parameter, side by side on
  /// the workers, added in the parameters' order.
  public func gradientNorm() -> Float {
    Float(entries.reduce(0.0) { $0 + compute.sumOfSquares($1.parameter.gradient!) }.squareRoot())
  }

  /// Clips the gradient where the specification asks for it, and makes one update.
  ///
  /// - Returns: the norm of the gradient before clipping.
  @discardableResult
  public func update(learningRate: Float) -> Float {
    for entry in entries {
      if let row = entry.parameter.frozenRow { entry.parameter.gradient?.row(row).fill(0) }
    }
    let norm = gradientNorm()
    if let limit = specification.clipNorm, norm > limit {
      // torch.nn.utils.clip_grad_norm_ divides by the norm plus 1e-6.
      for entry in entries { compute.scale(entry.parameter.gradient!, by: limit / (norm + 1e-6)) }
    }
    step += 1
    for entry in entries {
      entry.rule.update(
        entry.parameter, learningRate: learningRate * entry.parameter.learningRateMultiplier, step: step)
    }
    return norm
  }

  /// The rule of a parameter, or nil if it is frozen.
  public func rule(of parameter: Parameter) -> (any UpdateRule)? {
    entries.first { $0.parameter === parameter }?.rule
  }
}
