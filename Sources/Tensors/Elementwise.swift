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

  /// Sets every element.
  public func fill(_ x: Tensor, with value: Float) {
    workers.forEachRange(of: x.count, size: Self.elementBlock) { range, _ in
      (x.base + range.lowerBound).update(repeating: value, count: range.count)
    }
  }

  /// The sum of squares in double precision: fixed blocks, each summed on its own, added in their order.
  public func sumOfSquares(_ x: Tensor) -> Double {
    let blocks = (x.count + Self.elementBlock - 1) / Self.elementBlock
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: max(blocks, 1)) { partials in
      partials.initialize(repeating: 0)
      workers.forEachRange(of: x.count, size: Self.elementBlock) { range, _ in
        partials[range.lowerBound / Self.elementBlock] = slk_sum_of_squares(x.base + range.lowerBound, range.count)
      }
      return partials.reduce(0, +)
    }
  }
}
