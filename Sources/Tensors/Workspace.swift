import MemoryAccounting

/// Temporaries that live within one operation, taken from and given back to slabs that stay.
///
/// The first step of a training run finds out how much is needed; later steps take the same temporaries in the same
/// order and allocate nothing. Not for use from two threads at once.
public final class Workspace {
  private let memory: Memory
  private var slabs: [Slab] = []
  private var slab = 0
  private var offset = 0
  private static let smallestSlab = 1 << 18
  private static let alignment = 64

  /// Creates an empty workspace.
  public init(in memory: Memory) { self.memory = memory }

  /// Runs `body` with a temporary matrix whose elements are undefined.
  public func withTemporary<Result>(
    rows: Int, columns: Int, _ body: (Tensor) throws -> Result
  ) rethrows -> Result {
    let mark = (slab, offset)
    defer { (slab, offset) = mark }
    return try body(take(rows: rows, columns: columns))
  }

  /// Runs `body`, which takes as many temporary matrices as it needs with `take(rows, columns)`; all of them end with it.
  public func withTemporaries<Result>(
    _ body: (_ take: (_ rows: Int, _ columns: Int) -> Tensor) throws -> Result
  ) rethrows -> Result {
    let mark = (slab, offset)
    defer { (slab, offset) = mark }
    return try body { take(rows: $0, columns: $1) }
  }

  private func take(rows: Int, columns: Int) -> Tensor {
    let bytes = (rows * columns * MemoryLayout<Float>.stride + Self.alignment - 1) / Self.alignment * Self.alignment
    while slab < slabs.count {
      if offset + bytes <= slabs[slab].byteCount {
        let base = (slabs[slab].base + offset).assumingMemoryBound(to: Float.self)
        offset += bytes
        return Tensor(slab: slabs[slab], base: base, rows: rows, columns: columns)
      }
      slab += 1
      offset = 0
    }
    slabs.append(memory.allocate(byteCount: max(bytes, Self.smallestSlab), category: .workspace))
    return take(rows: rows, columns: columns)
  }
}
