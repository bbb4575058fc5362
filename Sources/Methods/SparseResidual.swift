// T tokens, R rank, Z non-zeros.
import Configuration
import Modeling
import Optimization
import Tensors

/// A low-rank matrix that is frozen, and sparse values that are trained: `W = L₀ ⊕ S`, where `L₀` is the best approximation
/// of rank `rank` of the dense matrix that the layer starts from, and `S` has some entries of what `L₀` misses.
///
/// A run that starts from a trained model and makes no update is that model pruned: without `density` to `L₀` alone.
/// Options: `rank`; `density`, the share of entries that `S` has, 0 where not given; `support`, one of ``Support``;
/// `values`, one of ``Values``; `trains`, one of ``Trained``.
/// Source: Han et al., arXiv 2406.02214, section 3.1 and table 1.
public struct SparseResidual: Method {
  public static let name = "sparse-residual"
  public static let keys = ["rank", "density", "support", "values", "trains"]

  /// Which entries of the residual `S` has.
  public enum Support: String, CaseIterable, Sendable {
    /// Each set of entries is equally likely, as in SLTrain.
    case random
    /// Those of largest magnitude.
    case top
  }

  /// What the values of `S` start at.
  public enum Values: String, CaseIterable, Sendable {
    /// The residual's own.
    case residual
    /// Zero, so that training starts at `L₀`.
    case zero
  }

  /// What is trained; the paper says of its table no more than that `L₀` is fixed.
  public enum Trained: String, CaseIterable, Sendable {
    /// The values of `S` alone; embedding, head and norms stay as they started.
    case sparse
    /// The values of `S`, embedding, head and norms.
    case sparseAndBase = "sparse-and-base"
  }

  /// `R`.
  public let rank: Int
  /// The share of a matrix's entries that `S` has; 0 leaves `S` out.
  public let density: Double
  /// Which entries.
  public let support: Support
  /// What they start at.
  public let values: Values
  /// What is trained.
  public let trains: Trained

  public init(reading options: SpecificationMapping, for model: LlamaConfiguration) throws {
    rank = try options.rank(for: model)
    density = try options.number("density", default: 0, in: 0..<1)
    support = try options.choice("support", default: .random)
    values = try options.choice("values", default: .residual)
    trains = try options.choice("trains", default: .sparse)
    if density > 0 { try options.checkSupport(density: density, for: model) }
  }

  public func makeLinear(at site: Site, in context: LinearContext) throws -> any LinearLayer {
    let layer = SparseResidualLinear(self, at: site, in: context)
    let dense = context.compute.zeros(site.outputs, site.inputs, .workspace)
    context.fillDense(dense, name: site.name + ".weight")
    _ = layer.start(fromDense: dense)
    return layer
  }

  public func makeUpdateRule(
    for parameter: Parameter, optimizer: OptimizerSpecification, seed: UInt64, compute: Compute
  ) -> (any UpdateRule)? {
    trains == .sparse && parameter.site == nil ? Frozen() : nil
  }

  /// Base, factors and values; two moments of what is trained, and a position for each value.
  public func footprint(of model: LlamaConfiguration) -> Footprint {
    let base = model.baseParameterCount
    let factors = model.lowRankParameterCount(rank: rank)
    let entries = model.sites.reduce(0) { $0 + SLTrain.supportSize(of: $1.outputs * $1.inputs, density: density) }
    return Footprint(
      finalParameters: base + factors + entries,
      parts: [
        .init(.base, parameters: base, optimizerNumbers: trains == .sparse ? 0 : 2 * base),
        .init(.lowRank, parameters: factors, optimizerNumbers: 0),
        .init(.sparse, parameters: entries, optimizerNumbers: 2 * entries, indices: entries),
      ])
  }
}

/// `y = x Wᵀ` with `W = B A ⊕ S`, of which the values of `S` are trained.
///
/// - Shapes and names: those of ``SLTrainLinear``; `A` and `B` have no gradient.
/// - Saves nothing beyond the input: `W` is built in the forward pass and again in the backward pass, in the workspace.
public final class SparseResidualLinear: LinearLayer {
  public let site: Site
  /// `A` and `B`, whose product is `L₀`.
  public let factors: LowRankFactors
  /// `S`; nil where the density is 0.
  public let sparse: SparseMatrix?
  private let method: SparseResidual
  private let compute: Compute

  /// Creates a layer of zeros, with a random support.
  public init(_ method: SparseResidual, at site: Site, in context: LinearContext) {
    self.site = site
    self.method = method
    compute = context.compute
    factors = LowRankFactors(at: site, rank: method.rank, scale: 1, isTrained: false, in: context)
    let count = SLTrain.supportSize(of: site.outputs * site.inputs, density: method.density)
    sparse = count > 0 ? SparseMatrix(at: site, count: count, in: context) : nil
  }

  public var parameters: [Parameter] { factors.parameters + (sparse.map { [$0.values] } ?? []) }

  public var indices: [(name: String, value: any LayerIndices)] {
    sparse.map { [(site.name + ".sparse.indices", $0.support)] } ?? []
  }

  public var savesForBackward: Bool { false }

  public func forward(_ x: Tensor, into y: Tensor) {
    withWeight { compute.multiply(x, $0.transposed, into: y) }
  }

  /// `dx = dy W`, and with `dW = dyᵀ x`: `dV += dW` at the support.
  public func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {
    withWeight { compute.multiply(dy, $0, into: dx, accumulate: accumulate) }
    guard let sparse else { return }
    compute.workspace.withTemporary(rows: site.outputs, columns: site.inputs) { dw in
      compute.multiply(dy.transposed, x, into: dw)
      compute.doing(.sparse) { sparse.addGradients(ofDense: dw) }
    }
  }

  public func writeMergedWeight(into weight: Tensor) -> Bool {
    factors.writeProduct(into: weight)
    if let sparse { compute.doing(.sparse) { sparse.add(to: weight) } }
    return true
  }

  /// The leading components in the factors; of what they miss, the entries that the method asks for.
  public func start(fromDense weight: Tensor) -> Bool {
    factors.start(fromDense: weight)
    guard let sparse else { return true }
    factors.withMissed(of: weight) { missed in
      if method.support == .top, !compute.isPlanned {
        sparse.support.move(to: Self.largest(sparse.values.count, of: missed))
      }
      switch method.values {
      case .residual: sparse.start(fromDense: missed)
      case .zero: compute.fill(sparse.values.value, with: 0)
      }
    }
    return true
  }

  /// The positions of the entries of largest magnitude, ascending; of equal ones the first.
  package static func largest(_ count: Int, of matrix: Tensor) -> [Int32] {
    let magnitudes = matrix.elements.map(\.magnitude)
    let order = magnitudes.indices.sorted { (magnitudes[$1], $0) < (magnitudes[$0], $1) }
    return order.prefix(count).map(Int32.init).sorted()
  }

  private func withWeight(_ body: (Tensor) -> Void) {
    compute.workspace.withTemporary(rows: site.outputs, columns: site.inputs) { weight in
      _ = writeMergedWeight(into: weight)
      body(weight)
    }
  }
}
