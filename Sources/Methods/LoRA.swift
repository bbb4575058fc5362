import Configuration
import Modeling

/// Low-rank adaptation, here of a random matrix that stays as it started: `W = W₀ + (alpha / rank) · B A`.
///
/// `W₀` is frozen; `A` starts uniform in `±1/√inputs`, `B` at zero.
/// Options: `rank`; `alpha`, 32 where not given.
/// Source: Hu et al., "LoRA", 2022; as a baseline of pretraining with `alpha` 32: Zhao et al., "GaLore", 2024, section 5.1.
/// Its dropout of 0.05 on the adapted input is left out, as every other method here trains without.
public struct LoRA: Method {
  public static let name = "lora"
  public static let keys = ["rank", "alpha"]

  /// The width of the factors.
  public let rank: Int
  /// The numerator of the factors' scale.
  public let alpha: Double

  public init(reading options: SpecificationMapping, for model: LlamaConfiguration) throws {
    rank = try options.rank(for: model)
    alpha = try options.positive("alpha", default: 32)
  }

  public func makeLinear(at site: Site, in context: LinearContext) throws -> any LinearLayer {
    let layer = AdaptedLinear(at: site, rank: rank, scale: Float(alpha / Double(rank)), in: context)
    layer.factors.startAtZero(numbers: context.startingNumbers(for: layer.factors.a.name))
    return layer
  }

  /// The whole dense model and the factors; moments of what is trained, which the frozen matrices are not.
  public func footprint(of model: LlamaConfiguration) -> Footprint {
    Footprint(
      finalParameters: model.denseParameterCount,
      parts: [.base(of: model), .dense(of: model, moments: 0), .lowRank(of: model, rank: rank)])
  }
}
