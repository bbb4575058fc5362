import Files

/// Token ids of two or four bytes in a mapped file, least significant byte first.
struct TokenStorage: @unchecked Sendable {
  /// The ids' bytes.
  let bytes: UnsafeRawBufferPointer
  /// Bytes an id.
  let width: Int
  /// Keeps the mapping.
  let file: MappedFile

  /// The number of ids.
  var count: Int { bytes.count / width }

  /// Copies ids from `start` on.
  func copy(_ count: Int, from start: Int, to result: UnsafeMutablePointer<Int32>) {
    precondition(start >= 0 && start + count <= self.count, "tokens \(start)..<\(start + count) of \(self.count)")
    if width == 2 {
      for index in 0..<count {
        result[index] = Int32(
          UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * (start + index), as: UInt16.self)))
      }
    } else {
      for index in 0..<count {
        let id = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * (start + index), as: UInt32.self))
        result[index] = Int32(truncatingIfNeeded: id)
      }
    }
  }

  /// The first id that is not below `bound`, with its byte offset.
  func firstID(notBelow bound: Int) -> (offset: Int, id: Int)? {
    for index in 0..<count {
      let id =
        width == 2
        ? Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)))
        : Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
      if id >= bound { return (index * width, id) }
    }
    return nil
  }
}
