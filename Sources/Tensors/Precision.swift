import CKernels
import MemoryAccounting

extension Compute {
  /// Numbers that are widened or rounded at a time where both forms need not exist whole.
  package static let conversionBlock = 2048

  /// Runs `body` with a tensor as 32-bit floats: with itself, or with a widened copy in the workspace.
  public func withFloats<Result>(_ tensor: Tensor, _ body: (Tensor) throws -> Result) rethrows -> Result {
    guard tensor.elementType != .float32 else { return try body(tensor) }
    return try workspace.withTemporary(rows: tensor.rows, columns: tensor.columns) { floats in
      copy(tensor, to: floats)
      return try body(floats)
    }
  }

  /// Copies elements on all workers, widening bf16 or rounding to it.
  public func copy(_ source: Tensor, to target: Tensor, rounding: Rounding = .nearest) {
    precondition(source.count == target.count, "cannot copy \(source.count) elements to \(target.count)")
    workers.forEachRange(of: source.count, size: Self.elementBlock) { range, _ in
      let (start, count) = (range.lowerBound, range.count)
      switch (source.elementType, target.elementType) {
      case (.bfloat16, .float32): slk_widen(source.halves + start, target.base + start, count)
      case (.float32, .bfloat16):
        round(source.base + start, to: target.halves + start, count: count, rounding: rounding, first: start)
      case let (from, to):
        precondition(from == to, "cannot copy \(from.rawValue) numbers to \(to.rawValue)")
        let offset = start * from.byteCount
        (target.address + offset).copyMemory(from: source.address + offset, byteCount: count * from.byteCount)
      }
    }
  }

  /// Fills with normal numbers of mean 0, the same whatever the storage but for the rounding to it.
  public func fillNormal(_ tensor: Tensor, deviation: Float, numbers: RandomNumbers) {
    fill(tensor) { numbers.fillNormal($0, deviation: deviation, first: $1) }
  }

  /// Fills with uniform numbers in `[-bound, bound)`, the same whatever the storage but for the rounding to it.
  public func fillUniform(_ tensor: Tensor, bound: Float, numbers: RandomNumbers) {
    fill(tensor) { numbers.fillUniform($0, bound: bound, first: $1) }
  }

  private func fill(_ tensor: Tensor, _ write: (UnsafeMutableBufferPointer<Float>, Int) -> Void) {
    workers.forEachRange(of: tensor.count, size: Self.elementBlock) { range, _ in
      guard tensor.elementType == .bfloat16 else {
        return write(
          UnsafeMutableBufferPointer(start: tensor.base + range.lowerBound, count: range.count), range.lowerBound)
      }
      withFloatBlocks(range) { floats, block in
        write(UnsafeMutableBufferPointer(start: floats, count: block.count), block.lowerBound)
        slk_round(floats, tensor.halves + block.lowerBound, block.count)
      }
    }
  }
}

/// Runs `body(floats, block)` for consecutive blocks of a range, `floats` being scratch for the block's numbers.
package func withFloatBlocks(_ range: Range<Int>, _ body: (UnsafeMutablePointer<Float>, Range<Int>) -> Void) {
  withUnsafeTemporaryAllocation(of: Float.self, capacity: Compute.conversionBlock) { floats in
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Compute.conversionBlock) {
      body(floats.baseAddress!, start..<min(range.upperBound, start + Compute.conversionBlock))
    }
  }
}

extension Tensor {
  /// Some elements as 32-bit floats: where they are, or widened into scratch.
  package func floats(_ range: Range<Int>, in scratch: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    guard elementType == .bfloat16 else { return base + range.lowerBound }
    slk_widen(halves + range.lowerBound, scratch, range.count)
    return scratch
  }

  /// Takes back what ``floats(_:in:)`` gave, after it was changed.
  package func store(_ floats: UnsafePointer<Float>, at range: Range<Int>, rounding: Rounding = .nearest) {
    guard elementType == .bfloat16 else { return }
    round(floats, to: halves + range.lowerBound, count: range.count, rounding: rounding, first: range.lowerBound)
  }
}
