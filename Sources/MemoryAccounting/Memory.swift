import CMemory
import Foundation
import Synchronization

/// The ledger of tensor memory: one arena a category, live and peak bytes by category and in all.
///
/// Every block that it hands out is counted twice, by the counters here and by the allocator's own arena statistics;
/// ``crossCheck()`` compares the two.
public final class Memory: Sendable {
  /// Bytes of one category, or of all.
  public struct Usage: Equatable, Sendable {
    /// Bytes that were asked for and are live.
    public var requested = 0
    /// Bytes that the allocator set aside for them.
    public var usable = 0
    /// The most bytes that were ever live at once (requested).
    public var peak = 0
    /// The most bytes that the allocator ever set aside at once.
    public var usablePeak = 0
  }

  private struct Ledger {
    var byCategory: [Usage]
    var total = Usage()
    var allocations = 0
    /// The bytes of every live block by its address.
    var blocks: [UInt: Int] = [:]
  }

  /// Whether blocks are only counted: their addresses read as zero, and take memory where they are written.
  public let isPlanned: Bool
  private let arenas: [Int32]
  private let ledger: Mutex<Ledger>

  /// Creates a ledger with an arena for each category.
  ///
  /// - Parameter isPlanned: whether blocks are only counted, so that a run can be laid out that would not fit.
  public init(isPlanned: Bool = false) {
    self.isPlanned = isPlanned
    ledger = Mutex(Ledger(byCategory: MemoryCategory.allCases.map { _ in Usage() }))
    guard !isPlanned else {
      arenas = []
      return
    }
    arenas = MemoryCategory.allCases.map { _ in
      let arena = slt_arena_create()
      precondition(arena >= 0, "the allocator gives no more arenas")
      return arena
    }
  }

  deinit { arenas.forEach { slt_arena_destroy($0) } }

  /// The allocator that serves this process: `jemalloc 5.3.0-…` or `system`.
  public static var allocator: String {
    let version = String(cString: slt_allocator_version())
    return slt_has_jemalloc() ? "jemalloc \(version)" : version
  }

  /// Whether the allocator counts its arenas itself, so that ``crossCheck()`` says something.
  public static var isCrossChecked: Bool { slt_has_jemalloc() }

  /// A block of memory in a category's arena, not cleared, aligned to 64 bytes.
  public func allocate(byteCount: Int, category: MemoryCategory) -> Slab {
    let byteCount = max(byteCount, 1)
    let index = Self.index(of: category)
    var usable = slt_usable(byteCount)
    let block = isPlanned ? slt_reserve(byteCount) : slt_allocate(arenas[index], byteCount, &usable)
    guard let base = block else { Self.endProcess(missing: byteCount, category, live: total.requested) }
    ledger.withLock { ledger in
      ledger.allocations += 1
      ledger.blocks[UInt(bitPattern: base)] = byteCount
      Self.add(byteCount, usable, to: &ledger.byCategory[index])
      Self.add(byteCount, usable, to: &ledger.total)
    }
    return Slab(base: base, byteCount: byteCount, usableByteCount: usable, category: category, memory: self)
  }

  /// Ends the process with a line for the user: nothing sensible can be done without the memory, and no trace of a stack
  /// would help.
  private static func endProcess(missing: Int, _ category: MemoryCategory, live: Int) -> Never {
    let line =
      "error: the system gives no \(missing) bytes for \(category.rawValue) beside the \(live) that are live; use a "
      + "smaller batch or model\n"
    FileHandle.standardError.write(Data(line.utf8))
    exit(unavailable)
  }

  /// The exit code of a program that lacks something outside it: EX_UNAVAILABLE of `sysexits.h`.
  private static let unavailable: Int32 = 69

  fileprivate func release(_ slab: Slab) {
    let index = Self.index(of: slab.category)
    ledger.withLock { ledger in
      ledger.blocks[UInt(bitPattern: slab.base)] = nil
      Self.add(-slab.byteCount, -slab.usableByteCount, to: &ledger.byCategory[index])
      Self.add(-slab.byteCount, -slab.usableByteCount, to: &ledger.total)
    }
    if isPlanned { slt_unreserve(slab.base, slab.byteCount) } else { slt_free(slab.base, slab.byteCount) }
  }

  /// Live and peak bytes of a category.
  public func usage(of category: MemoryCategory) -> Usage {
    ledger.withLock { $0.byCategory[Self.index(of: category)] }
  }

  /// Live bytes in all, and the peak of the sum (not the sum of the categories' peaks).
  public var total: Usage { ledger.withLock { $0.total } }

  /// How many blocks have been handed out since the start: a step that allocates nothing leaves it as it was.
  public var allocationCount: Int { ledger.withLock { $0.allocations } }

  /// Reads the bytes of every category, as they are counted here and as the allocator counts them itself.
  public func read() -> [MemoryCategory: MemoryReading] {
    if !isPlanned { slt_refresh_statistics() }
    func known(_ bytes: Int64) -> Int? { bytes < 0 ? nil : Int(bytes) }
    return Dictionary(
      uniqueKeysWithValues: MemoryCategory.allCases.map { category in
        let usage = usage(of: category)
        var reading = MemoryReading(requested: usage.requested, usable: usage.usable)
        if !isPlanned {
          let arena = arenas[Self.index(of: category)]
          reading.allocated = known(slt_arena_allocated(arena))
          reading.resident = known(slt_arena_resident(arena))
        }
        return (category, reading)
      })
  }

  /// The categories whose own count differs from the allocator's: empty when all is well.
  public func crossCheck() -> [MemoryCategory] {
    let readings = read()
    return MemoryCategory.allCases.filter { readings[$0]?.agrees == false }
  }

  /// Bytes of physical memory behind the live blocks, in whole pages: what has been written so far; nil where the
  /// system does not say.
  public var touchedBytes: Int? {
    guard !isPlanned else { return nil }
    return ledger.withLock { ledger in
      AddressSpace.residentBytes(of: ledger.blocks.lazy.map { $0.key..<$0.key + UInt($0.value) })
    }
  }

  private static func index(of category: MemoryCategory) -> Int {
    switch category {
    case .weights: 0
    case .gradients: 1
    case .optimizerState: 2
    case .projector: 3
    case .sparseIndex: 4
    case .activations: 5
    case .workspace: 6
    case .data: 7
    }
  }

  private static func add(_ requested: Int, _ usable: Int, to usage: inout Usage) {
    usage.requested += requested
    usage.usable += usable
    usage.peak = max(usage.peak, usage.requested)
    usage.usablePeak = max(usage.usablePeak, usage.usable)
  }
}

/// A block of tensor memory; it goes back to its arena when the last reference is gone.
public final class Slab: @unchecked Sendable {
  /// The first byte, aligned to 64.
  public let base: UnsafeMutableRawPointer
  /// Bytes that were asked for.
  public let byteCount: Int
  /// Bytes that the allocator set aside.
  public let usableByteCount: Int
  /// What the block is for.
  public let category: MemoryCategory
  private let memory: Memory

  /// Whether the block is known to read as zero when it is new.
  public var isZero: Bool { memory.isPlanned }

  fileprivate init(
    base: UnsafeMutableRawPointer, byteCount: Int, usableByteCount: Int, category: MemoryCategory, memory: Memory
  ) {
    self.base = base
    self.byteCount = byteCount
    self.usableByteCount = usableByteCount
    self.category = category
    self.memory = memory
  }

  deinit { memory.release(self) }
}
