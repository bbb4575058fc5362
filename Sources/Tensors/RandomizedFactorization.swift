// M rows, N columns, K = min(M, N), R rank, L = sketched rank.

extension Compute {
  /// Vectors beyond the rank that the sketch carries along: they make the wanted ones accurate.
  private static let oversampling = 8
  /// Passes over the matrix and its transpose.
  private static let powerIterations = 2

  /// Approximates ``leadingSingularVectors(of:into:)`` by subspace iteration on a random sketch: matrix products in place
  /// of most of the decomposition.
  ///
  /// Never fails on finite numbers: a zero or rank-deficient matrix gives some orthonormal vectors.
  ///
  /// - Shapes: `g` is `[M, N]`, `vectors` is `[R, K]`.
  /// - Source: Halko, Martinsson and Tropp, "Finding structure with randomness", 2011, algorithms 4.4 and 5.1.
  public func randomizedSingularVectors(of g: Tensor, numbers: RandomNumbers, into vectors: Tensor) {
    workspace.withTemporaries { take in
      let buffers = SketchScratch(rows: g.rows, columns: g.columns, rank: vectors.rows, taking: take)
      let (short, long) = (buffers.short, buffers.long)
      fillNormal(short, deviation: 1, numbers: numbers)
      orthonormalizeRows(of: short)
      for _ in 0..<Self.powerIterations {
        sketchLongSide(of: g, short, into: long)
        orthonormalizeRows(of: long)
        sketchShortSide(of: g, long, into: short)
        orthonormalizeRows(of: short)
      }
      // Within the subspace the exact vectors: G Qᵀ = V Σ Uᵀ, so those of G are the rows of Uᵀ Q.
      sketchLongSide(of: g, short, into: long)
      guard
        singularValueDecomposition(of: long, left: buffers.left, values: buffers.values, right: buffers.right)
      else { return vectors.copy(from: short.rows(0..<vectors.rows)) }
      multiply(buffers.left.transposed, short, into: buffers.rotated)
      copy(buffers.rotated.rows(0..<vectors.rows), to: vectors)
    }
  }

  /// Sets aside the workspace of ``randomizedSingularVectors(of:numbers:into:)``.
  public func reserveRandomizedSingularVectors(rows: Int, columns: Int, rank: Int) {
    workspace.withTemporaries { take in
      let buffers = SketchScratch(rows: rows, columns: columns, rank: rank, taking: take)
      workspace.withTemporaries { take in
        _ = DecompositionScratch(rows: buffers.long.rows, columns: buffers.long.columns, taking: take)
      }
      workspace.withTemporaries { take in
        _ = ReflectionScratch(vectors: buffers.long.rows, length: buffers.long.columns, taking: take)
      }
    }
  }

  /// `Q` of the shorter side's vectors times the matrix: one row of the longer side's length each.
  private func sketchLongSide(of g: Tensor, _ q: Tensor, into z: Tensor) {
    if g.rows >= g.columns { multiply(q, g.transposed, into: z) } else { multiply(q, g, into: z) }
  }

  private func sketchShortSide(of g: Tensor, _ z: Tensor, into q: Tensor) {
    if g.rows >= g.columns { multiply(z, g, into: q) } else { multiply(z, g.transposed, into: q) }
  }

  private struct SketchScratch {
    /// `[L, K]`
    let short: Tensor
    /// `[L, max(M, N)]`
    let long: Tensor
    let left: Tensor
    let values: Tensor
    let right: Tensor
    let rotated: Tensor

    init(rows: Int, columns: Int, rank: Int, taking take: (Int, Int) -> Tensor) {
      let (small, large) = (min(rows, columns), max(rows, columns))
      let sketched = min(rank + Compute.oversampling, small)
      short = take(sketched, small)
      long = take(sketched, large)
      left = take(sketched, sketched)
      values = take(1, sketched)
      right = take(sketched, large)
      rotated = take(sketched, small)
    }
  }
}
