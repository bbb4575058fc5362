import CKernels

extension Compute {
  /// Elements of a block of an elementwise operation: large enough to be worth a thread's while.
  package static let elementBlock = 32_768

  /// `y += a x`, element by element.
  public func add(_ x: Tensor, scaledBy a: Float = 1, to y: Tensor) {
    precondition(x.count == y.count, "cannot add \(x.count) elements to \(y.count)")
    workers.forEachRange(of: x.count, size: Self.elementBlock) { range, _ in
      slk_axpy(a, x.base + range.lowerBound, y.base + range.lowerBound, range.count)
    }
  }

  /// `x *= a`
  public func scale(_ x: Tensor, by a: Float) {
    workers.forEachRange(of: x.count, size: Self.elementBlock) { range, _ in
      slk_scale(a, x.base + range.lowerBound, range.count)
    }
  }

  /// The sum of squares in double precision.
  public func sumOfSquares(_ x: Tensor) -> Double { slk_sum_of_squares(x.base, x.count) }
}
