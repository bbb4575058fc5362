import MemoryAccounting

/// A dense row-major matrix of 32-bit floats: a view of a slab. A vector is a matrix of one row.
///
/// Copying a tensor copies the view, not the numbers.
public struct Tensor: @unchecked Sendable {
  /// The memory that the view keeps alive.
  public let slab: Slab
  /// The first element.
  public let base: UnsafeMutablePointer<Float>
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// The number of elements.
  public var count: Int { rows * columns }

  /// A new matrix in a category of memory, filled with zeros.
  public init(rows: Int, columns: Int, category: MemoryCategory, in memory: Memory) {
    precondition(rows >= 0 && columns >= 0, "a matrix needs non-negative sizes")
    let slab = memory.allocate(byteCount: rows * columns * MemoryLayout<Float>.stride, category: category)
    let base = slab.base.bindMemory(to: Float.self, capacity: rows * columns)
    base.initialize(repeating: 0, count: rows * columns)
    self.init(slab: slab, base: base, rows: rows, columns: columns)
  }

  init(slab: Slab, base: UnsafeMutablePointer<Float>, rows: Int, columns: Int) {
    self.slab = slab
    self.base = base
    self.rows = rows
    self.columns = columns
  }

  /// Rows `range` as a view.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of a matrix of \(rows)")
    return Tensor(slab: slab, base: base + range.lowerBound * columns, rows: range.count, columns: columns)
  }

  /// One row as a view.
  public func row(_ index: Int) -> Tensor { rows(index..<(index + 1)) }

  /// The same elements in another shape.
  public func reshaped(rows: Int, columns: Int) -> Tensor {
    precondition(rows * columns == count, "\(count) elements do not make \(rows) x \(columns)")
    return Tensor(slab: slab, base: base, rows: rows, columns: columns)
  }

  /// One element.
  public subscript(row: Int, column: Int) -> Float {
    get { base[row * columns + column] }
    nonmutating set { base[row * columns + column] = newValue }
  }

  /// All elements, row by row.
  public var elements: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: base, count: count) }

  /// The elements as an array: for tests, files and small things.
  public var array: [Float] { Array(elements) }

  /// Sets every element.
  public func fill(_ value: Float) { base.update(repeating: value, count: count) }

  /// Copies another tensor's elements here; the counts must be equal.
  public func copy(from other: Tensor) {
    precondition(other.count == count, "cannot copy \(other.count) elements to \(count)")
    base.update(from: other.base, count: count)
  }

  /// Copies an array's elements here; the counts must be equal.
  public func copy(from values: [Float]) {
    precondition(values.count == count, "cannot copy \(values.count) elements to \(count)")
    values.withUnsafeBufferPointer { if let start = $0.baseAddress { base.update(from: start, count: count) } }
  }
}

/// A list of 32-bit whole numbers: positions of a sparse matrix's entries, token ids.
public struct IndexTensor: @unchecked Sendable {
  /// The memory that the view keeps alive.
  public let slab: Slab
  /// The first element.
  public let base: UnsafeMutablePointer<Int32>
  /// The number of elements.
  public let count: Int

  /// A new list in a category of memory, filled with zeros.
  public init(count: Int, category: MemoryCategory, in memory: Memory) {
    slab = memory.allocate(byteCount: count * MemoryLayout<Int32>.stride, category: category)
    base = slab.base.bindMemory(to: Int32.self, capacity: count)
    base.initialize(repeating: 0, count: count)
    self.count = count
  }

  /// All elements.
  public var elements: UnsafeMutableBufferPointer<Int32> { UnsafeMutableBufferPointer(start: base, count: count) }

  /// The elements as an array.
  public var array: [Int32] { Array(elements) }
}
