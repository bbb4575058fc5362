// Z non-zeros; `inputs` and `outputs` are the site's widths.
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
}
