import Configuration
import Corpus
import Tensors

/// Rows that a small model can learn something from: each token follows from the one before by one of two rules, with
/// noise; every third row ends in padding.
public struct PatternRows: TokenRows {
  public let rowCount: Int
  public let length: Int
  public let vocabularySize: Int
  private let numbers: RandomNumbers

  public init(rowCount: Int = 64, length: Int = 24, vocabularySize: Int = 50, seed: UInt64 = 7) {
    self.rowCount = rowCount
    self.length = length
    self.vocabularySize = vocabularySize
    numbers = RandomNumbers(seed: seed, purpose: .dataOrder, name: "pattern")
  }

  public var digest: Digest { Digest(of: "pattern \(rowCount) \(length) \(vocabularySize)") }

  public func tokenCount(ofRow row: Int) -> Int { row % 3 == 2 ? max(2, length * 2 / 3) : length }

  public func copyRow(
    _ row: Int, tokens: UnsafeMutableBufferPointer<Int32>, targets: UnsafeMutableBufferPointer<Int32>
  ) {
    let count = tokenCount(ofRow: row)
    var token = numbers.integer(row * length, below: UInt64(vocabularySize))
    for position in 0..<length {
      tokens[position] = position < count ? Int32(token) : 0
      let draw = numbers.integer(row * length + position, below: 10)
      token = (token * (draw < 7 ? 3 : 5) + (draw == 9 ? draw : 1)) % UInt64(vocabularySize)
    }
    for position in 0..<length { targets[position] = position + 1 < count ? tokens[position + 1] : -1 }
  }
}
