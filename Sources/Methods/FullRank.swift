import Configuration
import Modeling

/// The dense baseline: every weight is a full matrix, trained by the optimizer as it is.
public struct FullRank: Method {
  public static let name = "full-rank"
  public static let keys: [String] = []

  /// Full-rank has no options.
  public init(reading options: SpecificationMapping, for model: LlamaConfiguration) throws {}

  public func makeLinear(at site: Site, in context: LinearContext) throws -> any LinearLayer {
    DenseLinear(at: site, in: context)
  }

  /// All parameters, and two moments of each.
  public func footprint(of model: LlamaConfiguration) -> Footprint {
    Footprint(
      finalParameters: model.denseParameterCount,
      parts: [
        .base(of: model), .dense(of: model, moments: 2 * (model.denseParameterCount - model.baseParameterCount)),
      ])
  }
}
