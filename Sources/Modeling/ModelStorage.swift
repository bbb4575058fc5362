import Tensors

/// How a model's numbers are stored: in how many bits, and what is kept at the same time.
///
/// Neither ``gradients`` nor ``checkpointsActivations`` changes a bit of any result.
public struct ModelStorage: Equatable, Sendable {
  /// Where gradients are kept.
  public enum Gradients: String, CaseIterable, Sendable {
    /// Each in memory of its own, so that all are there at the end of the backward pass.
    case separate
    /// In one slab that every layer's gradients use in turn: whoever needs them takes them as soon as they are whole.
    case shared
    /// Nowhere: the model runs forward only.
    case none
  }

  /// How parameters are stored.
  public var weights: ElementType
  /// How gradients are stored.
  public var gradientType: ElementType
  /// Where gradients are kept.
  public var gradients: Gradients
  /// Whether the forward pass saves no more of a block than its input, so that the backward pass runs the block again.
  public var checkpointsActivations: Bool

  /// Creates a way to store; the default is 32-bit floats with everything kept.
  public init(
    weights: ElementType = .float32, gradientType: ElementType = .float32, gradients: Gradients = .separate,
    checkpointsActivations: Bool = false
  ) {
    self.weights = weights
    self.gradientType = gradientType
    self.gradients = gradients
    self.checkpointsActivations = checkpointsActivations
  }
}
