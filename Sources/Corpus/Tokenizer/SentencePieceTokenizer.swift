import CSentencePiece
import Configuration
import Foundation

/// A SentencePiece model: text to ids and back. It may be used from several threads at once.
public final class SentencePieceTokenizer: @unchecked Sendable {
  private let handle: OpaquePointer
  /// How messages name the model.
  public let name: String
  /// The SHA-256 of the model's bytes.
  public let digest: Digest
  /// The number of pieces; every id is below it.
  public let vocabularySize: Int
  /// The id that ends a document.
  public let endID: Int32
  /// The id that fills a row: the model's own, or ``endID`` where it has none. It is never a target.
  public let padID: Int32

  /// Opens a model file.
  ///
  /// - Throws: ``Diagnostic`` `.data` naming the file if it is not a whole SentencePiece model with an end piece.
  public convenience init(file: String) throws {
    try self.init(model: FileSource(path: file).readAll(), name: file)
  }

  /// Opens a model in memory; `name` is how messages name it.
  public init(model: Data, name: String) throws {
    guard Self.isWhole(model) else {
      throw Diagnostic.file(name, .data, "is not a whole SentencePiece model; expected a '.model' file, fetch it again")
    }
    var message = [CChar](repeating: 0, count: 512)
    let opened = model.withUnsafeBytes { slt_tokenizer_open($0.baseAddress, $0.count, &message, message.count) }
    guard let opened else {
      throw Diagnostic.file(name, .data, "is not a SentencePiece model (\(Self.text(message))); fetch it again")
    }
    handle = opened
    self.name = name
    digest = Digest(of: model)
    vocabularySize = Int(slt_tokenizer_piece_count(opened))
    endID = slt_tokenizer_eos_id(opened)
    let pad = slt_tokenizer_pad_id(opened)
    padID = pad >= 0 ? pad : endID
    guard endID >= 0 else {
      throw Diagnostic.file(name, .data, "has no piece that ends a text; expected a model with an eos id")
    }
  }

  deinit { slt_tokenizer_close(handle) }

  /// The ids of a text, without an end piece.
  public func encode(_ text: String) throws -> [Int32] {
    var result: [Int32] = []
    try encode(Array(text.utf8), appendingTo: &result)
    return result
  }

  /// Appends the ids of UTF-8 text, without an end piece.
  package func encode(_ text: [UInt8], appendingTo result: inout [Int32]) throws {
    var message = [CChar](repeating: 0, count: 512)
    var count = 0
    let ids = text.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        slt_tokenizer_encode(handle, $0.baseAddress, $0.count, &count, &message, message.count)
      }
    }
    guard let ids else {
      throw Diagnostic.file(name, .data, "cannot encode a text of \(text.count) bytes (\(Self.text(message)))")
    }
    result += UnsafeBufferPointer(start: ids, count: count)
  }

  /// The text of ids; pieces such as the end and the padding have none.
  ///
  /// - Throws: ``Diagnostic`` `.data` if an id is outside the vocabulary.
  public func decode(_ ids: [Int32]) throws -> String {
    if let wrong = ids.first(where: { $0 < 0 || $0 >= vocabularySize }) {
      throw Diagnostic.file(name, .data, "has no piece \(wrong); its vocabulary has \(vocabularySize) pieces")
    }
    var message = [CChar](repeating: 0, count: 512)
    var count = 0
    guard let bytes = slt_tokenizer_decode(handle, ids, ids.count, &count, &message, message.count) else {
      throw Diagnostic.file(name, .data, "cannot decode (\(Self.text(message)))")
    }
    defer { slt_tokenizer_free_bytes(bytes) }
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  static func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether the bytes are a protocol buffer with pieces, trainer and normalizer (fields 1, 2 and 3 of the model).
  ///
  /// SentencePiece itself opens a file that was cut between two pieces, as a model with fewer of them.
  private static func isWhole(_ model: Data) -> Bool {
    var fields: Set<UInt64> = []
    var position = model.startIndex
    func number() -> UInt64? {
      var value: UInt64 = 0
      for shift in stride(from: 0, to: 64, by: 7) {
        guard position < model.endIndex else { return nil }
        let byte = model[position]
        position += 1
        value |= UInt64(byte & 0x7F) << UInt64(shift)
        if byte < 0x80 { return value }
      }
      return nil
    }
    while position < model.endIndex {
      // Every field of the outermost message is a length and that many bytes (wire type 2).
      guard let tag = number(), tag & 7 == 2, let length = number(), length <= model.endIndex - position else {
        return false
      }
      fields.insert(tag >> 3)
      position += Int(length)
    }
    return fields.isSuperset(of: [1, 2, 3])
  }
}
