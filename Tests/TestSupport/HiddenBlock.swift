import CMemory

#if Jemalloc
  import CJemalloc
#endif

/// A block that is taken from an arena behind the ledger's back: what the check against the allocator's books must
/// find.
public final class HiddenBlock {
  private let base: UnsafeMutableRawPointer
  private let byteCount: Int

  /// Takes a block from the arena that another block is in; nil where the allocator has no arenas.
  public init?(beside other: UnsafeRawPointer, byteCount: Int) {
    guard let arena = Self.arena(of: other), let base = slt_allocate(arena, byteCount, nil) else { return nil }
    self.base = base
    self.byteCount = byteCount
  }

  /// Writes all of it.
  public func fill() { base.initializeMemory(as: UInt8.self, repeating: 1, count: byteCount) }

  deinit { slt_free(base, byteCount) }

  private static func arena(of block: UnsafeRawPointer) -> Int32? {
    #if Jemalloc
      var arena = UInt32(0)
      var size = MemoryLayout<UInt32>.size
      var address: UnsafeRawPointer? = block
      let status = mallctl("arenas.lookup", &arena, &size, &address, MemoryLayout<UnsafeRawPointer>.size)
      return status == 0 ? Int32(arena) : nil
    #else
      return nil
    #endif
  }
}
