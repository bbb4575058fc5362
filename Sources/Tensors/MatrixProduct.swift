import COpenBLAS

/// How an operand of a matrix product is read.
public enum Orientation: Sendable {
  /// As it is stored.
  case asIs
  /// Transposed.
  case transposed

  var blas: CBLAS_TRANSPOSE { self == .asIs ? CblasNoTrans : CblasTrans }
}

extension Compute {
  /// Rows of a block of a product: a multiple of 12, the block of OpenBLAS's Haswell and Zen kernels, so that the blocks
  /// together have the bits of the whole product.
  private static let rowBlock = 192
  /// Columns of a block where there are too few rows for two.
  private static let columnBlock = 256

  /// `c = scale · op(a) op(b)`, or `c += …` with `accumulate`; `op` transposes where asked.
  ///
  /// - Shapes: `op(a)` is `[M, K]`, `op(b)` is `[K, N]`, `c` is `[M, N]`.
  /// - Determinism: the blocks depend on the shapes alone, and each is one call of one-thread OpenBLAS.
  public func multiply(
    _ a: Tensor, _ orientationA: Orientation = .asIs, _ b: Tensor, _ orientationB: Orientation = .asIs,
    scale: Float = 1, into c: Tensor, accumulate: Bool = false
  ) {
    let (m, k) = orientationA == .asIs ? (a.rows, a.columns) : (a.columns, a.rows)
    let (k2, n) = orientationB == .asIs ? (b.rows, b.columns) : (b.columns, b.rows)
    precondition(k == k2 && c.rows == m && c.columns == n, "[\(m), \(k)] times [\(k2), \(n)] into [\(c.rows), \(c.columns)]")
    let byColumns = m <= Self.rowBlock && n > Self.columnBlock
    let extent = byColumns ? n : m
    workers.forEachRange(of: extent, size: byColumns ? Self.columnBlock : Self.rowBlock) { range, _ in
      let offsetA = byColumns ? 0 : range.lowerBound * (orientationA == .asIs ? a.columns : 1)
      let offsetB = byColumns ? range.lowerBound * (orientationB == .asIs ? 1 : b.columns) : 0
      let offsetC = byColumns ? range.lowerBound : range.lowerBound * n
      cblas_sgemm(
        CblasRowMajor, orientationA.blas, orientationB.blas, Int32(byColumns ? m : range.count),
        Int32(byColumns ? range.count : n), Int32(k), scale, a.base + offsetA, Int32(a.columns), b.base + offsetB,
        Int32(b.columns), accumulate ? 1 : 0, c.base + offsetC, Int32(n))
    }
  }
}
