import CKernels

extension Compute {
  /// Elements of a block of an elementwise operation: large enough to be worth a thread's while.
  package static let elementBlock = 32_768

  /// `y += a x`, element by element; a `y` in bf16 is rounded to the nearest.
  public func add(_ x: Tensor, scaledBy a: Float = 1, to y: Tensor) {
    precondition(x.count == y.count, "cannot add \(x.count) elements to \(y.count)")
    workers.forEachRange(of: x.count, size: Self.elementBlock) { range, _ in
      addElements(x.base + range.lowerBound, scaledBy: a, to: y, at: range)
    }
  }

  /// `x *= a`; bf16 is rounded to the nearest.
  public func scale(_ x: Tensor, by a: Float) {
    workers.forEachRange(of: x.count, size: Self.elementBlock) { range, _ in
      guard x.elementType == .bfloat16 else { return slk_scale(a, x.base + range.lowerBound, range.count) }
      withFloatBlocks(range) { floats, block in
        slk_widen(x.halves + block.lowerBound, floats, block.count)
        slk_scale(a, floats, block.count)
        slk_round(floats, x.halves + block.lowerBound, block.count)
      }
    }
  }

  /// Sets every element.
  public func fill(_ x: Tensor, with value: Float) {
    let flat = x.reshaped(rows: x.count, columns: 1)
    workers.forEachRange(of: x.count, size: Self.elementBlock) { range, _ in flat.rows(range).fill(value) }
  }

  /// The sum of squares in double precision: fixed blocks, each summed on its own, added in their order.
  public func sumOfSquares(_ x: Tensor) -> Double {
    let blocks = (x.count + Self.elementBlock - 1) / Self.elementBlock
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: max(blocks, 1)) { partials in
      partials.initialize(repeating: 0)
      workers.forEachRange(of: x.count, size: Self.elementBlock) { range, _ in
        var sum = 0.0
        if x.elementType == .float32 {
          sum = slk_sum_of_squares(x.base + range.lowerBound, range.count)
        } else {
          withFloatBlocks(range) { floats, block in
            slk_widen(x.halves + block.lowerBound, floats, block.count)
            sum += slk_sum_of_squares(floats, block.count)
          }
        }
        partials[range.lowerBound / Self.elementBlock] = sum
      }
      return partials.reduce(0, +)
    }
  }
}

/// `y[range] += a x`, on the caller's thread; a `y` in bf16 is rounded to the nearest.
///
/// - Parameter x: the first of the range's numbers.
package func addElements(_ x: UnsafePointer<Float>, scaledBy a: Float = 1, to y: Tensor, at range: Range<Int>) {
  guard y.elementType == .bfloat16 else { return slk_axpy(a, x, y.base + range.lowerBound, range.count) }
  withFloatBlocks(range) { floats, block in
    slk_widen(y.halves + block.lowerBound, floats, block.count)
    slk_axpy(a, x + (block.lowerBound - range.lowerBound), floats, block.count)
    slk_round(floats, y.halves + block.lowerBound, block.count)
  }
}
