import Tensors

/// The element types of the safetensors format, by the names that files use.
public enum SafetensorsType: String, Sendable, CaseIterable {
  /// 64-bit floating point.
  case f64 = "F64"
  /// 32-bit floating point.
  case f32 = "F32"
  /// 16-bit floating point (IEEE half).
  case f16 = "F16"
  /// The upper half of a 32-bit floating point number.
  case bf16 = "BF16"
  /// Signed, 64 bits.
  case i64 = "I64"
  /// Signed, 32 bits.
  case i32 = "I32"
  /// Signed, 16 bits.
  case i16 = "I16"
  /// Signed, 8 bits.
  case i8 = "I8"
  /// Unsigned, 64 bits.
  case u64 = "U64"
  /// Unsigned, 32 bits.
  case u32 = "U32"
  /// Unsigned, 16 bits.
  case u16 = "U16"
  /// Unsigned, 8 bits.
  case u8 = "U8"
  /// Truth values, a byte each.
  case bool = "BOOL"
  /// 8-bit floating point with 4 bits of exponent.
  case f8e4m3 = "F8_E4M3"
  /// 8-bit floating point with 5 bits of exponent.
  case f8e5m2 = "F8_E5M2"

  /// How a tensor's numbers are stored.
  init(_ elementType: ElementType) {
    switch elementType {
    case .float32: self = .f32
    case .bfloat16: self = .bf16
    case .uint8: self = .u8
    }
  }

  /// Bytes of an element.
  public var byteCount: Int {
    switch self {
    case .f64, .i64, .u64: 8
    case .f32, .i32, .u32: 4
    case .f16, .bf16, .i16, .u16: 2
    case .i8, .u8, .bool, .f8e4m3, .f8e5m2: 1
    }
  }
}

/// What a safetensors file says of one tensor.
public struct SafetensorsEntry: Sendable {
  /// The tensor's key.
  public let name: String
  /// The type of its elements.
  public let type: SafetensorsType
  /// Its sizes, outermost first; empty for a single number.
  public let shape: [Int]
  /// The path of the file that holds it: with a sharded checkpoint, the shard's.
  public let file: String
  /// Where its bytes stand in that file.
  let bytes: Range<Int>

  /// The number of elements.
  public var count: Int { bytes.count / type.byteCount }
}
