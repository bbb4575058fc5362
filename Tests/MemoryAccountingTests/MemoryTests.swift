import Foundation
import MemoryAccounting
import TestSupport
import Testing

@Suite("The ledger of tensor memory") struct MemoryTests {
  private let memory = Memory()

  @Test("A block is counted in its category and in all while it lives; the peaks stay")
  func counting() {
    var blocks = [memory.allocate(byteCount: 1000, category: .weights)]
    blocks.append(memory.allocate(byteCount: 5000, category: .gradients))
    blocks.append(memory.allocate(byteCount: 3000, category: .weights))
    #expect(memory.usage(of: .weights).requested == 4000 && memory.usage(of: .gradients).requested == 5000)
    #expect(memory.total.requested == 9000 && memory.allocationCount == 3)
    #expect(memory.total.usable == blocks.reduce(0) { $0 + $1.usableByteCount })
    #expect(blocks.allSatisfy { $0.usableByteCount >= $0.byteCount && UInt(bitPattern: $0.base) % 64 == 0 })
    blocks.removeFirst()
    #expect(memory.usage(of: .weights).requested == 3000 && memory.usage(of: .weights).peak == 4000)
    blocks.removeAll()
    #expect(memory.total.requested == 0 && memory.total.usable == 0)
    #expect(memory.total.peak == 9000 && memory.usage(of: .gradients).peak == 5000)
    #expect(memory.allocationCount == 3)
  }

  @Test("Every category's bytes are those that the allocator counts in its arena, whatever the sizes")
  func books() {
    var blocks: [Slab] = []
    for (index, category) in MemoryCategory.allCases.enumerated() {
      blocks += [1, 64, 4097, 300_000 + 77 * index].map { memory.allocate(byteCount: $0, category: category) }
    }
    let readings = memory.read()
    #expect(readings.count == MemoryCategory.allCases.count)
    for (category, reading) in readings {
      #expect(reading.requested == memory.usage(of: category).requested)
      #expect(reading.usable == memory.usage(of: category).usable)
      if Memory.isCrossChecked {
        #expect(reading.allocated == reading.usable)
        #expect(reading.resident.map { $0 >= reading.usable } == true)
      }
    }
    blocks.removeAll()
    #expect(memory.crossCheck().isEmpty)
    if Memory.isCrossChecked { #expect(memory.read().values.allSatisfy { $0.allocated == 0 }) }
  }

  @Test("Without an allocator that keeps books there is nothing to compare, and nothing is made up")
  func withoutBooks() {
    let block = memory.allocate(byteCount: 1000, category: .data)
    let isKnown = memory.read().values.allSatisfy { $0.allocated != nil && $0.resident != nil }
    #expect(isKnown == Memory.isCrossChecked)
    #expect(Memory.allocator.hasPrefix(Memory.isCrossChecked ? "jemalloc " : "system"))
    _ = block
  }

  @Test("A block that was taken behind the ledger's back is found in its category", .enabled(if: Memory.isCrossChecked))
  func leaks() throws {
    let weights = memory.allocate(byteCount: 4096, category: .weights)
    let data = memory.allocate(byteCount: 4096, category: .data)
    #expect(memory.crossCheck().isEmpty)
    var hidden = HiddenBlock(beside: weights.base, byteCount: 64)
    #expect(hidden != nil && memory.crossCheck() == [.weights])
    let other = try #require(HiddenBlock(beside: data.base, byteCount: 1 << 20))
    #expect(memory.crossCheck() == [.weights, .data])
    let readings = memory.read()
    #expect(readings[.weights]?.agrees == false && readings[.gradients]?.agrees == true)
    hidden = nil
    #expect(memory.crossCheck() == [.data])
    withExtendedLifetime((hidden, other)) {}
  }

  @Test("A planned ledger counts what a real one counts, and takes no memory")
  func planned() throws {
    func peaks(_ memory: Memory) -> [Memory.Usage] {
      let kept = memory.allocate(byteCount: 12_345, category: .weights)
      for size in [1, 100, 5_198_500, 64_000_000] { _ = memory.allocate(byteCount: size, category: .activations) }
      return withExtendedLifetime(kept) { MemoryCategory.allCases.map(memory.usage(of:)) + [memory.total] }
    }
    #expect(peaks(Memory(isPlanned: true)) == peaks(memory))
    guard let before = ProcessMemory.current else { return }
    let planned = Memory(isPlanned: true)
    let block = planned.allocate(byteCount: 1 << 36, category: .weights)
    #expect(block.base.load(fromByteOffset: 1 << 35, as: UInt64.self) == 0)
    let after = try #require(ProcessMemory.current)
    #expect(after.resident - before.resident < 16 << 20)
    #expect(planned.touchedBytes == nil && planned.read()[.weights]?.allocated == nil)
  }

  #if os(Linux)
    @Test("What has been written of the blocks is counted page by page, each page once")
    func touched() throws {
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      let empty = try #require(memory.touchedBytes)
      #expect(empty == 0)
      let large = memory.allocate(byteCount: 64 << 20, category: .weights)
      let untouched = try #require(memory.touchedBytes)
      #expect(untouched <= 4 * page)
      for index in 0..<100 { large.base.storeBytes(of: 1, toByteOffset: (200 + 3 * index) * page, as: UInt8.self) }
      #expect(try #require(memory.touchedBytes) == untouched + 100 * page)
      memset(large.base, 1, large.byteCount)
      let whole = try #require(memory.touchedBytes)
      #expect((large.byteCount...large.byteCount + page).contains(whole))
      // Many small blocks lie in few pages.
      let small = (0..<16).map { _ in memory.allocate(byteCount: 64, category: .data) }
      small.forEach { memset($0.base, 1, 64) }
      let pages = Set(small.map { UInt(bitPattern: $0.base) / UInt(page) })
      let both = try #require(memory.touchedBytes)
      #expect(pages.count < small.count && both - whole == pages.count * page)
      withExtendedLifetime((large, small)) {}
    }
  #endif
}
