import Configuration
import Corpus
import Tensors

/// Rows of random token ids without padding: the data of a run whose time is what matters.
struct RandomRows: TokenRows {
  let rowCount = 1 << 20
  let length: Int
  let vocabularySize: Int
  private let seed: UInt64

  init(length: Int, vocabularySize: Int, seed: UInt64) {
    self.length = length
    self.vocabularySize = vocabularySize
    self.seed = seed
  }

  var digest: Digest { Digest(of: "random ids below \(vocabularySize), \(length) a row, seed \(seed)") }

  func tokenCount(ofRow row: Int) -> Int { length }

  func copyRow(_ row: Int, tokens: UnsafeMutableBufferPointer<Int32>, targets: UnsafeMutableBufferPointer<Int32>) {
    let numbers = RandomNumbers(seed: seed, purpose: .dataOrder, name: "random row \(row)")
    for position in 0..<length {
      tokens[position] = Int32(numbers.integer(position, below: UInt64(vocabularySize)))
    }
    for position in 0..<length { targets[position] = position + 1 < length ? tokens[position + 1] : -1 }
  }
}
