// T tokens, Z non-zeros; `inputs` and `outputs` are the site's widths.
import CKernels
import MemoryAccounting
import Modeling
import Tensors

/// A sparse matrix `S` of trained values on a fixed random support, and the products that SLTrain builds from it.
///
/// - Shapes: `S` is `[outputs, inputs]`; the values, `[1, Z]`, are in the order of their positions.
/// - Names: `<site>.sparse.values`, `<site>.sparse.indices`.
public struct SparseMatrix {
  /// The `Z` values.
  public let values: Parameter
  /// Where they stand.
  public let support: SparseSupport
  private let compute: Compute

  /// Creates a matrix of `count` zeros on a random support, drawn from `supportSeed` or else from the run's seed.
  public init(at site: Site, count: Int, supportSeed: UInt64? = nil, in context: LinearContext) {
    compute = context.compute
    values = context.makeParameter(site.name + ".sparse.values", rows: 1, columns: count, site: site)
    support = SparseSupport(
      rows: site.outputs, columns: site.inputs, count: count,
      numbers: RandomNumbers(seed: supportSeed ?? context.seed, purpose: .support, name: values.name),
      in: compute.memory)
  }

  /// `weight += S`
  public func add(to weight: Tensor) {
    compute.withFloats(values.value) { values in
      support.forEachPart(entries: Compute.elementBlock, on: compute.workers) { first, end in
        slk_support_scatter_add(support.kernelView, first, end, values.base, weight.base, weight.columns)
      }
    }
  }

  /// Takes a dense matrix's entries at the support as the values.
  public func start(fromDense weight: Tensor) {
    let entries = compute.zeros(1, values.count, .workspace)
    gather(from: weight, addingTo: entries)
    compute.copy(entries, to: values.value)
  }

  /// Adds `dV = dW` at the support, from the gradient of the dense matrix.
  public func addGradients(ofDense dw: Tensor) {
    addToGradient { gather(from: dw, addingTo: $0) }
  }

  private func gather(from weight: Tensor, addingTo entries: Tensor) {
    support.forEachPart(entries: Compute.elementBlock, on: compute.workers) { first, end in
      slk_support_gather_add(support.kernelView, first, end, weight.base, weight.columns, entries.base)
    }
  }

  /// Runs `body`, which adds to 32-bit floats: to the gradient itself, or to zeros that the gradient takes once.
  private func addToGradient(_ body: (Tensor) -> Void) {
    let gradient = values.gradient!
    guard gradient.elementType != .float32 else { return body(gradient) }
    compute.workspace.withTemporary(rows: 1, columns: values.count) { sums in
      compute.fill(sums, with: 0)
      body(sums)
      compute.add(sums, to: gradient)
    }
  }

  /// `y = x Sᵀ`.
  ///
  /// - Shapes: `x` is `[T, inputs]`, `y` is `[T, outputs]`.
  public func forward(_ x: Tensor, into y: Tensor) {
    requireShapes(x, y)
    compute.count(2 * x.rows * values.count)
    // Room for four at least, so that the bytes of a run are the same on one worker and on two.
    let workers = max(4, compute.workers.count)
    compute.withFloats(values.value) { values in
      compute.workspace.withTemporary(rows: workers, columns: x.columns * Self.block) { scratch in
        compute.workers.forEachRange(of: x.rows, size: Self.block) { range, worker in
          let (token, features) = (range.lowerBound, scratch.row(worker).base)
          slk_to_features(x.row(token).base, range.count, x.columns, features)
          slk_sparse_forward(
            support.kernelView, y.columns, values.base, features, y.row(token).base, range.count)
        }
      }
    }
  }

  /// Adds `dV[k] = Σ_t dy[t, i_k] x[t, j_k]` for the value at row `i_k` and column `j_k`, and writes (or adds) `dx = dy S`.
  ///
  /// A chunk of some blocks of tokens at a time: the workers share its blocks to turn them feature-major, and the columns of
  /// `S` for the products. Every sum is one worker's, in the order of the entries and of the tokens.
  public func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {
    requireShapes(x, dy)
    requireShapes(dx, dy)
    compute.count(4 * x.rows * values.count)
    compute.withFloats(values.value) { values in
      addToGradient { gradient in
        compute.workspace.withTemporaries { take in
          let columns = SparseColumns(support, take: take)
          let (inputs, outputs) = (x.columns * Self.block, dy.columns * Self.block)
          let most = min(Self.chunk, (x.rows + Self.block - 1) / Self.block)
          let blocks = Blocks(x: take(most, inputs), dy: take(most, outputs), dx: take(most, inputs))
          compute.workers.forEach(1) { _, _ in columns.fill(from: support, values: values) }
          for start in stride(from: 0, to: x.rows, by: Self.chunk * Self.block) {
            let tokens = start..<min(x.rows, start + Self.chunk * Self.block)
            let (x, dy, dx) = (x.rows(tokens), dy.rows(tokens), dx.rows(tokens))
            turn(x, dy, into: blocks)
            multiply(columns, blocks, count: (tokens.count + Self.block - 1) / Self.block)
            turnBack(blocks, into: dx, accumulate: accumulate)
          }
          support.forEachPart(entries: Compute.elementBlock, on: compute.workers) { first, end in
            columns.addGradients(ofRows: first..<end, of: support, to: gradient)
          }
        }
      }
    }
  }

  private func requireShapes(_ x: Tensor, _ y: Tensor) {
    precondition(
      x.rows == y.rows && x.columns == support.columns && y.columns == support.rows,
      "[\(x.rows), \(x.columns)] to [\(y.rows), \(y.columns)] by a matrix of [\(support.rows), \(support.columns)]")
  }

  /// A chunk's feature-major blocks, a row each.
  private struct Blocks {
    let x, dy, dx: Tensor
  }

  private func turn(_ x: Tensor, _ dy: Tensor, into blocks: Blocks) {
    compute.workers.forEachRange(of: x.rows, size: Self.block) { range, _ in
      let (block, token) = (range.lowerBound / Self.block, range.lowerBound)
      slk_to_features(x.row(token).base, range.count, x.columns, blocks.x.row(block).base)
      slk_to_features(dy.row(token).base, range.count, dy.columns, blocks.dy.row(block).base)
    }
  }

  private func multiply(_ columns: SparseColumns, _ blocks: Blocks, count: Int) {
    // A worker goes through the blocks with columns of its own: their gradients, which it comes back to, stay in a cache.
    let size = (support.columns + compute.workers.count - 1) / compute.workers.count
    compute.workers.forEachRange(of: support.columns, size: size) { range, _ in
      for block in 0..<count {
        slk_sparse_backward(
          columns.kernelView, range.lowerBound, range.upperBound, columns.values.base, blocks.dy.row(block).base,
          blocks.x.row(block).base, blocks.dx.row(block).base, columns.gradients.base)
      }
    }
  }

  private func turnBack(_ blocks: Blocks, into dx: Tensor, accumulate: Bool) {
    compute.workers.forEachRange(of: dx.rows, size: Self.block) { range, _ in
      let (block, token) = (range.lowerBound / Self.block, range.lowerBound)
      slk_from_features(
        blocks.dx.row(block).base, range.count, dx.columns, dx.row(token).base, accumulate ? 1 : 0)
    }
  }

  /// Tokens that the kernels take together.
  private static let block = Int(slk_block_tokens)
  /// Blocks of a chunk of tokens: what bounds the scratch of a backward pass.
  private static let chunk = 8
}
