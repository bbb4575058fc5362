import Configuration
import Modeling
import Optimization
import Tensors

/// LoRA in rounds, whose sum can have a high rank: after every `restartEvery` updates `W₀ += (alpha / rank) · B A`, `A`
/// is drawn anew, `B` is cleared, and most of their moments are reset.
///
/// Options: `rank`; `alpha`, 32 where not given; `restartEvery`, in updates; `reset`, a ``MomentReset``; `start`, one of
/// ``Start``. The schedule that warms up again after each restart is the trainer's.
/// Source: Lialin et al., "ReLoRA", 2024, and its official code. There the merge comes one update later, after the one
/// that the schedule gives a learning rate of zero; its dropout of 0.1 on the adapted input is left out.
public struct ReLoRA: Method {
  public static let name = "relora"
  public static let keys = ["rank", "alpha", "restartEvery", "reset", "start"]

  /// How the factors start.
  public enum Start: String, CaseIterable, Sendable {
    /// `A` uniform in `±1/√inputs`, `B` zero: as after every restart.
    case kaiming
    /// Both zero, as the official code leaves them: neither has a gradient before the first restart.
    case asShipped = "as-shipped"
  }

  /// The width of the factors.
  public let rank: Int
  /// The numerator of the factors' scale.
  public let alpha: Double
  /// Updates from one restart to the next.
  public let restartEvery: Int
  /// What a restart does to the factors' moments.
  public let reset: MomentReset
  /// How the factors start.
  public let start: Start

  public init(reading options: SpecificationMapping, for model: LlamaConfiguration) throws {
    rank = try options.rank(for: model)
    alpha = try options.positive("alpha", default: 32)
    restartEvery = try options.integer("restartEvery", in: 1...)
    reset = try Self.reset(reading: options)
    start = try options.choice("start", default: .kaiming)
  }

  private static func reset(reading options: SpecificationMapping) throws -> MomentReset {
    guard let node = options.optionalNode("reset") else {
      let reset = MomentReset()
      options.note("reset", .object(["kind": .string(reset.kind.rawValue), "share": .number(reset.share)]))
      return reset
    }
    let mapping = try node.mapping(keys: MomentReset.keys)
    defer { options.note("reset", mapping.resolved) }
    return try MomentReset(reading: mapping)
  }

  public func makeLinear(at site: Site, in context: LinearContext) throws -> any LinearLayer {
    let layer = AdaptedLinear(at: site, rank: rank, scale: Float(alpha / Double(rank)), in: context)
    if start == .kaiming {
      layer.factors.startAtZero(numbers: context.startingNumbers(for: layer.factors.a.name))
    }
    return layer
  }

  public func afterUpdate(_ step: StepContext) {
    guard step.step % restartEvery == 0 else { return }
    let restart = step.step / restartEvery
    for case let layer as AdaptedLinear in step.layers {
      layer.mergeIntoBase()
      layer.factors.startAtZero(
        numbers: RandomNumbers(seed: step.seed, purpose: .restart, name: "\(layer.factors.a.name)#\(restart)"))
      for factor in layer.factors.parameters {
        guard let rule = step.optimizer.rule(of: factor) else { continue }
        reset.apply(to: rule) { moment in
          RandomNumbers(seed: step.seed, purpose: .restart, name: "\(factor.name).\(moment)#\(restart)")
        }
      }
    }
  }

  /// As the paper counts: the dense model, and a second model of base and factors; so the base counts twice.
  ///
  /// What is really stored is what ``LoRA`` stores, a base less.
  public func footprint(of model: LlamaConfiguration) -> Footprint {
    Footprint(
      finalParameters: model.denseParameterCount,
      parts: [
        .base(of: model, copies: 2), .dense(of: model, moments: 0), .lowRank(of: model, rank: rank),
      ])
  }
}
