import CKernels
import MemoryAccounting
import Tensors

/// Causal scaled-dot-product attention over the heads of a batch of sequences.
///
/// Scores exist for one head and a block of queries at a time. The forward pass saves the logarithm of each row's sum of
/// exponentials, from which the backward pass works the probabilities out again.
///
/// Legend: `L` length of a sequence, `H` heads, `h` head size, `D = H·h`, `N` tokens.
package final class CausalAttention {
  private let heads: Int
  private let headSize: Int
  private let length: Int
  private let compute: Compute
  private let scale: Float
  /// Queries of a block: keys beyond the block's last query are never touched.
  private static let block = 64

  package init(_ model: LlamaConfiguration, length: Int, compute: Compute) {
    heads = model.heads
    headSize = model.headSize
    self.length = length
    self.compute = compute
    scale = 1 / Float(model.headSize).squareRoot()
  }

  /// `o = softmax(scale · q kᵀ) v` by head; `logSums` is `[N, H]`, the others `[N, D]`.
  package func forward(_ q: Tensor, _ k: Tensor, _ v: Tensor, into o: Tensor, logSums: Tensor) {
    let columns = q.columns
    compute.count(products(2, tokens: q.rows))
    forEachHead(tokens: q.rows, blocksPerWorker: 1) { start, head, scratch in
      let offset = start * columns + head * headSize
      for queries in blocks() {
        let keys = queries.upperBound
        let own = offset + queries.lowerBound * columns
        let sums = logSums.base + (start + queries.lowerBound) * heads + head
        scores(queries, of: q.base + own, k.base + offset, into: scratch, columns)
        slk_causal_softmax(scratch, sums, heads, queries.count, keys, queries.lowerBound, scale)
        multiplyBlock(
          rows: queries.count, columns: headSize, inner: keys, MatrixBlock(scratch, stride: keys),
          MatrixBlock(v.base + offset, stride: columns), into: MatrixBlock(o.base + own, stride: columns))
      }
    }
  }

  /// The gradients of `q`, `k` and `v` from that of `o`; they are written, not added.
  package func backward(
    _ dO: Tensor, _ q: Tensor, _ k: Tensor, _ v: Tensor, _ o: Tensor, logSums: Tensor, into dq: Tensor, _ dk: Tensor,
    _ dv: Tensor
  ) {
    let columns = q.columns
    compute.count(products(5, tokens: q.rows))
    forEachHead(tokens: q.rows, blocksPerWorker: 2) { start, head, scratch in
      let offset = start * columns + head * headSize
      let probabilities = scratch
      let gradients = scratch + Self.block * length
      withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.block) { delta in
        // The last block of queries sees every key: starting there, its products overwrite dk and dv and the rest add.
        for queries in blocks().reversed() {
          let keys = queries.upperBound
          let isFirst = keys == length
          let own = offset + queries.lowerBound * columns
          let sums = logSums.base + (start + queries.lowerBound) * heads + head
          scores(queries, of: q.base + own, k.base + offset, into: probabilities, columns)
          slk_causal_softmax_recompute(probabilities, sums, heads, queries.count, keys, queries.lowerBound, scale)
          for row in 0..<queries.count {
            delta[row] = slk_dot(dO.base + own + row * columns, o.base + own + row * columns, headSize)
          }
          let p = MatrixBlock(probabilities, stride: keys, isTransposed: true)
          multiplyBlock(
            rows: keys, columns: headSize, inner: queries.count, p, MatrixBlock(dO.base + own, stride: columns),
            into: MatrixBlock(dv.base + offset, stride: columns), accumulate: !isFirst)
          multiplyBlock(
            rows: queries.count, columns: keys, inner: headSize, MatrixBlock(dO.base + own, stride: columns),
            MatrixBlock(v.base + offset, stride: columns, isTransposed: true),
            into: MatrixBlock(gradients, stride: keys))
          slk_softmax_backward(gradients, probabilities, delta.baseAddress!, queries.count, keys, scale)
          multiplyBlock(
            rows: queries.count, columns: headSize, inner: keys, MatrixBlock(gradients, stride: keys),
            MatrixBlock(k.base + offset, stride: columns), into: MatrixBlock(dq.base + own, stride: columns))
          multiplyBlock(
            rows: keys, columns: headSize, inner: queries.count,
            MatrixBlock(gradients, stride: keys, isTransposed: true), MatrixBlock(q.base + own, stride: columns),
            into: MatrixBlock(dk.base + offset, stride: columns), accumulate: !isFirst)
        }
      }
    }
  }

  /// The operations of so many products of queries with keys, or of their scores with values.
  private func products(_ count: Int, tokens: Int) -> Int {
    count * 2 * headSize * heads * (tokens / length) * blocks().reduce(0) { $0 + $1.count * $1.upperBound }
  }

  /// The blocks of queries of one sequence.
  private func blocks() -> [Range<Int>] {
    stride(from: 0, to: length, by: Self.block).map { $0..<min(length, $0 + Self.block) }
  }

  private func scores(
    _ queries: Range<Int>, of q: UnsafeMutablePointer<Float>, _ k: UnsafeMutablePointer<Float>,
    into scores: UnsafeMutablePointer<Float>, _ columns: Int
  ) {
    multiplyBlock(
      rows: queries.count, columns: queries.upperBound, inner: headSize, MatrixBlock(q, stride: columns),
      MatrixBlock(k, stride: columns, isTransposed: true), into: MatrixBlock(scores, stride: queries.upperBound))
  }

  /// Runs `body(first token of the sequence, head, scratch)` for every head of every sequence.
  private func forEachHead(
    tokens: Int, blocksPerWorker: Int, _ body: (Int, Int, UnsafeMutablePointer<Float>) -> Void
  ) {
    let sequences = tokens / length
    let scratchRows = blocksPerWorker * Self.block
    // Room for four at least, so that the bytes of a run are the same on one worker and on two.
    let workers = max(4, compute.workers.count)
    compute.workspace.withTemporary(rows: workers * scratchRows, columns: length) { scratch in
      compute.workers.forEach(sequences * heads) { item, worker in
        body(item / heads * length, item % heads, scratch.rows(worker * scratchRows..<(worker + 1) * scratchRows).base)
      }
    }
  }
}
