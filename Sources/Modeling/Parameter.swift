import MemoryAccounting
import Tensors

/// A tensor of the model that has a name: trained if it has a gradient, frozen if not.
public final class Parameter {
  /// The name that checkpoints use: `model.layers.0.self_attn.q_proj.weight`.
  public let name: String
  /// The numbers.
  public let value: Tensor
  /// Whether an optimizer updates it.
  public let isTrained: Bool
  /// Where the backward pass adds the gradient; nil where the parameter is frozen.
  public private(set) var gradient: Tensor?
  /// The linear layer that the parameter belongs to, if any.
  public let site: Site?
  /// What the learning rate is multiplied by.
  public var learningRateMultiplier: Float = 1
  /// Whether weight decay applies.
  public var decays = true
  /// A row whose gradient is cleared before every update, so that it stays as it is.
  public var frozenRow: Int?

  /// Creates a parameter of zeros.
  ///
  /// - Parameter storage: with shared gradients the gradient is placed later, by the model.
  public init(
    _ name: String, rows: Int, columns: Int, isTrained: Bool = true, site: Site? = nil,
    storage: ModelStorage = ModelStorage(), in memory: Memory
  ) {
    self.name = name
    self.site = site
    self.isTrained = isTrained
    value = Tensor(rows: rows, columns: columns, elementType: storage.weights, category: .weights, in: memory)
    if isTrained, storage.gradients == .separate {
      gradient = Tensor(
        rows: rows, columns: columns, elementType: storage.gradientType, category: .gradients, in: memory)
    }
  }

  /// Says where the gradient is.
  func placeGradient(_ gradient: Tensor) { self.gradient = gradient }

  /// The number of elements.
  public var count: Int { value.count }
}
