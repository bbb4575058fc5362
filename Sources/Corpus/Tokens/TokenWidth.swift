import Configuration
import Files

extension TokenFileSpecification {
  /// The bytes an id that a file most likely has: 4 where the vocabulary needs them, or where every second number of two
  /// bytes is zero, as in small ids of four; else 2.
  ///
  /// - Throws: ``Diagnostic`` if the file cannot be read.
  public static func likelyWidth(path: String, vocabularySize: Int) throws -> Int {
    guard vocabularySize <= 1 << 16 else { return 4 }
    let file = try MappedFile(path: path)
    let bytes = file.bytes
    let looked = min(bytes.count, 1 << 20) / 4 * 4
    guard looked > 0, bytes.count % 4 == 0 else { return 2 }
    let highHalvesAreZero = stride(from: 0, to: looked, by: 4).allSatisfy { bytes[$0 + 2] == 0 && bytes[$0 + 3] == 0 }
    return highHalvesAreZero ? 4 : 2
  }
}
