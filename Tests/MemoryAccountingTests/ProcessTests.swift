import Foundation
import MemoryAccounting
import Testing

@Suite("The process's own memory") struct ProcessTests {
  @Test("Resident bytes are read from the process's status; without them there is nothing")
  func status() {
    let status = "Name:\tsltrain\nVmPeak:\t  99999 kB\nVmHWM:\t    6000 kB\nVmRSS:\t    5124 kB\nRssAnon:\t 1 kB\n"
    let memory = ProcessMemory(status: status)
    #expect(memory?.resident == 5124 * 1024 && memory?.peak == 6000 * 1024)
    #expect(ProcessMemory(status: "Name:\tsltrain\nVmRSS:\t 5124 kB\n") == nil)
    #expect(ProcessMemory(status: "") == nil)
  }

  #if os(Linux)
    @Test("The resident set grows by what is written, and with jemalloc falls when it is given back")
    func growth() throws {
      let memory = Memory()
      let bytes = 100 << 20
      let before = try #require(ProcessMemory.current)
      var block = memory.allocate(byteCount: bytes, category: .data) as Slab?
      let reserved = try #require(ProcessMemory.current)
      #expect(reserved.resident - before.resident < bytes / 10)
      memset(block!.base, 1, bytes)
      let written = try #require(ProcessMemory.current)
      #expect(abs(written.resident - before.resident - bytes) < bytes / 10)
      block = nil
      let after = try #require(ProcessMemory.current)
      if Memory.isCrossChecked { #expect(abs(after.resident - before.resident) < bytes / 10) }
      // The system counts both in parts that it adds up now and then.
      #expect(after.peak >= written.resident - bytes / 100)
    }

    @Test("What was mapped meanwhile is found, and none of its pages is in memory before it is written")
    func mapping() throws {
      let length = 512 << 20
      var address: UnsafeMutableRawPointer?
      let mapped = try #require(
        AddressSpace.mapped {
          address = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | Int32(MAP_ANONYMOUS), -1, 0)
        })
      let base = try #require(address)
      defer { munmap(base, length) }
      let range = UInt(bitPattern: base)..<UInt(bitPattern: base) + UInt(length)
      #expect(mapped.contains { $0.lowerBound <= range.lowerBound && $0.upperBound >= range.upperBound })
      #expect(mapped.reduce(0) { $0 + $1.count } < length + (64 << 20))
      #expect(AddressSpace.residentBytes(of: [range]) == 0)
      memset(base + (100 << 20), 1, 1 << 20)
      #expect(AddressSpace.residentBytes(of: [range]) == 1 << 20)
      // The same pages again, from the middle of one to the middle of another.
      let part = range.lowerBound + (100 << 20) + 100..<range.lowerBound + (100 << 20) + 9000
      #expect(AddressSpace.residentBytes(of: [range, part]) == 1 << 20)
      #expect(try #require(AddressSpace.residentBytes(of: [part])) >= part.count)
    }
  #endif

  @Test("Ranges are cut by others, wherever those lie")
  func difference() {
    let others: [Range<UInt>] = [10..<20, 30..<40]
    func left(_ ranges: Range<UInt>...) -> [Range<UInt>] { AddressSpace.difference(ranges, others) }
    #expect(left(10..<20, 30..<40) == [])
    #expect(left(0..<50) == [0..<10, 20..<30, 40..<50])
    #expect(left(0..<5, 12..<15, 18..<32, 45..<60) == [0..<5, 20..<30, 45..<60])
    #expect(left(20..<30) == [20..<30])
    #expect(AddressSpace.difference([1..<2, 5..<6], []) == [1..<2, 5..<6])
  }
}
