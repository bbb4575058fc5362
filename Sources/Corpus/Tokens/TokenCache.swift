import Configuration
import Files
import Foundation

/// The tokens of one split under one tokenizer: a file, mapped into memory.
///
/// A header of 120 bytes, the ids of all documents one after the other (each ends with the end piece), then the number
/// of ids up to each document's end. Numbers are little-endian. Header: magic `SLTTOKN1` (8), version (4), checksum
/// (4), bytes an id (4), vocabulary (4), end id (4), padding id (4), documents (8), ids (8), file bytes (8), corpus
/// digest (32), tokenizer digest (32).
package final class TokenCache: Sendable {
  static let magic = Array("SLTTOKN1".utf8)
  static let version = 1
  static let headerSize = 120

  /// What the header says beside counts: what the tokens are of.
  package struct Identity: Equatable, Sendable {
    /// The extracted corpus.
    package var corpus: Digest
    /// The tokenizer's model.
    package var tokenizer: Digest
    /// Every id is below it.
    package var vocabularySize: Int
    /// The id that ends a document.
    package var endID: Int32
    /// The id that fills a row.
    package var padID: Int32

    package init(corpus: Digest, tokenizer: SentencePieceTokenizer) {
      self.corpus = corpus
      self.tokenizer = tokenizer.digest
      vocabularySize = tokenizer.vocabularySize
      endID = tokenizer.endID
      padID = tokenizer.padID
    }

    fileprivate init(corpus: Digest, tokenizer: Digest, vocabularySize: Int, endID: Int32, padID: Int32) {
      self.corpus = corpus
      self.tokenizer = tokenizer
      self.vocabularySize = vocabularySize
      self.endID = endID
      self.padID = padID
    }

    /// Bytes an id: 2 where the vocabulary fits.
    var width: Int { vocabularySize <= 1 << 16 ? 2 : 4 }
  }

  /// What the tokens are of.
  package let identity: Identity
  /// The number of documents.
  package let documentCount: Int
  /// The number of ids, end pieces included.
  package var tokenCount: Int { storage.count }
  let storage: TokenStorage
  private let ends: TokenStorageEnds

  /// Opens a file.
  ///
  /// The checksum is compared once and then remembered as long as the file's size and time of change stay.
  ///
  /// - Throws: ``Diagnostic`` `.data` naming the file if it is foreign, of another version, cut short or damaged, or of
  ///   another corpus or tokenizer.
  package init(path: String, corpus: Digest, tokenizer: Digest, ledger: DigestLedger) throws {
    let file = try MappedFile(path: path)
    func fault(_ message: String) -> Diagnostic { Diagnostic.file(path, .data, "the token cache \(message)") }
    let bytes = file.bytes
    guard bytes.count >= Self.headerSize, bytes[..<8].elementsEqual(Self.magic) else { throw fault("is not one") }
    let header = Array(bytes[..<Self.headerSize])
    func word(_ offset: Int) -> Int { Int(header.littleEndian(at: offset, as: UInt32.self)) }
    func long(_ offset: Int) -> Int { Int(truncatingIfNeeded: header.littleEndian(at: offset, as: UInt64.self)) }
    guard word(8) == Self.version else { throw fault("has version \(word(8)); expected \(Self.version)") }
    guard long(48) == bytes.count else { throw fault("has \(bytes.count) bytes; its header says \(long(48))") }
    let width = word(16)
    let (documents, tokens) = (long(32), long(40))
    guard width == 2 || width == 4, documents >= 0, tokens >= 0, documents < 1 << 40, tokens < 1 << 40,
      Self.headerSize + tokens * width + documents * 8 == bytes.count
    else { throw fault("has a header that contradicts its size") }
    guard header[56..<88].elementsEqual(corpus.bytes), header[88...].elementsEqual(tokenizer.bytes) else {
      throw fault("is of another corpus or tokenizer")
    }
    let ends = Self.headerSize + tokens * width
    storage = TokenStorage(
      bytes: UnsafeRawBufferPointer(rebasing: bytes[Self.headerSize..<ends]), width: width, file: file)
    self.ends = TokenStorageEnds(bytes: UnsafeRawBufferPointer(rebasing: bytes[ends...]))
    documentCount = documents
    identity = Identity(
      corpus: corpus, tokenizer: tokenizer, vocabularySize: word(20), endID: Int32(truncatingIfNeeded: word(24)),
      padID: Int32(truncatingIfNeeded: word(28)))
    let found = try ledger.finding("checksum", ofFile: path) {
      var checksum = FileChecksum()
      checksum.update(UnsafeRawBufferPointer(rebasing: bytes[Self.headerSize...]))
      return String(checksum.value(with: header))
    }
    guard found == String(word(FileChecksum.position)) else { throw fault("is damaged: its checksum does not fit") }
  }

  /// The ids of a document, end piece included, as a range of all.
  func range(ofDocument document: Int) -> Range<Int> {
    (document == 0 ? 0 : ends[document - 1])..<ends[document]
  }
}

/// Where each document ends, counted in ids.
private struct TokenStorageEnds: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer

  subscript(document: Int) -> Int {
    Int(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * document, as: UInt64.self)))
  }
}
