import CKernels

/// How a tensor's numbers are stored. Arithmetic is in 32-bit floats whatever the storage.
public enum ElementType: String, CaseIterable, Sendable, Codable {
  /// 32-bit floating point.
  case float32 = "fp32"
  /// The upper half of a 32-bit floating point number: 8 bits of exponent, 7 of fraction.
  case bfloat16 = "bf16"
  /// Codes of a map of 256 numbers, which whoever made the tensor knows.
  case uint8 = "8-bit"

  /// Bytes of an element.
  public var byteCount: Int {
    switch self {
    case .float32: 4
    case .bfloat16: 2
    case .uint8: 1
    }
  }
}

/// How a 32-bit result becomes a bf16 number.
public enum Rounding: Sendable {
  /// To the nearest, ties to the even one.
  case nearest
  /// Up or down at random, so that the mean is exact.
  ///
  /// The random bits of element `i` are a function of the key and `i` alone.
  case stochastic(key: UInt32)

}

/// Rounds 32-bit floats to bf16.
///
/// - Parameter first: the index of the first element in its tensor, which stochastic rounding draws by.
package func round(
  _ values: UnsafePointer<Float>, to halves: UnsafeMutablePointer<UInt16>, count: Int, rounding: Rounding, first: Int
) {
  switch rounding {
  case .nearest: slk_round(values, halves, count)
  case .stochastic(let key): slk_round_stochastic(values, halves, count, key, UInt32(truncatingIfNeeded: first))
  }
}
