import Tensors

/// Random tokens of some rows, and the targets that follow from them: the next token of the row, with some ignored.
public struct TestBatch {
  /// Token ids.
  public var tokens: [Int32]
  /// For each token the id that should follow, or -1.
  public var targets: [Int32]

  /// Draws a batch.
  public init(rows: Int, length: Int, vocabulary: Int) {
    let numbers = RandomNumbers(seed: 4, purpose: .dataOrder, name: "batch")
    let tokens = (0..<rows * length).map { Int32(numbers.integer($0, below: UInt64(vocabulary))) }
    targets = tokens.indices.map { position in
      position % length == length - 1 || position % 7 == 3 ? -1 : tokens[position + 1]
    }
    self.tokens = tokens
  }
}
