import Configuration

/// An optimizer as a specification names it.
public struct OptimizerSpecification: Equatable, Sendable {
  /// The kinds of optimizer.
  public enum Kind: String, CaseIterable, Sendable {
    /// Adam; weight decay, if any, is added to the gradient.
    case adam
    /// Adam with decoupled weight decay.
    case adamw
  }

  /// The kind.
  public var kind: Kind
  /// How fast the first moment forgets.
  public var beta1: Double
  /// How fast the second moment forgets.
  public var beta2: Double
  /// What is added to the root of the second moment.
  public var epsilon: Double
  /// Weight decay a unit of learning rate.
  public var weightDecay: Double
  /// The norm that the whole gradient is clipped to, or nil.
  public var clipNorm: Float?

  /// The keys of an optimizer's mapping in a specification.
  public static let keys = ["kind", "beta1", "beta2", "epsilon", "weightDecay", "clipNorm"]

  /// Creates a specification; the defaults are the paper's.
  public init(
    kind: Kind = .adamw, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    clipNorm: Float? = nil
  ) {
    self.kind = kind
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.clipNorm = clipNorm
  }

  /// Reads a specification.
  ///
  /// - Throws: `Diagnostic` at the key that is missing, unknown or impossible.
  public init(reading optimizer: SpecificationMapping) throws {
    kind = try optimizer.choice("kind", default: .adamw)
    beta1 = try optimizer.number("beta1", default: 0.9, in: 0..<1)
    beta2 = try optimizer.number("beta2", default: 0.999, in: 0..<1)
    epsilon = try optimizer.number("epsilon", default: 1e-8, in: 0...)
    weightDecay = try optimizer.number("weightDecay", default: 0, in: 0...)
    if optimizer.has("clipNorm") { clipNorm = Float(try optimizer.number("clipNorm", in: 0...)) }
  }
}
