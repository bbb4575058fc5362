import MemoryAccounting

/// Temporaries that live within one operation, taken from and given back to one slab, as from a stack.
///
/// The slab is as large as ``highWater`` of a run that was laid out before (``init(in:byteCount:)``), or grows in parts while
/// the first step finds out how much is needed; later steps take the same temporaries in the same order and allocate
/// nothing. Not for use from two threads at once.
public final class Workspace {
  /// The most bytes that were in use at once, each temporary rounded up to 64: what one slab must hold.
  public private(set) var highWater = 0
  /// Bytes in use now.
  public private(set) var used = 0
  /// The most bytes that were in use at once since ``markPeak()``.
  public private(set) var peakSinceMark = 0
  private let memory: Memory
  private var slabs: [Slab] = []
  private var slab = 0
  private var offset = 0
  private let isSized: Bool
  private var standing: [Slab] = []
  private var standingBytes = 0
  /// How many of them lie at the start of the first slab.
  private var standingInSlab = 0
  private static let smallestSlab = 1 << 18
  private static let alignment = 64

  /// Creates a workspace.
  ///
  /// - Parameter byteCount: the bytes to set aside at once, or nil to find out.
  public init(in memory: Memory, byteCount: Int? = nil) {
    self.memory = memory
    isSized = byteCount != nil
    if let byteCount { slabs.append(memory.allocate(byteCount: byteCount, category: .workspace)) }
  }

  /// Begins a new stretch of time for ``peakSinceMark``.
  public func markPeak() { peakSinceMark = used }

  /// Runs `body` with a temporary matrix whose elements are undefined.
  public func withTemporary<Result>(
    rows: Int, columns: Int, _ body: (Tensor) throws -> Result
  ) rethrows -> Result {
    let mark = (slab, offset, used)
    defer { (slab, offset, used) = mark }
    return try body(take(rows: rows, columns: columns))
  }

  /// Runs `body`, which takes as many temporary matrices as it needs with `take(rows, columns)`; all of them end with it.
  public func withTemporaries<Result>(
    _ body: (_ take: (_ rows: Int, _ columns: Int) -> Tensor) throws -> Result
  ) rethrows -> Result {
    let mark = (slab, offset, used)
    defer { (slab, offset, used) = mark }
    return try body { take(rows: $0, columns: $1) }
  }

  /// A matrix that stays where it is at the bottom of the stack, and whose elements are undefined outside
  /// ``withStanding(_:)``: what one part of a step keeps over many operations, and the other parts use for temporaries.
  ///
  /// To be taken before the first temporary.
  public func takeStanding(rows: Int, columns: Int) -> Tensor {
    precondition(used == 0, "standing matrices lie below all temporaries")
    let bytes = Self.aligned(rows * columns * MemoryLayout<Float>.stride)
    defer { standingBytes += bytes }
    if isSized, standingInSlab + bytes <= slabs[0].byteCount {
      defer { standingInSlab += bytes }
      return Tensor(slab: slabs[0], address: slabs[0].base + standingInSlab, rows: rows, columns: columns)
    }
    standing.append(memory.allocate(byteCount: bytes, category: .workspace))
    return Tensor(slab: standing.last!, address: standing.last!.base, rows: rows, columns: columns)
  }

  /// Runs `body` with the standing matrices in use: its temporaries lie above them.
  public func withStanding<Result>(_ body: () throws -> Result) rethrows -> Result {
    precondition(used == 0, "standing matrices lie below all temporaries")
    defer { (slab, offset, used) = (0, 0, 0) }
    use(standingBytes)
    offset = standingInSlab
    return try body()
  }

  private func take(rows: Int, columns: Int) -> Tensor {
    let bytes = Self.aligned(rows * columns * MemoryLayout<Float>.stride)
    use(bytes)
    while slab < slabs.count, offset + bytes > slabs[slab].byteCount {
      slab += 1
      offset = 0
    }
    if slab == slabs.count {
      slabs.append(memory.allocate(byteCount: max(bytes, Self.smallestSlab), category: .workspace))
    }
    defer { offset += bytes }
    return Tensor(slab: slabs[slab], address: slabs[slab].base + offset, rows: rows, columns: columns)
  }

  private func use(_ bytes: Int) {
    used += bytes
    highWater = max(highWater, used)
    peakSinceMark = max(peakSinceMark, used)
  }

  private static func aligned(_ bytes: Int) -> Int { (bytes + alignment - 1) / alignment * alignment }
}
