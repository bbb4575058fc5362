import MemoryAccounting
import Methods
import Modeling
import Tensors
import TestSupport
import Testing

@Suite("A sparse support")
struct SparseSupportTests {
  private let memory = Memory()
  private let numbers = RandomNumbers(seed: 42, purpose: .support, name: "a matrix")

  private func support(_ rows: Int, _ columns: Int, _ count: Int) -> SparseSupport {
    SparseSupport(rows: rows, columns: columns, count: count, numbers: numbers, in: memory)
  }

  private func take(_ positions: [Int32], _ support: SparseSupport) throws {
    try positions.withUnsafeBufferPointer { try support.take($0) }
  }

  @Test(
    "It holds the positions that were drawn",
    arguments: [(7, 5, 9), (40, 3, 100), (3, 65_536, 50), (3, 70_000, 50)])
  func draw(rows: Int, columns: Int, count: Int) {
    var drawn: [Int32] = []
    numbers.sample(count, below: rows * columns) { drawn.append(Int32($0)) }
    #expect(support(rows, columns, count).array == drawn)
  }

  @Test("It takes 2 bytes an entry and 4 a row; above 65 536 columns 4 an entry")
  func bytes() {
    #expect(support(60, 400, 720).byteCount == 2 * 720 + 4 * 61)
    #expect(support(5, 65_536, 77).byteCount == 2 * 77 + 4 * 6)
    #expect(support(5, 65_537, 77).byteCount == 4 * 77 + 4 * 6)
  }

  @Test("The category holds just these bytes, and jemalloc counts them too", .enabled(if: Memory.isCrossChecked))
  func allocatorAgrees() {
    // Together 8 192 bytes, one of the allocator's own sizes: nothing is rounded up.
    let support = support(1_023, 512, 2_048)
    withExtendedLifetime(support) {
      #expect(memory.usage(of: .sparseIndex).requested == 2 * 2_048 + 4 * 1_024)
      #expect(memory.read()[.sparseIndex]?.allocated == 2 * 2_048 + 4 * 1_024)
      #expect(MemoryCategory.allCases.filter { memory.usage(of: $0).peak > 0 } == [.sparseIndex])
    }
  }

  @Test("It takes other positions, also where rows are empty at the beginning, in between and at the end")
  func other() throws {
    for columns in [6, 70_000] {
      let support = support(8, columns, 4)
      let positions = [2 * columns + 5, 3 * columns, 6 * columns - 1, 6 * columns + 3].map(Int32.init)
      try take(positions, support)
      #expect(support.array == positions)
      try take([0, 1, 2, 3], support)
      #expect(support.array == [0, 1, 2, 3])
    }
  }

  @Test(
    "It refuses positions outside the matrix, twice the same and out of order, and stays as it was",
    arguments: [
      ([1, 2, 48], "element 2 is 48, expected below 48"), ([-1, 2, 4], "element 0 is -1, expected above -1"),
      ([1, 5, 5], "element 2 is 5, expected above 5"), ([7, 5, 9], "element 1 is 5, expected above 7"),
    ] as [([Int32], String)])
  func refuses(positions: [Int32], reason: String) {
    let support = support(8, 6, 3)
    let before = support.array
    let error = #expect(throws: UnexpectedIndex.self) { try take(positions, support) }
    #expect(error?.description.hasPrefix(reason) == true)
    #expect(support.array == before)
  }
}
