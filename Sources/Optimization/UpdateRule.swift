import Modeling
import Tensors

/// How one parameter's gradient becomes its update, with the state that this takes.
///
/// The optimizer holds one rule a trained parameter; a method may bring its own for the parameters that it cares about.
public protocol UpdateRule: AnyObject {
  /// Updates `parameter.value` in place from `parameter.gradient`, which it may overwrite.
  ///
  /// - Parameters:
  ///   - learningRate: the step's rate, the parameter's multiplier included.
  ///   - step: the update's number, counted from 1.
  func update(_ parameter: Parameter, learningRate: Float, step: Int)

  /// The tensors to save and restore, each with a name that is unique within the rule: `first_moment`.
  var state: [(name: String, value: Tensor)] { get }

  /// Adam's moments in the shape of the parameter, where the rule has them: what a restart resets.
  var adam: AdamState? { get }
}
