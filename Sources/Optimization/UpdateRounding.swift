import Tensors

/// How results become bf16 numbers.
public enum RoundingMode: String, CaseIterable, Sendable {
  /// To the nearest, ties to even, once an update.
  case nearest
  /// Up or down at random, so that the mean is exact.
  case stochastic
  /// To the nearest after each operation, as `torch.optim` does in bf16: the second moment is rounded once when it is
  /// scaled and once when the square is added.
  case perOperation = "per-operation"
}

/// How one update of one parameter rounds.
public struct UpdateRounding: Sendable {
  /// How the parameter is rounded.
  public let weight: Rounding
  /// How the first moment is rounded.
  public let first: Rounding
  /// How the second moment is rounded.
  public let second: Rounding
  /// Whether the second moment is rounded between its two operations too.
  public let isPerOperation: Bool

  /// To the nearest.
  public static let nearest = UpdateRounding(.nearest, name: "", step: 0, seed: 0)

  /// Creates the rounding of an update; stochastic bits are a function of seed, name and step.
  public init(_ mode: RoundingMode, name: String, step: Int, seed: UInt64) {
    isPerOperation = mode == .perOperation
    guard mode == .stochastic else {
      (weight, first, second) = (.nearest, .nearest, .nearest)
      return
    }
    let keys = RandomNumbers(seed: seed, purpose: .rounding, name: name).words(UInt64(step))
    (weight, first, second) = (.stochastic(key: keys[0]), .stochastic(key: keys[1]), .stochastic(key: keys[2]))
  }
}
