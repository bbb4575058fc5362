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

  /// How Adam's moments are stored.
  public enum Moments: String, CaseIterable, Sendable {
    /// 32-bit floats.
    case float32 = "fp32"
    /// bf16, as an optimizer of a model in pure bf16 has them.
    case bfloat16 = "bf16"
    /// A byte each, by blocks that share a scale: bitsandbytes' 8-bit Adam.
    case blockwise = "8-bit"
  }

  /// When parameters are updated.
  public enum Updates: String, CaseIterable, Sendable {
    /// All at the end of the backward pass.
    case global
    /// Each layer as soon as its gradient is whole, so that one layer's gradients are there at a time.
    case perLayer = "per-layer"
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
  /// How Adam's moments are stored.
  public var moments: Moments = .float32
  /// Numbers that share a scale where moments are stored in 8 bits.
  public var blockSize = 2048
  /// When parameters are updated.
  public var updates: Updates = .global
  /// How results become bf16 numbers, where parameters or moments are stored so.
  public var rounding: RoundingMode = .nearest
  /// What stochastic rounding draws its bits by: the run's seed.
  public var seed: UInt64 = 0

  /// The keys of an optimizer's mapping in a specification.
  public static let keys = [
    "kind", "beta1", "beta2", "epsilon", "weightDecay", "clipNorm", "moments", "blockSize", "updates",
  ]

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
    moments = try optimizer.laterChoice("moments", default: .float32)
    updates = try optimizer.laterChoice("updates", default: .global)
    if optimizer.has("blockSize") { blockSize = try Self.blockSize(reading: optimizer, for: moments) }
    guard updates == .global || clipNorm == nil else {
      throw optimizer.error(
        "updates",
        "'per-layer' updates cannot clip: the whole gradient's norm is known when most of it is gone; remove 'clipNorm', "
          + "or use 'global' updates")
    }
  }

  private static func blockSize(reading optimizer: SpecificationMapping, for moments: Moments) throws -> Int {
    let size = try optimizer.laterInteger("blockSize", default: 2048)
    guard moments == .blockwise else {
      throw optimizer.error("blockSize", "'blockSize' is for moments in 8 bits; remove it, or write 'moments: 8-bit'")
    }
    guard [256, 2048].contains(size) else {
      throw optimizer.error("blockSize", "a block of \(size) numbers; expected 256 or 2048, as bitsandbytes has them")
    }
    return size
  }
}
