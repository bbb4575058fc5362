import Configuration
import Corpus
import Foundation
import MemoryAccounting
import Testing

@Suite("Rows")
struct RowTests {
  @Test("A sequential order repeats the rows as they stand")
  func sequential() {
    let sequence = RowSequence(order: .sequential, seed: 1, rowCount: 3)
    #expect((0..<7).map { sequence.row(at: $0) } == [0, 1, 2, 0, 1, 2, 0])
  }

  @Test("Every epoch of a shuffled order meets every row once", arguments: [1, 2, 3, 5, 16, 17, 64, 1000, 4097])
  func permutation(rowCount: Int) {
    let sequence = RowSequence(order: .shuffled, seed: 7, rowCount: rowCount)
    for epoch in 0..<3 {
      let rows = (0..<rowCount).map { sequence.row(at: epoch * rowCount + $0) }
      #expect(rows.sorted() == Array(0..<rowCount))
    }
  }

  @Test("Epochs and seeds have orders of their own")
  func orders() {
    func epoch(_ epoch: Int, seed: UInt64) -> [Int] {
      let sequence = RowSequence(order: .shuffled, seed: seed, rowCount: 100)
      return (0..<100).map { sequence.row(at: epoch * 100 + $0) }
    }
    let orders = [epoch(0, seed: 1), epoch(1, seed: 1), epoch(2, seed: 1), epoch(0, seed: 2), epoch(0, seed: 1 << 40)]
    #expect(Set(orders).count == orders.count)
    #expect(epoch(1, seed: 1) == orders[1])
    #expect(!orders.contains(Array(0..<100)))
  }

  @Test("Over many epochs each row stands at each position about equally often")
  func uniform() {
    let sequence = RowSequence(order: .shuffled, seed: 3, rowCount: 10)
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 10)
    for position in 0..<20_000 { counts[position % 10][sequence.row(at: position)] += 1 }
    // 2000 epochs, so 200 expected; five standard deviations are 67.
    #expect(counts.allSatisfy { $0.allSatisfy { (133...267).contains($0) } }, "\(counts)")
  }

  @Test("Neighbours in a shuffled order are not neighbours in the data")
  func scattered() {
    let sequence = RowSequence(order: .shuffled, seed: 5, rowCount: 10_000)
    let near = (0..<9999).count { abs(sequence.row(at: $0 + 1) - sequence.row(at: $0)) <= 10 }
    // 20 rows of 10,000 are near by chance: 20 of 9,999 positions.
    #expect(near < 50)
  }

  @Test("A row far into training is found at once, whatever the number of rows")
  func farPositions() {
    for rowCount in [1 << 20, 5_700_000_001] {
      let sequence = RowSequence(order: .shuffled, seed: 5, rowCount: rowCount)
      let rows = (0..<100).map { sequence.row(at: 1000 * rowCount + $0) }
      #expect(Set(rows).count == 100 && rows.allSatisfy { (0..<rowCount).contains($0) })
    }
  }

  /// Rows of made-up ids: row `r` has `r + 1` tokens.
  private struct Staircase: TokenRows {
    let rowCount = 4
    let length = 4
    let vocabularySize = 100
    let digest = Digest(of: "staircase")
    func tokenCount(ofRow row: Int) -> Int { row + 1 }
    func copyRow(_ row: Int, tokens: UnsafeMutableBufferPointer<Int32>, targets: UnsafeMutableBufferPointer<Int32>) {
      for position in 0..<length {
        tokens[position] = position <= row ? Int32(10 * row + position) : 0
        targets[position] = position < row ? Int32(10 * row + position + 1) : -1
      }
    }
  }

  @Test("A batch holds the rows asked for and counts their tokens and targets")
  func batch() {
    let memory = Memory()
    let batch = TokenBatch(rows: 2, length: 4, in: memory)
    #expect(memory.usage(of: .data).requested == 64)
    batch.fill(from: Staircase(), rows: [3, 1])
    #expect(batch.tokens.array == [30, 31, 32, 33, 10, 11, 0, 0])
    #expect(batch.targets.array == [31, 32, 33, -1, 11, -1, -1, -1])
    #expect(batch.tokenCount == 6 && batch.targetCount == 4)
    let allocations = memory.allocationCount
    batch.fill(from: Staircase(), rows: [2])
    #expect(batch.tokens.array == [20, 21, 22, 0, 0, 0, 0, 0])
    #expect(batch.targets.array == [21, 22, -1, -1, -1, -1, -1, -1])
    #expect(batch.tokenCount == 3 && batch.targetCount == 2)
    #expect(memory.allocationCount == allocations)
  }
}
