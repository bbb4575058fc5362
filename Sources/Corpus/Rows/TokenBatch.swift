import MemoryAccounting
import Tensors

/// Rows that are computed on together: memory for tokens and targets, filled anew for every step.
public final class TokenBatch {
  /// The number of rows.
  public let rows: Int
  /// Tokens a row.
  public let length: Int
  /// Ids, row after row.
  public let tokens: IndexTensor
  /// For each position the id that comes next, or -1.
  public let targets: IndexTensor
  /// Positions with a target, of the rows that were filled last.
  public private(set) var targetCount = 0
  /// Tokens that are not padding, of the rows that were filled last.
  public private(set) var tokenCount = 0

  /// Creates an empty batch; nothing is allocated later.
  public init(rows: Int, length: Int, in memory: Memory) {
    self.rows = rows
    self.length = length
    tokens = IndexTensor(count: rows * length, category: .data, in: memory)
    targets = IndexTensor(count: rows * length, category: .data, in: memory)
    targets.elements.update(repeating: -1)
  }

  /// Fills the batch with rows of a data set, in the order given.
  ///
  /// Where fewer than ``rows`` are given, as at the end of an evaluation, the rest of the batch has no targets.
  public func fill(from source: some TokenRows, rows selection: some Sequence<Int>) {
    precondition(source.length == length, "the data has rows of \(source.length) tokens, the batch of \(length)")
    targetCount = 0
    tokenCount = 0
    var filled = 0
    for row in selection {
      precondition(filled < rows, "the batch holds \(rows) rows")
      let own = (filled * length)..<((filled + 1) * length)
      source.copyRow(
        row, tokens: UnsafeMutableBufferPointer(rebasing: tokens.elements[own]),
        targets: UnsafeMutableBufferPointer(rebasing: targets.elements[own]))
      let count = source.tokenCount(ofRow: row)
      tokenCount += count
      targetCount += max(0, count - 1)
      filled += 1
    }
    tokens.elements[(filled * length)...].update(repeating: 0)
    targets.elements[(filled * length)...].update(repeating: -1)
  }
}
