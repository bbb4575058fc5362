import Configuration

extension [UInt8] {
  /// Appends a number, least significant byte first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// The number at a position, least significant byte first.
  func littleEndian<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type) -> Number {
    withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: type)) }
  }
}

extension Digest {
  /// The 32 bytes.
  var bytes: [UInt8] {
    // The low four bits of a digit's code are its value, less 9 for a letter.
    let digits = hexadecimal.utf8.map { ($0 & 15) &+ ($0 >> 6) &* 9 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
