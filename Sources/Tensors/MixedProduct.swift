// M rows, N columns, K inner.
import CKernels

extension Compute {
  /// Rows of a block of a product with bf16 numbers in it: as of every product, a multiple of 12.
  private static let mixedRowBlock = 192
  /// Columns of such a block: an operand's panel and the block itself then stay near the caches.
  private static let mixedColumnBlock = 512
  /// Inner numbers that are widened at a time.
  private static let mixedInnerBlock = 512

  /// A product of which an operand or the result is stored in bf16.
  ///
  /// Blocks of the result are worked out in 32-bit floats: panels of the operands are widened beside them, in scratch whose
  /// size depends on no shape. A result in bf16 is rounded to the nearest once, whatever is added to it.
  func multiplyMixed(
    _ left: some MatrixOperand, _ right: some MatrixOperand, scale: Float, into c: Tensor, accumulate: Bool
  ) {
    let (m, n) = (c.rows, c.columns)
    let k = left.isTransposed ? left.stored.rows : left.stored.columns
    let (rowBlock, columnBlock) = (Self.mixedRowBlock, Self.mixedColumnBlock)
    let columnBlocks = (n + columnBlock - 1) / columnBlock
    let blocks = (m + rowBlock - 1) / rowBlock * columnBlocks
    // Room for four at least, so that the bytes of a run are the same on one worker and on two.
    workspace.withTemporary(rows: max(4, workers.count), columns: MixedScratch.count) { scratch in
      workers.forEach(blocks) { block, worker in
        let rows = (block / columnBlocks * rowBlock)..<min(m, (block / columnBlocks + 1) * rowBlock)
        let columns = (block % columnBlocks * columnBlock)..<min(n, (block % columnBlocks + 1) * columnBlock)
        multiplyMixedBlock(
          left, right, scale: scale, into: c, rows, columns, inner: k, accumulate: accumulate,
          MixedScratch(scratch.row(worker).base))
      }
    }
  }

  private func multiplyMixedBlock(
    _ left: some MatrixOperand, _ right: some MatrixOperand, scale: Float, into c: Tensor, _ rows: Range<Int>,
    _ columns: Range<Int>, inner: Int, accumulate: Bool, _ scratch: MixedScratch
  ) {
    let isRounded = c.elementType == .bfloat16
    let result =
      isRounded
      ? MatrixBlock(scratch.result, stride: columns.count)
      : MatrixBlock(c.base + rows.lowerBound * c.columns + columns.lowerBound, stride: c.columns)
    for start in stride(from: 0, to: inner, by: Self.mixedInnerBlock) {
      let depth = start..<min(inner, start + Self.mixedInnerBlock)
      let a = left.isTransposed ? left.stored.block(depth, rows) : left.stored.block(rows, depth)
      let b = right.isTransposed ? right.stored.block(columns, depth) : right.stored.block(depth, columns)
      multiplyBlock(
        rows: rows.count, columns: columns.count, inner: depth.count, scale: scale,
        a.floats(in: scratch.left, isTransposed: left.isTransposed),
        b.floats(in: scratch.right, isTransposed: right.isTransposed), into: result,
        accumulate: start > 0 || accumulate && !isRounded)
    }
    guard isRounded else { return }
    for row in rows {
      let numbers = scratch.result + (row - rows.lowerBound) * columns.count
      let target = c.row(row).halves + columns.lowerBound
      if accumulate {
        // The operands' panels are spent.
        slk_widen(target, scratch.left, columns.count)
        slk_axpy(1, scratch.left, numbers, columns.count)
      }
      slk_round(numbers, target, columns.count)
    }
  }

  /// One worker's room for two panels of operands and a block of the result.
  private struct MixedScratch {
    let left, right, result: UnsafeMutablePointer<Float>
    static let count =
      mixedRowBlock * mixedInnerBlock + mixedColumnBlock * mixedInnerBlock + mixedRowBlock * mixedColumnBlock

    init(_ base: UnsafeMutablePointer<Float>) {
      left = base
      right = left + mixedRowBlock * mixedInnerBlock
      result = right + mixedColumnBlock * mixedInnerBlock
    }
  }
}

/// Some rows and columns of a matrix.
private struct StoredBlock {
  let tensor: Tensor
  let rows: Range<Int>
  let columns: Range<Int>

  /// The block as 32-bit floats: where it is, or widened into scratch.
  func floats(in scratch: UnsafeMutablePointer<Float>, isTransposed: Bool) -> MatrixBlock {
    let first = rows.lowerBound * tensor.columns + columns.lowerBound
    guard tensor.elementType == .bfloat16 else {
      return MatrixBlock(tensor.base + first, stride: tensor.columns, isTransposed: isTransposed)
    }
    for row in 0..<rows.count {
      slk_widen(tensor.halves + first + row * tensor.columns, scratch + row * columns.count, columns.count)
    }
    return MatrixBlock(scratch, stride: columns.count, isTransposed: isTransposed)
  }
}

extension Tensor {
  fileprivate func block(_ rows: Range<Int>, _ columns: Range<Int>) -> StoredBlock {
    StoredBlock(tensor: self, rows: rows, columns: columns)
  }
}
