import COpenBLAS

/// An operand of a matrix product: a matrix as it is stored, or its transpose.
public protocol MatrixOperand {
  /// The matrix as it is stored.
  var stored: Tensor { get }
  /// Whether the transpose is meant.
  var isTransposed: Bool { get }
}

extension Tensor: MatrixOperand {
  public var stored: Tensor { self }
  public var isTransposed: Bool { false }

  /// The transpose, as an operand of a matrix product; nothing is moved.
  public var transposed: TransposedTensor { TransposedTensor(stored: self) }
}

/// The transpose of a matrix, as an operand of a matrix product.
public struct TransposedTensor: MatrixOperand {
  public let stored: Tensor
  public var isTransposed: Bool { true }
}

extension Compute {
  /// The most rows of a block of a product, and the most columns.
  ///
  /// A block of rows packs all of `b` anew and a block of columns all of `a`: the longer side is cut, into few blocks.
  private static let (mostRows, mostColumns) = (1032, 8192)
  /// What every cut between rows is a multiple of: the rows that OpenBLAS's Haswell and Zen kernels take at a time, so that
  /// the blocks together have the bits of the whole product. Columns have no such number.
  private static let (rowUnit, columnUnit) = (12, 16)

  /// How a result is cut into blocks: by its columns or by its rows, as many as two workers can share evenly, whatever the
  /// number of workers.
  static func cut(rows: Int, columns: Int) -> (byColumns: Bool, size: Int) {
    func size(_ length: Int, most: Int, unit: Int) -> Int {
      let pairs = max(1, (length + 2 * most - 1) / (2 * most))
      let even = (length + 2 * pairs - 1) / (2 * pairs)
      return (even + unit - 1) / unit * unit
    }
    return columns >= 2 * rows
      ? (true, size(columns, most: mostColumns, unit: columnUnit)) : (false, size(rows, most: mostRows, unit: rowUnit))
  }

  /// `c = scale · a b`, or `c += scale · a b` with `accumulate`.
  ///
  /// - Shapes: `a` is `[M, K]`, `b` is `[K, N]`, `c` is `[M, N]`.
  /// - Determinism: the blocks depend on the shapes alone, and each is one call of one-thread OpenBLAS.
  public func multiply(
    _ left: some MatrixOperand, _ right: some MatrixOperand, scale: Float = 1, into c: Tensor, accumulate: Bool = false
  ) {
    let (a, b) = (left.stored, right.stored)
    let (m, k) = left.isTransposed ? (a.columns, a.rows) : (a.rows, a.columns)
    let (k2, n) = right.isTransposed ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      k == k2 && c.rows == m && c.columns == n, "[\(m), \(k)] times [\(k2), \(n)] into [\(c.rows), \(c.columns)]")
    count(2 * m * n * k)
    guard [a, b, c].allSatisfy({ $0.elementType == .float32 }) else {
      return multiplyMixed(left, right, scale: scale, into: c, accumulate: accumulate)
    }
    let (byColumns, size) = Self.cut(rows: m, columns: n)
    workers.forEachRange(of: byColumns ? n : m, size: size) { range, _ in
      let offsetA = byColumns ? 0 : range.lowerBound * (left.isTransposed ? 1 : a.columns)
      let offsetB = byColumns ? range.lowerBound * (right.isTransposed ? b.columns : 1) : 0
      let offsetC = byColumns ? range.lowerBound : range.lowerBound * n
      multiplyBlock(
        rows: byColumns ? m : range.count, columns: byColumns ? range.count : n, inner: k, scale: scale,
        MatrixBlock(a.base + offsetA, stride: a.columns, isTransposed: left.isTransposed),
        MatrixBlock(b.base + offsetB, stride: b.columns, isTransposed: right.isTransposed),
        into: MatrixBlock(c.base + offsetC, stride: n), accumulate: accumulate)
    }
  }
}

/// A block of a larger matrix: its first element and the distance between its rows.
package struct MatrixBlock {
  package let base: UnsafeMutablePointer<Float>
  package let stride: Int
  package let isTransposed: Bool

  package init(_ base: UnsafeMutablePointer<Float>, stride: Int, isTransposed: Bool = false) {
    self.base = base
    self.stride = stride
    self.isTransposed = isTransposed
  }
}

/// One call of OpenBLAS: `c = scale · a b` or `c += scale · a b` of blocks, `a` being `[rows, inner]` as it is read.
package func multiplyBlock(
  rows: Int, columns: Int, inner: Int, scale: Float = 1, _ a: MatrixBlock, _ b: MatrixBlock, into c: MatrixBlock,
  accumulate: Bool = false
) {
  cblas_sgemm(
    CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans, Int32(rows),
    Int32(columns), Int32(inner), scale, a.base, Int32(a.stride), b.base, Int32(b.stride), accumulate ? 1 : 0, c.base,
    Int32(c.stride))
}
