// M rows, N columns, K = min(M, N), R rank.
import COpenBLAS

extension Compute {
  /// The thin singular value decomposition `a = U diag(σ) Vᵀ`, the values descending.
  ///
  /// A singular vector's sign is arbitrary; here the entry of largest magnitude in each right vector is positive, so
  /// that the result does not hang on the version of LAPACK.
  ///
  /// - Shapes: `a` is `[M, N]`, `left` (U) `[M, K]`, `values` (σ) `[1, K]`, `right` (Vᵀ) `[K, N]`.
  /// - Parameter scratch: where the temporaries come from; ``workspace`` if nil.
  /// - Returns: false where LAPACK did not converge or `a` holds a number that is not finite; the results are then
  ///   undefined.
  /// - Source: LAPACK's `sgesdd` (divide and conquer).
  public func singularValueDecomposition(
    of a: Tensor, left: Tensor, values: Tensor, right: Tensor, scratch: Workspace? = nil
  ) -> Bool {
    let rank = min(a.rows, a.columns)
    precondition(
      left.rows == a.rows && left.columns == rank && values.count == rank && right.rows == rank
        && right.columns == a.columns, "the factors of [\(a.rows), \(a.columns)] have other shapes")
    // LAPACK scales an infinity away and reports success.
    guard sumOfSquares(a).isFinite else { return false }
    return (scratch ?? workspace).withTemporaries { take in
      let buffers = DecompositionScratch(rows: a.rows, columns: a.columns, taking: take)
      guard !isPlanned else { return true }
      buffers.copy.copy(from: a)
      // LAPACK reads the row-major matrix as its transpose, whose left vectors are the right ones here.
      var (rows, columns, inner) = (Int32(a.columns), Int32(a.rows), Int32(rank))
      var (workCount, status) = (Int32(buffers.work.count), Int32(0))
      sgesdd_(
        "S", &rows, &columns, buffers.copy.base, &rows, values.base, right.base, &rows, left.base, &inner,
        buffers.work.base, &workCount, buffers.integers, &status)
      guard status == 0 else { return false }
      fixSigns(left: left, right: right)
      return true
    }
  }

  /// Replaces the rows of `q` by an orthonormal basis of what they span, completed where they are dependent.
  ///
  /// - Shapes: `q` is `[R, N]` with `R ≤ N`.
  /// - Source: LAPACK's `sgeqrf` and `sorgqr` (Householder reflections).
  public func orthonormalizeRows(of q: Tensor) {
    precondition(q.rows <= q.columns, "\(q.rows) vectors of \(q.columns) numbers cannot all be orthogonal")
    guard q.rows > 0 else { return }
    workspace.withTemporaries { take in
      let buffers = ReflectionScratch(vectors: q.rows, length: q.columns, taking: take)
      guard !isPlanned else { return }
      var (rows, columns, status) = (Int32(q.columns), Int32(q.rows), Int32(0))
      var workCount = Int32(buffers.work.count)
      sgeqrf_(&rows, &columns, q.base, &rows, buffers.scalars.base, buffers.work.base, &workCount, &status)
      sorgqr_(&rows, &columns, &columns, q.base, &rows, buffers.scalars.base, buffers.work.base, &workCount, &status)
    }
  }

  /// The leading singular vectors on the shorter side of `g`, one a row: the right ones where `M ≥ N`, else the left ones.
  ///
  /// - Shapes: `g` is `[M, N]`, `vectors` is `[R, K]`.
  /// - Returns: false where the decomposition failed; `vectors` is then as it was.
  public func leadingSingularVectors(of g: Tensor, into vectors: Tensor) -> Bool {
    workspace.withTemporaries { take in
      let buffers = VectorScratch(rows: g.rows, columns: g.columns, taking: take)
      guard singularValueDecomposition(of: g, left: buffers.left, values: buffers.values, right: buffers.right) else {
        return false
      }
      guard !isPlanned else { return true }
      if g.rows >= g.columns {
        vectors.copy(from: buffers.right.rows(0..<vectors.rows))
      } else {
        for row in 0..<vectors.rows {
          for column in 0..<vectors.columns { vectors[row, column] = buffers.left[column, row] }
        }
      }
      return true
    }
  }

  /// Sets aside the workspace of ``leadingSingularVectors(of:into:)``, so that a later call allocates nothing.
  public func reserveLeadingSingularVectors(rows: Int, columns: Int) {
    workspace.withTemporaries { take in
      _ = VectorScratch(rows: rows, columns: columns, taking: take)
      _ = DecompositionScratch(rows: rows, columns: columns, taking: take)
    }
  }
}

/// What `sgesdd` needs beside its results: a copy of the matrix, which it destroys, and room to work.
struct DecompositionScratch {
  let copy: Tensor
  let work: Tensor
  let integers: UnsafeMutablePointer<Int32>

  init(rows: Int, columns: Int, taking take: (Int, Int) -> Tensor) {
    let rank = min(rows, columns)
    copy = take(rows, columns)
    let integerSpace = take(8, rank)
    integers = UnsafeMutableRawPointer(integerSpace.base).bindMemory(to: Int32.self, capacity: 8 * rank)
    var (first, second, inner) = (Int32(columns), Int32(rows), Int32(rank))
    var (query, workCount, status) = (Float(0), Int32(-1), Int32(0))
    sgesdd_(
      "S", &first, &second, copy.base, &first, copy.base, copy.base, &first, copy.base, &inner, &query, &workCount,
      integers, &status)
    work = take(1, workLength(query))
  }
}

/// What the Householder reflections need beside the vectors that they work on.
struct ReflectionScratch {
  let scalars: Tensor
  let work: Tensor

  init(vectors: Int, length: Int, taking take: (Int, Int) -> Tensor) {
    scalars = take(1, vectors)
    var (rows, columns, workCount, status) = (Int32(length), Int32(vectors), Int32(-1), Int32(0))
    var (first, second) = (Float(0), Float(0))
    sgeqrf_(&rows, &columns, scalars.base, &rows, scalars.base, &first, &workCount, &status)
    sorgqr_(&rows, &columns, &columns, scalars.base, &rows, scalars.base, &second, &workCount, &status)
    work = take(1, workLength(max(first, second)))
  }
}

/// All singular vectors and values, of which the leading ones are wanted.
private struct VectorScratch {
  let left: Tensor
  let values: Tensor
  let right: Tensor

  init(rows: Int, columns: Int, taking take: (Int, Int) -> Tensor) {
    let rank = min(rows, columns)
    left = take(rows, rank)
    values = take(1, rank)
    right = take(rank, columns)
  }
}

/// The length that LAPACK asks for: it answers in single precision, which may have rounded down.
private func workLength(_ answer: Float) -> Int { Int((Double(answer) * 1.000_001).rounded(.up)) + 1 }

/// Turns each pair of singular vectors so that the right one's entry of largest magnitude is positive.
private func fixSigns(left: Tensor, right: Tensor) {
  for index in 0..<right.rows {
    let vector = right.row(index).elements
    guard let extreme = vector.max(by: { abs($0) < abs($1) }), extreme < 0 else { continue }
    for column in vector.indices { vector[column] = -vector[column] }
    for row in 0..<left.rows { left[row, index] = -left[row, index] }
  }
}
