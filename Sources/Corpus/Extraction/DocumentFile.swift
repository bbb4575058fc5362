import Configuration
import Files
import Foundation

/// The intermediate file of a split's documents: a header of 72 bytes, then each document's length and UTF-8 text.
///
/// Numbers are little-endian. Header: magic `SLTDOCS1` (8), version (4), checksum (4),
/// documents (8), text bytes (8), file bytes (8), corpus digest (32).
package enum DocumentFile {
  static let magic = Array("SLTDOCS1".utf8)
  static let headerSize = 72

  /// What a file's header says.
  package struct Header: Equatable, Sendable {
    /// The number of documents.
    package var documents: Int
    /// The bytes of their texts.
    package var textBytes: Int
  }

  /// Writes documents one by one.
  package final class Writer {
    private let file: AtomicFileWriter
    private let digest: [UInt8]
    private var checksum = FileChecksum()
    /// What the header will say.
    package private(set) var header = Header(documents: 0, textBytes: 0)

    /// Starts a file.
    package init(path: String, digest: Digest) throws {
      file = try AtomicFileWriter(path: path)
      self.digest = digest.bytes
      try [UInt8](repeating: 0, count: DocumentFile.headerSize).withUnsafeBytes { try file.write($0) }
    }

    /// Appends a document.
    package func append(_ text: [UInt8]) throws {
      let length = UInt32(text.count).littleEndian
      try withUnsafeBytes(of: length) { try write($0) }
      try text.withUnsafeBytes { try write($0) }
      header.documents += 1
      header.textBytes += text.count
    }

    /// Ends the file and gives it its name.
    package func commit() throws {
      var bytes = DocumentFile.magic
      bytes.append(littleEndian: UInt32(CorpusFormat.version))
      bytes.append(littleEndian: UInt32(0))
      bytes.append(littleEndian: UInt64(header.documents))
      bytes.append(littleEndian: UInt64(header.textBytes))
      bytes.append(littleEndian: UInt64(file.byteCount))
      bytes += digest
      withUnsafeBytes(of: checksum.value(with: bytes).littleEndian) {
        bytes.replaceSubrange(FileChecksum.position..<FileChecksum.position + 4, with: $0)
      }
      try bytes.withUnsafeBytes { try file.rewrite($0, at: 0) }
      try file.commit()
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws {
      checksum.update(bytes)
      try file.write(bytes)
    }
  }

  /// Reads a file's header.
  ///
  /// - Throws: ``Diagnostic`` `.data` if it is not such a file, of another version, of another corpus or cut short.
  package static func header(of path: String, digest: Digest) throws -> Header {
    let source = try FileSource(path: path)
    var bytes = [UInt8](repeating: 0, count: headerSize)
    let count = try bytes.withUnsafeMutableBytes { try source.read(into: $0) }
    guard count == headerSize, Array(bytes[..<8]) == magic else {
      throw Diagnostic.file(path, .data, "is not a file of documents")
    }
    let version = Int(bytes.littleEndian(at: 8, as: UInt32.self))
    guard version == CorpusFormat.version else {
      throw Diagnostic.file(path, .data, "has format \(version); expected \(CorpusFormat.version)")
    }
    guard Array(bytes[40...]) == digest.bytes else { throw Diagnostic.file(path, .data, "belongs to another corpus") }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    let expected = Int(bytes.littleEndian(at: 32, as: UInt64.self))
    guard size == expected else { throw Diagnostic.file(path, .data, "has \(size) bytes; expected \(expected)") }
    return Header(
      documents: Int(bytes.littleEndian(at: 16, as: UInt64.self)),
      textBytes: Int(bytes.littleEndian(at: 24, as: UInt64.self)))
  }

  /// Gives every document to `body`, in memory for one; the checksum is compared at the end.
  ///
  /// - Throws: ``Diagnostic`` `.data` if the file is damaged; what `body` throws.
  package static func forEach(_ path: String, digest: Digest, _ body: (_ text: [UInt8]) throws -> Void) throws {
    let header = try header(of: path, digest: digest)
    var reader = try Reader(path: path)
    let expected = reader.head.littleEndian(at: FileChecksum.position, as: UInt32.self)
    for _ in 0..<header.documents {
      let length = try reader.take(4).littleEndian(at: 0, as: UInt32.self)
      try body(reader.take(Int(length)))
    }
    guard reader.checksum.value(with: reader.head) == expected else {
      throw Diagnostic.file(path, .data, "is damaged: its checksum does not fit")
    }
  }

  private struct Reader {
    let head: [UInt8]
    var checksum = FileChecksum()
    private let source: FileSource
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)
    private var range = 0..<0

    init(path: String) throws {
      let source = try FileSource(path: path)
      var head = [UInt8](repeating: 0, count: DocumentFile.headerSize)
      _ = try head.withUnsafeMutableBytes { try source.read(into: $0) }
      self.head = head
      self.source = source
    }

    mutating func take(_ count: Int) throws -> [UInt8] {
      var result: [UInt8] = []
      while result.count < count {
        if range.isEmpty {
          let read = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
          guard read > 0 else { throw Diagnostic.file(source.name, .data, "is damaged: a document goes past its end") }
          range = 0..<read
          buffer.withUnsafeBytes { checksum.update(UnsafeRawBufferPointer(rebasing: $0[..<read])) }
        }
        let piece = range.prefix(count - result.count)
        result += buffer[piece]
        range = range.dropFirst(piece.count)
      }
      return result
    }
  }
}
