import Modeling
import Tensors

/// The rule of a parameter that a method leaves as it started: no update, and no state.
///
/// For parameters that the model makes and not the method, as embedding, head and norms: they keep their gradients, whose
/// norm counts in that of the whole gradient.
public final class Frozen: UpdateRule {
  /// Creates the rule.
  public init() {}

  public func update(_ parameter: Parameter, learningRate: Float, step: Int) {}

  public var state: [(name: String, value: Tensor)] { [] }

  public var adam: AdamState? { nil }
}
