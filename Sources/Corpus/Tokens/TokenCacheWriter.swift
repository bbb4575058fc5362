import Configuration
import Files
import Foundation
import Tensors

/// Writes a ``TokenCache`` in bounded memory.
package final class TokenCacheWriter {
  private let file: AtomicFileWriter
  private let identity: TokenCache.Identity
  private var ends: [UInt64] = []
  private var tokens = 0
  private var checksum = FileChecksum()
  private var packed: [UInt8] = []

  /// Starts a file.
  package init(path: String, identity: TokenCache.Identity) throws {
    file = try AtomicFileWriter(path: path)
    self.identity = identity
    try [UInt8](repeating: 0, count: TokenCache.headerSize).withUnsafeBytes { try file.write($0) }
  }

  /// Appends a document's ids; the end piece is added.
  package func append(_ ids: [Int32]) throws {
    packed.removeAll(keepingCapacity: true)
    for id in ids { pack(id) }
    pack(identity.endID)
    tokens += ids.count + 1
    ends.append(UInt64(tokens))
    try put(packed)
  }

  /// Ends the file and gives it its name.
  package func commit() throws {
    for end in ends {
      packed.removeAll(keepingCapacity: true)
      packed.append(littleEndian: end)
      try put(packed)
    }
    var header = TokenCache.magic
    header.append(littleEndian: UInt32(TokenCache.version))
    header.append(littleEndian: UInt32(0))
    header.append(littleEndian: UInt32(identity.width))
    header.append(littleEndian: UInt32(identity.vocabularySize))
    header.append(littleEndian: identity.endID)
    header.append(littleEndian: identity.padID)
    header.append(littleEndian: UInt64(ends.count))
    header.append(littleEndian: UInt64(tokens))
    header.append(littleEndian: UInt64(file.byteCount))
    header += identity.corpus.bytes + identity.tokenizer.bytes
    withUnsafeBytes(of: checksum.value(with: header).littleEndian) {
      header.replaceSubrange(FileChecksum.position..<FileChecksum.position + 4, with: $0)
    }
    try header.withUnsafeBytes { try file.rewrite($0, at: 0) }
    try file.commit()
  }

  private func pack(_ id: Int32) {
    packed.append(UInt8(truncatingIfNeeded: id))
    packed.append(UInt8(truncatingIfNeeded: id >> 8))
    if identity.width == 4 {
      packed.append(UInt8(truncatingIfNeeded: id >> 16))
      packed.append(UInt8(truncatingIfNeeded: id >> 24))
    }
  }

  private func put(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes {
      checksum.update($0)
      try file.write($0)
    }
  }
}

extension TokenCacheWriter {
  /// Tokenises a file of documents into a cache.
  ///
  /// Documents are encoded in groups of about a megabyte for each worker and written in their order, so the file is the
  /// same for any number of workers. `progress` gets the documents that a group has added.
  package static func build(
    _ path: String, from documents: String, corpus: Digest, tokenizer: SentencePieceTokenizer, workers: Workers,
    progress: (_ documents: Int) -> Void
  ) throws {
    let writer = try TokenCacheWriter(path: path, identity: .init(corpus: corpus, tokenizer: tokenizer))
    var group: [[UInt8]] = []
    var groupBytes = 0
    func flush() throws {
      for ids in try encode(group, tokenizer, workers) { try writer.append(ids) }
      progress(group.count)
      group.removeAll(keepingCapacity: true)
      groupBytes = 0
    }
    try DocumentFile.forEach(documents, digest: corpus) { text in
      group.append(text)
      groupBytes += text.count
      if groupBytes >= workers.count << 20 { try flush() }
    }
    try flush()
    try writer.commit()
  }

  private static func encode(
    _ group: [[UInt8]], _ tokenizer: SentencePieceTokenizer, _ workers: Workers
  ) throws -> [[Int32]] {
    var results = [Result<[Int32], any Error>](repeating: .success([]), count: group.count)
    results.withUnsafeMutableBufferPointer { results in
      nonisolated(unsafe) let results = results
      workers.forEachRange(of: group.count, size: 16) { range, _ in
        for index in range {
          results[index] = Result {
            var ids: [Int32] = []
            try tokenizer.encode(group[index], appendingTo: &ids)
            return ids
          }
        }
      }
    }
    return try results.map { try $0.get() }
  }
}
