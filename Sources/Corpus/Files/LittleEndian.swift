import CZlib
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

/// The checksum that guards a file whose header holds it: CRC-32 of all that follows the header and then of the header,
/// its own four bytes at position 12 taken as zero.
struct FileChecksum {
  private var value = crc32(0, nil, 0)

  /// Where the header holds the checksum.
  static let position = 12

  /// Adds bytes that follow the header.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    value = crc32_z(value, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  /// The checksum of all that has been added and a header.
  func value(with header: [UInt8]) -> UInt32 {
    var header = header
    header.replaceSubrange(Self.position..<Self.position + 4, with: [0, 0, 0, 0])
    return UInt32(truncatingIfNeeded: crc32_z(value, header, header.count))
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
