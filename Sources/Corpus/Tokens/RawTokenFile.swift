import Configuration
import Files
import Foundation

/// A file of token ids and nothing else, little-endian, mapped into memory.
struct RawTokenFile: Sendable {
  /// The file's path.
  let path: String
  /// Every id is below it.
  let vocabularySize: Int
  /// The SHA-256 of the file.
  let digest: Digest
  let storage: TokenStorage

  /// The number of ids.
  var tokenCount: Int { storage.count }

  /// Opens a file and looks at all its ids; what was found is remembered as long as the file does not change.
  ///
  /// - Throws: ``Diagnostic`` `.data` if the file is empty, ends within an id, or holds an id outside the vocabulary:
  ///   the
  ///   message says which and at which byte.
  init(path: String, vocabularySize: Int, width: Int, ledger: DigestLedger) throws {
    let file = try MappedFile(path: path)
    guard !file.bytes.isEmpty else {
      throw Diagnostic.file(path, .data, "is empty; expected token ids of \(width) bytes each")
    }
    guard file.bytes.count % width == 0 else {
      let last = file.bytes.count / width * width
      throw Diagnostic.file(
        path, .data,
        "has \(file.bytes.count) bytes, which is not a multiple of \(width): it ends within the id at byte \(last); "
          + "the file is cut short, or 'width' is wrong")
    }
    storage = TokenStorage(bytes: file.bytes, width: width, file: file)
    let storage = storage
    let wrong = try ledger.finding("ids of \(width) bytes from \(vocabularySize)", ofFile: path) {
      storage.firstID(notBelow: vocabularySize).map { "byte \($0.offset) holds the id \($0.id)" } ?? ""
    }
    guard wrong.isEmpty else {
      throw Diagnostic.file(
        path, .data,
        "\(wrong), but the vocabulary has \(vocabularySize) pieces; give the vocabulary that the ids were made with, "
          + "or the right 'width' (\(width) bytes an id now)")
    }
    self.path = path
    self.vocabularySize = vocabularySize
    digest = try ledger.digest(ofFile: path)
  }
}
