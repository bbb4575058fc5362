import Foundation
import MemoryAccounting
import TestSupport
import Tensors
import Testing

#if os(Linux)
  @Suite("OpenBLAS's own buffers")
  struct BlasBuffersTests {
    @Test("What the first products take beside their tensors is in the buffers that were found", arguments: [1, 2])
    func found(workers: Int) async {
      // In a process of its own: buffers that other tests have used would not grow.
      await #expect(processExitsWith: .success) { [workers] in
        let compute = Compute(workers: workers)
        let size = 1500
        let (a, b) = (compute.zeros(size, size, .data), compute.zeros(size, size, .data))
        let c = compute.zeros(size, size, .data)
        let before = try #require(BlasBuffers.residentBytes)
        let anonymousBefore = try #require(BlasBuffersTests.anonymousBytes)
        compute.multiply(a, b, into: c)
        compute.multiply(a.transposed, b, into: c)
        let grown = try #require(BlasBuffers.residentBytes) - before
        let anonymousGrown = try #require(BlasBuffersTests.anonymousBytes) - anonymousBefore
        try #require(grown >= 256 << 10, "the buffers grew by \(grown) bytes")
        // A thread's stack is not in them.
        try #require(abs(anonymousGrown - grown) <= grown / 4, "\(anonymousGrown) bytes, \(grown) in the buffers")
      }
    }

    @Test("A computation that is only laid out takes no buffer, and each later one finds them as they are")
    func repeated() async {
      await #expect(processExitsWith: .success) {
        _ = Compute(memory: Memory(isPlanned: true))
        try #require(BlasBuffers.residentBytes == nil)
        let memory = Memory()
        let mapped = try #require(AddressSpace.mapped { _ = Compute(memory: memory) })
        let again = try #require(AddressSpace.mapped { _ = Compute(memory: memory) })
        // A buffer has room for the panels of the largest product, far more than anything else that is mapped here.
        try #require(mapped.reduce(0) { $0 + $1.count } >= 16 << 20)
        try #require(again.reduce(0) { $0 + $1.count } < 16 << 20)
        try #require(BlasBuffers.residentBytes != nil)
      }
    }

    /// Bytes in physical memory that are no file's: without the pages of code that a first product reads.
    private static var anonymousBytes: Int? {
      let status = FileManager.default.contents(atPath: "/proc/self/status").map { String(decoding: $0, as: UTF8.self) }
      let line = status?.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
      return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 }
    }
  }
#endif
