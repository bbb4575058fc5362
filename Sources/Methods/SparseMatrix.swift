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

  /// Creates a matrix of `count` zeros on a support of the run's seed.
  public init(at site: Site, count: Int, in context: LinearContext) {
    let memory = context.compute.memory
    compute = context.compute
    values = Parameter(site.name + ".sparse.values", rows: 1, columns: count, site: site, in: memory)
    support = SparseSupport(
      rows: site.outputs, columns: site.inputs, count: count,
      numbers: RandomNumbers(seed: context.seed, purpose: .support, name: values.name), in: memory)
  }

  /// `weight += S`
  public func add(to weight: Tensor) {
    support.forEachPart(entries: Compute.elementBlock, on: compute.workers) { first, end in
      slk_support_scatter_add(support.kernelView, first, end, values.value.base, weight.base, weight.columns)
    }
  }

  /// Takes a dense matrix's entries at the support as the values.
  public func start(fromDense weight: Tensor) {
    values.value.fill(0)
    slk_support_gather_add(support.kernelView, 0, support.rows, weight.base, weight.columns, values.value.base)
  }

  /// Adds `dV = dW` at the support, from the gradient of the dense matrix.
  public func addGradients(ofDense dw: Tensor) {
    support.forEachPart(entries: Compute.elementBlock, on: compute.workers) { first, end in
      slk_support_gather_add(support.kernelView, first, end, dw.base, dw.columns, values.gradient!.base)
    }
  }

  /// `y = x Sᵀ`.
  ///
  /// - Shapes: `x` is `[T, inputs]`, `y` is `[T, outputs]`.
  public func forward(_ x: Tensor, into y: Tensor) {
    // Room for four at least, so that the bytes of a run are the same on one worker and on two.
    let workers = max(4, compute.workers.count)
    compute.workspace.withTemporary(rows: workers, columns: x.columns * Self.block) { scratch in
      compute.workers.forEachRange(of: x.rows, size: Self.block) { tokens, worker in
        let features = scratch.row(worker).base
        slk_to_features(x.row(tokens.lowerBound).base, tokens.count, x.columns, features)
        slk_sparse_forward(
          support.kernelView, y.columns, values.value.base, features, y.row(tokens.lowerBound).base, tokens.count)
      }
    }
  }

  /// Adds `dV[k] = Σ_t dy[t, i_k] x[t, j_k]` for the value at row `i_k` and column `j_k`, and writes (or adds) `dx = dy S`.
  ///
  /// A chunk of some blocks of tokens at a time: each block's `dx` is one worker's, and then each row's `dV`, so that the
  /// order of every sum hangs on the shapes alone.
  public func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {
    compute.workspace.withTemporaries { take in
      let (inputs, outputs) = (x.columns * Self.block, dy.columns * Self.block)
      let (xs, dys, dxs) = (take(Self.chunk, inputs), take(Self.chunk, outputs), take(Self.chunk, inputs))
      for start in stride(from: 0, to: x.rows, by: Self.chunk * Self.block) {
        let tokens = min(Self.chunk * Self.block, x.rows - start)
        compute.workers.forEachRange(of: tokens, size: Self.block) { range, _ in
          let (block, token) = (range.lowerBound / Self.block, start + range.lowerBound)
          let (features, gradients, result) = (xs.row(block).base, dys.row(block).base, dxs.row(block).base)
          slk_to_features(x.row(token).base, range.count, x.columns, features)
          slk_to_features(dy.row(token).base, range.count, dy.columns, gradients)
          slk_sparse_backward(support.kernelView, dy.columns, values.value.base, gradients, result, x.columns)
          slk_from_features(result, range.count, x.columns, dx.row(token).base, accumulate ? 1 : 0)
        }
        let blocks = (tokens + Self.block - 1) / Self.block
        support.forEachPart(entries: entriesOfPart, on: compute.workers) { first, end in
          for block in 0..<blocks {
            slk_sparse_values_gradient(
              support.kernelView, first, end, dys.row(block).base, xs.row(block).base, values.gradient!.base)
          }
        }
      }
    }
  }

  /// Tokens that the kernels take together.
  private static let block = Int(slk_block_tokens)
  /// Blocks of a chunk of tokens: what bounds the scratch of a backward pass.
  private static let chunk = 4
  /// Entries of a part of `S` whose gradients one worker adds up: enough to be worth a thread's while, and in a large
  /// matrix enough to come back to a feature while a cache still holds it.
  private var entriesOfPart: Int { max(2048, support.count / 16) }
}
