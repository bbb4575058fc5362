import Tensors

/// In which order rows are read.
public enum RowOrder: String, CaseIterable, Sendable {
  /// As they stand, every epoch.
  case sequential
  /// In another order each epoch.
  case shuffled
}

/// Which row stands at a position that counts on over epochs: a pure function of order, seed, number of rows and
/// position.
///
/// An epoch's order is a permutation by a Feistel network over the next power of four, walked along its cycle until a
/// row is met; it takes no memory, and any position is found at once, so that a resumed run needs no history. Source:
/// Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002.
public struct RowSequence: Sendable {
  private static let rounds = 6

  /// In which order rows are read.
  public let order: RowOrder
  /// The number of rows of an epoch.
  public let rowCount: Int
  private let numbers: RandomNumbers
  private let halfBits: Int

  /// Creates a sequence over at least one row.
  public init(order: RowOrder, seed: UInt64, rowCount: Int) {
    precondition(rowCount > 0 && rowCount <= 1 << 62, "a sequence needs at least one row")
    self.order = order
    self.rowCount = rowCount
    numbers = RandomNumbers(seed: seed, purpose: .dataOrder, name: "rows")
    let bits = rowCount.bitWidth - (rowCount - 1).leadingZeroBitCount
    halfBits = max(1, (bits + 1) / 2)
  }

  /// The row at a position; each epoch of ``rowCount`` positions meets every row once.
  public func row(at position: Int) -> Int {
    precondition(position >= 0, "positions count from 0")
    let (epoch, index) = position.quotientAndRemainder(dividingBy: rowCount)
    guard order == .shuffled else { return index }
    var row = UInt64(index)
    repeat { row = permuted(row, epoch: epoch) } while row >= UInt64(rowCount)
    return Int(row)
  }

  private func permuted(_ value: UInt64, epoch: Int) -> UInt64 {
    let mask = UInt64(1) << UInt64(halfBits) - 1
    var left = value >> UInt64(halfBits)
    var right = value & mask
    for round in 0..<Self.rounds {
      // The four words are another function for each epoch and round: one block of the stream for each (round, half).
      let block = numbers.words(UInt64(epoch * Self.rounds + round) << 32 | right)
      (left, right) = (right, left ^ (UInt64(block[0]) & mask))
    }
    return left << UInt64(halfBits) | right
  }
}
