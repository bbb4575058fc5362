// T tokens, R rank.
import Configuration
import Modeling
import Tensors

/// The low-rank baseline: every linear layer is a product of two thin matrices, trained from scratch, `W = scale · B A`.
///
/// Options: `rank`; `initialization`, one of ``Initialization``; `alpha`, where given, for `scale = alpha / rank`.
/// Source: Kamalakara et al., "Exploring low rank training of deep neural networks", 2022; the spectral start that is the
/// default: Khodak et al., "Initialization and regularization of factorized neural layers", 2021. How the row that the
/// paper prints was started is not documented.
public struct LowRank: Method {
  public static let name = "low-rank"
  public static let keys = ["rank", "initialization", "alpha"]

  /// How the factors start.
  public enum Initialization: String, CaseIterable, Sendable {
    /// `A` uniform in `±1/√inputs`, `B` zero: LoRA's start, which needs a frozen matrix beside it. Where every linear layer
    /// of a LLaMA starts so, all of them put out zero, none but the embedding, the head and the norms ever has a
    /// gradient, and the model stays one of pairs of tokens.
    case zeroB = "zero-b"
    /// Each factor `N(0, 2 / (rows + columns))`: LORO's start.
    case xavier
    /// Both factors `N(0, σ²)` with `σ = R^(-1/4) (inputs + outputs)^(-1/4)`: CoLA's start.
    case cola
    /// The leading part of the model's dense start, `√Σ` on both sides: the spectral start.
    case svd
  }

  /// `R`.
  public let rank: Int
  /// How the factors start.
  public let initialization: Initialization
  /// What the product is multiplied by.
  public let scale: Float

  public init(reading options: SpecificationMapping, for model: LlamaConfiguration) throws {
    rank = try options.rank(for: model)
    initialization = try options.choice("initialization", default: .svd)
    scale = options.has("alpha") ? Float(try options.positive("alpha") / Double(rank)) : 1
  }

  public func makeLinear(at site: Site, in context: LinearContext) throws -> any LinearLayer {
    let layer = LowRankLinear(at: site, rank: rank, scale: scale, in: context)
    start(layer, at: site, in: context)
    return layer
  }

  private func start(_ layer: LowRankLinear, at site: Site, in context: LinearContext) {
    let factors = layer.factors
    switch initialization {
    case .zeroB: factors.startAtZero(numbers: context.startingNumbers(for: factors.a.name))
    case .xavier:
      factors.startNormal(
        deviationA: (2 / Float(rank + site.inputs)).squareRoot(),
        deviationB: (2 / Float(rank + site.outputs)).squareRoot(), in: context)
    case .cola:
      let deviation = 1 / Float(rank * (site.inputs + site.outputs)).squareRoot().squareRoot()
      factors.startNormal(deviationA: deviation, deviationB: deviation, in: context)
    case .svd:
      let dense = context.compute.zeros(site.outputs, site.inputs, .workspace)
      context.fillDense(dense, name: site.name + ".weight")
      factors.start(fromDense: dense)
    }
  }

  /// The base and the factors, and two moments of each.
  public func footprint(of model: LlamaConfiguration) -> Footprint {
    Footprint(
      finalParameters: model.baseParameterCount + model.lowRankParameterCount(rank: rank),
      parts: [.base(of: model), .lowRank(of: model, rank: rank)])
  }
}

/// `y = scale · (x Aᵀ) Bᵀ`
///
/// - Saves the codes `x Aᵀ`, `[T, R]`.
public final class LowRankLinear: LinearLayer {
  public let site: Site
  /// `A` and `B`.
  public let factors: LowRankFactors
  private let codes: Tensor

  /// Creates a layer whose factors are zero.
  public init(at site: Site, rank: Int, scale: Float, in context: LinearContext) {
    self.site = site
    factors = LowRankFactors(at: site, rank: rank, scale: scale, in: context)
    codes = factors.makeCodes(at: site, in: context)
  }

  public var parameters: [Parameter] { factors.parameters }

  public func forward(_ x: Tensor, into y: Tensor) {
    factors.forward(x, codes: codes.rows(0..<x.rows), into: y)
  }

  public func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {
    factors.backward(dy, input: x, codes: codes.rows(0..<x.rows), into: dx, accumulate: accumulate)
  }

  public func writeMergedWeight(into weight: Tensor) -> Bool {
    factors.writeProduct(into: weight)
    return true
  }

  /// The leading `R` components of the matrix.
  public func start(fromDense weight: Tensor) -> Bool {
    factors.start(fromDense: weight)
    return true
  }
}
