// T tokens, R rank, Z non-zeros.
import Configuration
import MemoryAccounting
import Modeling
import Tensors

/// Sparse plus low-rank: `W = (alpha / rank) · B A ⊕ S`, where `S` has trained values on a random support that is drawn
/// once and stays.
///
/// `A` and the values of `S` start uniform in `±1/√inputs`, `B` at zero, so that `W` starts as `S`.
/// Options: `rank`, 0 for a purely sparse layer; `density`, the paper's δ; `alpha`, which rank 0 has no use for; `form`,
/// one of ``Form``; `supportSeed`, which the support is drawn from in the place of the run's seed, all else staying as it is.
/// Source: Han et al., arXiv 2406.02214, section 3, and the official code.
public struct SLTrain: Method {
  public static let name = "sltrain"
  public static let keys = ["rank", "density", "alpha", "form", "supportSeed"]

  /// How a layer is computed; all compute the same function, but for the rounding.
  public enum Form: String, CaseIterable, Sendable {
    /// Whichever of the others takes fewer operations for the layer's shape, rank, density and tokens, as counted by
    /// `FormCosts`.
    case automatic
    /// Builds `W` in every pass and multiplies with it, as the official code does.
    case densified
    /// Never builds `W`, nor its gradient: multiplies with the factors and with `S`, each as it is.
    case factored
  }

  /// The width of the factors; 0 leaves them out.
  public let rank: Int
  /// The share of a matrix's entries that the support holds.
  public let density: Double
  /// What the factors' product is multiplied by.
  public let scale: Float
  /// How a layer is computed.
  public let form: Form
  /// The seed of the support; nil for the run's own.
  public let supportSeed: UInt64?

  public init(reading options: SpecificationMapping, for model: LlamaConfiguration) throws {
    rank = try options.rank(for: model, atLeast: 0)
    density = try options.number("density")
    guard density > 0, density < 1 else {
      throw options.error("density", "density \(density) is outside (0, 1); expected a share such as 0.03")
    }
    try options.checkSupport(density: density, for: model)
    scale = rank == 0 ? 0 : Float(try options.positive("alpha") / Double(rank))
    form = try options.laterChoice("form", default: .automatic)
    supportSeed = options.has("supportSeed") ? UInt64(try options.integer("supportSeed")) : nil
  }

  /// The number of entries in the support of a matrix: `⌊density · entries⌋`.
  public static func supportSize(of entries: Int, density: Double) -> Int { Int(density * Double(entries)) }

  public func makeLinear(at site: Site, in context: LinearContext) throws -> any LinearLayer {
    SLTrainLinear(
      at: site, rank: rank, density: density, scale: scale, form: form, supportSeed: supportSeed, in: context)
  }

  /// Base, factors and values, two moments of each, and a position for each value.
  public func footprint(of model: LlamaConfiguration) -> Footprint {
    let support = model.sites.reduce(0) {
      $0 + SLTrain.supportSize(of: $1.outputs * $1.inputs, density: density)
    }
    return Footprint(
      finalParameters: model.baseParameterCount + model.lowRankParameterCount(rank: rank) + support,
      parts: [
        .base(of: model), .lowRank(of: model, rank: rank),
        .init(.sparse, parameters: support, optimizerNumbers: 2 * support, indices: support),
      ])
  }
}

/// `y = x Wᵀ` with `W = scale · B A ⊕ S`
///
/// - Shapes: `A` is `[R, inputs]`, `B` is `[outputs, R]`; `S` holds `Z = ⌊density · outputs · inputs⌋` values, and their
///   positions `row · inputs + column` in ascending order.
/// - Names: `<site>.low_rank.A`, `<site>.low_rank.B`, `<site>.sparse.values`, `<site>.sparse.indices`.
/// - Saves beyond the input: densified nothing, `W` being built in the forward pass and again in the backward pass, in the
///   workspace; factored the codes `x Aᵀ`, `[T, R]`.
public final class SLTrainLinear: LinearLayer {
  public let site: Site
  /// `A` and `B`; nil where the rank is 0.
  public let factors: LowRankFactors?
  /// `S`.
  public let sparse: SparseMatrix
  /// Whether the layer is computed without `W`.
  public let isFactored: Bool
  private let codes: Tensor?
  private let compute: Compute

