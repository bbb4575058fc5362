import Configuration

/// A data set cut into rows of one length.
public protocol TokenRows: Sendable {
  /// The number of rows.
  var rowCount: Int { get }
  /// Tokens a row.
  var length: Int { get }
  /// Every id is below it.
  var vocabularySize: Int { get }
  /// The identity of the data, the tokenizer and the packing; part of a cell's identity.
  var digest: Digest { get }

  /// Writes a row: its ids, padded, and for each position the id that comes next in the row, or -1 where there is none
  /// (the last position, the last token before padding, padding itself).
  ///
  /// A row of `n` tokens has `n - 1` targets, as where `logits[:, :-1]` meet `labels[:, 1:]`. Both buffers hold
  /// ``length`` elements.
  func copyRow(_ row: Int, tokens: UnsafeMutableBufferPointer<Int32>, targets: UnsafeMutableBufferPointer<Int32>)

  /// Tokens of a row that are not padding.
  func tokenCount(ofRow row: Int) -> Int
}

extension TokenRows {
  /// Completes a row whose first `count` ids are written: padding, then the targets.
  func completeRow(
    count: Int, padID: Int32, tokens: UnsafeMutableBufferPointer<Int32>, targets: UnsafeMutableBufferPointer<Int32>
  ) {
    for position in count..<length { tokens[position] = padID }
    for position in 0..<length { targets[position] = position + 1 < count ? tokens[position + 1] : -1 }
  }

  func checkRow(_ row: Int, _ tokens: UnsafeMutableBufferPointer<Int32>, _ targets: UnsafeMutableBufferPointer<Int32>) {
    precondition(row >= 0 && row < rowCount, "row \(row) of \(rowCount)")
    precondition(tokens.count == length && targets.count == length, "a row has \(length) tokens")
  }
}

/// One document a row: cut to the row's length so that its last token is the end piece, or padded on the right.
///
/// Source: the tokenizer call of the paper's code, which cuts a document and then adds the end piece.
struct DocumentRows: TokenRows {
  let cache: TokenCache
  let length: Int
  let digest: Digest

  var rowCount: Int { cache.documentCount }
  var vocabularySize: Int { cache.identity.vocabularySize }

  func tokenCount(ofRow row: Int) -> Int { min(length, cache.range(ofDocument: row).count) }

  func copyRow(_ row: Int, tokens: UnsafeMutableBufferPointer<Int32>, targets: UnsafeMutableBufferPointer<Int32>) {
    checkRow(row, tokens, targets)
    let range = cache.range(ofDocument: row)
    let count = min(length, range.count)
    cache.storage.copy(count, from: range.lowerBound, to: tokens.baseAddress!)
    tokens[count - 1] = cache.identity.endID
    completeRow(count: count, padID: cache.identity.padID, tokens: tokens, targets: targets)
  }
}

/// Ids one after the other, cut into full rows; what does not fill a row is left out.
///
/// Of a corpus these are its documents joined by end pieces; of a raw file, what is in it.
struct ConsecutiveRows: TokenRows {
  let storage: TokenStorage
  /// The rows of the storage that belong to the set.
  let rows: Range<Int>
  let length: Int
  let vocabularySize: Int
  let digest: Digest

  var rowCount: Int { rows.count }

  func tokenCount(ofRow row: Int) -> Int { length }

  func copyRow(_ row: Int, tokens: UnsafeMutableBufferPointer<Int32>, targets: UnsafeMutableBufferPointer<Int32>) {
    checkRow(row, tokens, targets)
    storage.copy(length, from: (rows.lowerBound + row) * length, to: tokens.baseAddress!)
    completeRow(count: length, padID: 0, tokens: tokens, targets: targets)
  }
}

extension TokenCache {
  /// The cache's documents as rows.
  package func rows(_ packing: DataSpecification.Packing, length: Int, digest: Digest) -> any TokenRows {
    switch packing {
    case .document: DocumentRows(cache: self, length: length, digest: digest)
    case .packed:
      ConsecutiveRows(
        storage: storage, rows: 0..<(tokenCount / length), length: length, vocabularySize: identity.vocabularySize,
        digest: digest)
    }
  }
}
