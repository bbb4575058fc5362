import COpenBLAS
import Foundation
import MemoryAccounting
import Synchronization

/// OpenBLAS's own work buffers: it maps them beside the allocator, one for every product that runs at the same time,
/// and never gives them back. They are in the process's resident set and in no arena.
public enum BlasBuffers {
  private struct Found {
    var addresses: Set<UInt> = []
    /// The bytes of a buffer: of the smallest stretch that was mapped for one, as another thread may map its neighbour.
    var byteCount: UInt?
  }

  private static let found = Mutex(Found())

  /// Finds the buffers that `workers` threads will use, by taking that many at once and looking where they were mapped.
  static func find(for workers: Int) {
    let count = min(workers, ProcessInfo.processInfo.activeProcessorCount)
    found.withLock { found in
      guard found.addresses.count < count || found.byteCount == nil else { return }
      var taken: [UnsafeMutableRawPointer] = []
      defer { taken.forEach(slb_give_back_buffer) }
      // One more where all of them had been in use before, since only a new one shows its size.
      while taken.count < count || found.byteCount == nil && taken.count == count {
        var buffer: UnsafeMutableRawPointer?
        let mapped = AddressSpace.mapped { buffer = slb_take_buffer() }
        guard let buffer, let mapped else { return }
        taken.append(buffer)
        let address = UInt(bitPattern: buffer)
        found.addresses.insert(address)
        guard let stretch = mapped.first(where: { $0.contains(address) }) else { continue }
        found.byteCount = min(found.byteCount ?? .max, stretch.upperBound - address)
      }
    }
  }

  /// Bytes of physical memory in the buffers; nil where they could not be found.
  public static var residentBytes: Int? {
    found.withLock { found in
      guard let byteCount = found.byteCount, !found.addresses.isEmpty else { return nil }
      return AddressSpace.residentBytes(of: found.addresses.map { $0..<$0 + byteCount })
    }
  }
}
