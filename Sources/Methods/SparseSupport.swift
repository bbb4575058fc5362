// Z non-zeros.
import CKernels
import MemoryAccounting
import Modeling
import Tensors

/// Where a sparse matrix has its entries: a fixed random choice, kept by rows.
///
/// A row has the number of its first entry, in 4 bytes, and an entry its column, in 2 bytes where the matrix has at most
/// 65 536 columns and in 4 otherwise. (The official code keeps 8 bytes an entry, the position in the whole matrix.)
public struct SparseSupport: LayerIndices, @unchecked Sendable {
  /// The matrix's rows.
  public let rows: Int
  /// The matrix's columns.
  public let columns: Int
  /// `Z`, the number of entries.
  public let count: Int
  private let slab: Slab
  private let starts: UnsafeMutablePointer<Int32>
  private let narrow: UnsafeMutablePointer<UInt16>?
  private let wide: UnsafeMutablePointer<Int32>?

  /// The most entries, zeros included, that a matrix may have: files hold positions as 32-bit numbers.
  public static let mostEntries = Int(Int32.max)

  /// Chooses `count` entries of a matrix, each subset equally likely.
  public init(rows: Int, columns: Int, count: Int, numbers: RandomNumbers, in memory: Memory) {
    precondition(rows * columns <= Self.mostEntries, "positions in [\(rows), \(columns)] need more than 32 bits")
    let isWide = columns > Int(UInt16.max) + 1
    let startBytes = (rows + 1) * MemoryLayout<Int32>.stride
    let columnBytes = count * (isWide ? MemoryLayout<Int32>.stride : MemoryLayout<UInt16>.stride)
    (self.rows, self.columns, self.count) = (rows, columns, count)
    slab = memory.allocate(byteCount: startBytes + columnBytes, category: .sparseIndex)
    starts = slab.base.bindMemory(to: Int32.self, capacity: rows + 1)
    let rest = slab.base + startBytes
    narrow = isWide ? nil : rest.bindMemory(to: UInt16.self, capacity: count)
    wide = isWide ? rest.bindMemory(to: Int32.self, capacity: count) : nil
    fill { append in numbers.sample(count, below: rows * columns, append) }
  }

  /// The bytes that it takes.
  public var byteCount: Int { slab.byteCount }

  /// The same for the kernels; the support must outlive it.
  var kernelView: slk_support { slk_support(row_starts: starts, narrow: narrow, wide: wide) }

  /// Writes the positions `row · columns + column`, which ascend.
  public func write(to list: UnsafeMutableBufferPointer<Int32>) {
    for row in 0..<rows {
      for entry in Int(starts[row])..<Int(starts[row + 1]) {
        let column = wide.map { Int($0[entry]) } ?? Int(narrow![entry])
        list[entry] = Int32(row * columns + column)
      }
    }
  }

  /// Takes other positions, which must ascend and lie within the matrix.
  public func take(_ list: UnsafeBufferPointer<Int32>) throws(UnexpectedIndex) {
    precondition(list.count == count, "\(list.count) positions for a support of \(count)")
    let bound = rows * columns
    var last: Int32 = -1
    for (element, position) in list.enumerated() {
      guard position > last, Int(position) < bound else {
        let expected = position > last ? "below \(bound)" : "above \(last), the one before it"
        throw UnexpectedIndex(element: element, value: position, expected: expected)
      }
      last = position
    }
    fill { append in for position in list { append(Int(position)) } }
  }

  /// Moves the entries to other positions, which ascend and lie within the matrix.
  func move(to positions: [Int32]) {
    precondition(positions.count == count, "\(positions.count) positions for a support of \(count)")
    fill { append in for position in positions { append(Int(position)) } }
  }

  /// The numbers of the entries of some rows.
  func entries(ofRows range: Range<Int>) -> Range<Int> {
    Int(starts[range.lowerBound])..<Int(starts[range.upperBound])
  }

  /// Runs `body` for ranges of rows that hold about `entries` entries each and depend on the shape alone.
  func forEachPart(entries: Int, on workers: Workers, _ body: (_ first: Int, _ end: Int) -> Void) {
    workers.forEachRange(of: rows, size: max(1, rows * entries / max(1, count))) { range, _ in
      body(range.lowerBound, range.upperBound)
    }
  }

  private func fill(_ positions: (_ append: (Int) -> Void) -> Void) {
    // A run that is only laid out has none: writing them would take the memory that it is to do without.
    guard !slab.isZero else { return }
    var (row, entry) = (0, 0)
    starts[0] = 0
    func beginRow() {
      row += 1
      starts[row] = Int32(entry)
    }
    positions { position in
      while position >= (row + 1) * columns { beginRow() }
      let column = position - row * columns
      if let wide { wide[entry] = Int32(column) } else { narrow![entry] = UInt16(column) }
      entry += 1
    }
    while row < rows { beginRow() }
    precondition(entry == count, "\(entry) positions for a support of \(count)")
  }
}