  /// Creates a layer with its own random support, drawn from `supportSeed` or else from the run's seed.
  public init(
    at site: Site, rank: Int, density: Double, scale: Float, form: SLTrain.Form = .automatic,
    supportSeed: UInt64? = nil, in context: LinearContext
  ) {
    self.site = site
    let count = SLTrain.supportSize(of: site.outputs * site.inputs, density: density)
    let costs = FormCosts(site, tokens: context.tokens, rank: rank, entries: count)
    isFactored = form == .factored || form == .automatic && costs.factored < costs.densified
    compute = context.compute
    factors = rank == 0 ? nil : LowRankFactors(at: site, rank: rank, scale: scale, in: context)
    codes = isFactored ? factors?.makeCodes(at: site, in: context) : nil
    sparse = SparseMatrix(at: site, count: count, supportSeed: supportSeed, in: context)
    if let factors { factors.startAtZero(numbers: context.startingNumbers(for: factors.a.name)) }
    compute.fillUniform(
      sparse.values.value, bound: 1 / Float(site.inputs).squareRoot(),
      numbers: context.startingNumbers(for: sparse.values.name))
  }

  public var parameters: [Parameter] { (factors?.parameters ?? []) + [sparse.values] }

  public var indices: [(name: String, value: any LayerIndices)] {
    [(site.name + ".sparse.indices", sparse.support)]
  }

  public var savesForBackward: Bool { codes != nil }

  public var form: String? { (isFactored ? SLTrain.Form.factored : .densified).rawValue }

  /// Densified `y = x Wᵀ`; factored `y = x Sᵀ + scale · (x Aᵀ) Bᵀ`.
  public func forward(_ x: Tensor, into y: Tensor) {
    guard isFactored else { return withWeight { compute.multiply(x, $0.transposed, into: y) } }
    compute.doing(.sparse) { sparse.forward(x, into: y) }
    factors?.forward(x, codes: codes!.rows(0..<x.rows), into: y, accumulate: true)
  }

  /// Densified `dx = dy W`; with `dW = dyᵀ x`: `dB += scale · dW Aᵀ`, `dA += scale · Bᵀ dW`, `dV += dW` at the support.
  ///
  /// Factored, with `z = x Aᵀ` and `dz = scale · dy B`: `dx = dz A + dy S`, `dB += scale · dyᵀ z`, `dA += dzᵀ x`,
  /// `dV[k] += Σ_t dy[t, i_k] x[t, j_k]` for the value at row `i_k` and column `j_k`.
  public func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {
    guard isFactored else { return backwardDensified(dy, input: x, into: dx, accumulate: accumulate) }
    compute.doing(.sparse) { sparse.backward(dy, input: x, into: dx, accumulate: accumulate) }
    factors?.backward(dy, input: x, codes: codes!.rows(0..<x.rows), into: dx, accumulate: true)
  }

  private func backwardDensified(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {
    withWeight { weight in compute.multiply(dy, weight, into: dx, accumulate: accumulate) }
    compute.workspace.withTemporary(rows: site.outputs, columns: site.inputs) { dw in
      compute.multiply(dy.transposed, x, into: dw)
      factors?.addGradients(ofDense: dw)
      compute.doing(.sparse) { sparse.addGradients(ofDense: dw) }
    }
  }

  public func writeMergedWeight(into weight: Tensor) -> Bool {
    if let factors { factors.writeProduct(into: weight) } else { compute.fill(weight, with: 0) }
    compute.doing(.sparse) { sparse.add(to: weight) }
    return true
  }

  /// The leading components in the factors, and what they miss in the values wherever the support reaches.
  public func start(fromDense weight: Tensor) -> Bool {
    guard let factors else {
      sparse.start(fromDense: weight)
      return true
    }
    factors.start(fromDense: weight)
    factors.withMissed(of: weight) { sparse.start(fromDense: $0) }
    return true
  }

  private func withWeight(_ body: (Tensor) -> Void) {
    compute.workspace.withTemporary(rows: site.outputs, columns: site.inputs) { weight in
      _ = writeMergedWeight(into: weight)
      body(weight)
    }
  }
}
