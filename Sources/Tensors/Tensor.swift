import CKernels
import MemoryAccounting

/// A dense row-major matrix of numbers: a view of a slab. A vector is a matrix of one row.
///
/// Copying a tensor copies the view, not the numbers. Most tensors hold 32-bit floats; parameters, gradients and optimizer
/// state may be stored in fewer bits.
public struct Tensor: @unchecked Sendable {
  /// The memory that the view keeps alive.
  public let slab: Slab
  /// The first byte.
  public let address: UnsafeMutableRawPointer
  /// How the numbers are stored.
  public let elementType: ElementType
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// The number of elements.
  public var count: Int { rows * columns }

  /// The number of bytes.
  public var byteCount: Int { count * elementType.byteCount }

  /// A new matrix in a category of memory, filled with zeros.
  public init(
    rows: Int, columns: Int, elementType: ElementType = .float32, category: MemoryCategory, in memory: Memory
  ) {
    precondition(rows >= 0 && columns >= 0, "a matrix needs non-negative sizes")
    let slab = memory.allocate(byteCount: rows * columns * elementType.byteCount, category: category)
    self.init(slab: slab, address: slab.base, elementType: elementType, rows: rows, columns: columns)
    if !slab.isZero { address.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount) }
  }

  /// A view of a part of a slab.
  package init(
    slab: Slab, address: UnsafeMutableRawPointer, elementType: ElementType = .float32, rows: Int, columns: Int
  ) {
    self.slab = slab
    self.address = address
    self.elementType = elementType
    self.rows = rows
    self.columns = columns
  }

  /// The first element of a matrix of 32-bit floats.
  public var base: UnsafeMutablePointer<Float> {
    precondition(elementType == .float32, "a matrix of \(elementType.rawValue) numbers was read as 32-bit floats")
    return address.assumingMemoryBound(to: Float.self)
  }

  /// The first element of a matrix of bf16 numbers, as its bits.
  public var halves: UnsafeMutablePointer<UInt16> {
    precondition(elementType == .bfloat16, "a matrix of \(elementType.rawValue) numbers was read as bf16")
    return address.assumingMemoryBound(to: UInt16.self)
  }

  /// The first element of a matrix of codes.
  public var codes: UnsafeMutablePointer<UInt8> {
    precondition(elementType == .uint8, "a matrix of \(elementType.rawValue) numbers was read as codes")
    return address.assumingMemoryBound(to: UInt8.self)
  }

  /// Rows `range` as a view.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of a matrix of \(rows)")
    return Tensor(
      slab: slab, address: address + range.lowerBound * columns * elementType.byteCount, elementType: elementType,
      rows: range.count, columns: columns)
  }

  /// One row as a view.
  public func row(_ index: Int) -> Tensor { rows(index..<(index + 1)) }

  /// The same elements in another shape.
  public func reshaped(rows: Int, columns: Int) -> Tensor {
    precondition(rows * columns == count, "\(count) elements do not make \(rows) x \(columns)")
    return Tensor(slab: slab, address: address, elementType: elementType, rows: rows, columns: columns)
  }

  /// One element of a matrix of 32-bit floats.
  public subscript(row: Int, column: Int) -> Float {
    get { base[row * columns + column] }
    nonmutating set { base[row * columns + column] = newValue }
  }

  /// All elements of a matrix of 32-bit floats, row by row.
  public var elements: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: base, count: count) }

  /// All bytes.
  public var bytes: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: address, count: byteCount) }

  /// The elements as an array, bf16 widened and codes as numbers: for tests, files and small things.
  public var array: [Float] {
    switch elementType {
    case .float32: Array(elements)
    case .bfloat16: (0..<count).map { Float(bitPattern: UInt32(halves[$0]) << 16) }
    case .uint8: (0..<count).map { Float(codes[$0]) }
    }
  }

  /// Sets every element; codes take the number as it is.
  public func fill(_ value: Float) {
    switch elementType {
    case .float32: base.update(repeating: value, count: count)
    case .bfloat16:
      var half = UInt16(0)
      withUnsafePointer(to: value) { slk_round($0, &half, 1) }
      halves.update(repeating: half, count: count)
    case .uint8: codes.update(repeating: UInt8(value), count: count)
    }
  }

  /// Copies another tensor's elements here, widening or rounding to the nearest; the counts must be equal.
  public func copy(from other: Tensor) {
    precondition(other.count == count, "cannot copy \(other.count) elements to \(count)")
    switch (other.elementType, elementType) {
    case (.float32, .bfloat16): slk_round(other.base, halves, count)
    case (.bfloat16, .float32): slk_widen(other.halves, base, count)
    case let (from, to):
      precondition(from == to, "cannot copy \(from.rawValue) numbers to \(to.rawValue)")
      address.copyMemory(from: other.address, byteCount: byteCount)
    }
  }

  /// Copies an array's elements here, rounding to the nearest where fewer bits are stored; the counts must be equal.
  public func copy(from values: [Float]) {
    precondition(values.count == count, "cannot copy \(values.count) elements to \(count)")
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      switch elementType {
      case .float32: base.update(from: start, count: count)
      case .bfloat16: slk_round(start, halves, count)
      case .uint8: for index in 0..<count { codes[index] = UInt8(start[index]) }
      }
    }
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
