// T tokens, R rank.
import Modeling
import Tensors

/// A frozen matrix with trained low-rank factors beside it: `y = x W₀ᵀ + scale · (x Aᵀ) Bᵀ`.
///
/// - Names: `<site>.base.weight`, `<site>.low_rank.A`, `<site>.low_rank.B`.
/// - Saves the codes `x Aᵀ`, `[T, R]`.
public final class AdaptedLinear: LinearLayer {
  public let site: Site
  /// `W₀`, `[outputs, inputs]`; not trained.
  public let base: Parameter
  /// `A` and `B`.
  public let factors: LowRankFactors
  private let codes: Tensor
  private let compute: Compute

  /// Creates a layer whose base starts from the model's dense law and whose factors are zero.
  public init(at site: Site, rank: Int, scale: Float, in context: LinearContext) {
    self.site = site
    compute = context.compute
    base = context.makeParameter(
      site.name + ".base.weight", rows: site.outputs, columns: site.inputs, isTrained: false, site: site)
    context.fillDense(base.value, name: site.name + ".weight")
    factors = LowRankFactors(at: site, rank: rank, scale: scale, in: context)
    codes = factors.makeCodes(at: site, in: context)
  }

  public var parameters: [Parameter] { [base] + factors.parameters }

  public func forward(_ x: Tensor, into y: Tensor) {
    compute.multiply(x, base.value.transposed, into: y)
    factors.forward(x, codes: codes.rows(0..<x.rows), into: y, accumulate: true)
  }

  public func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {
    compute.multiply(dy, base.value, into: dx, accumulate: accumulate)
    factors.backward(dy, input: x, codes: codes.rows(0..<x.rows), into: dx, accumulate: true)
  }

  public func writeMergedWeight(into weight: Tensor) -> Bool {
    compute.copy(base.value, to: weight)
    factors.writeProduct(into: weight, accumulate: true)
    return true
  }

  /// Takes the matrix as the base; the factors' product starts at zero.
  public func start(fromDense weight: Tensor) -> Bool {
    base.value.copy(from: weight)
    factors.b.value.fill(0)
    return true
  }

  /// Moves the factors' product into the base: the function stays, and the factors are free to start anew.
  public func mergeIntoBase() { factors.writeProduct(into: base.value, accumulate: true) }
}
