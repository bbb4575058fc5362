import Configuration
import Experiments

/// What a build is held to: which scale is run, which are counted, and how far each kind of number may differ.
public struct RegressionSpecification: Sendable {
  /// The scale that is run of every experiment that has it.
  public let scale: ScaleName
  /// The scales whose parameters and bytes are counted, and of which nothing is run.
  public let counted: [ScaleName]
  /// Threads of what has no number of its own: bytes may depend on them.
  public let workers: Int
  /// The rules; the first that is for a number decides.
  public let rules: [RegressionRule]

  static let keys = ["regression", "counted", "workers", "rules"]

  /// Reads a specification.
  ///
  /// - Throws: `Diagnostic` at the key that is missing, unknown or impossible, or if a kind has no rule for all of it.
  public init(reading node: SpecificationNode) throws {
    let regression = try node.mapping(keys: Self.keys)
    scale = try regression.choice("regression")
    counted =
      try regression.optionalNode("counted")?.list().map { node in
        let word = try node.string()
        guard let scale = ScaleName(rawValue: word) else {
          throw node.error(
            "there is no scale '\(word)'; " + Suggestion.clause(for: word, in: ScaleName.allCases.map(\.rawValue)))
        }
        return scale
      } ?? []
    workers = try regression.integer("workers", in: 1...64)
    let nodes = try regression.requiredNode("rules")
    rules = try nodes.list().map(RegressionRule.init)
    for kind in Metric.Kind.allCases where !rules.contains(where: { $0.kind == kind && $0.paths.patterns.isEmpty }) {
      throw nodes.error("no rule is for every '\(kind.rawValue)'; expected one without 'metrics'")
    }
  }

  /// The rule of a number.
  public func rule(for metric: Metric) -> RegressionRule {
    guard let rule = rules.first(where: { $0.kind == metric.kind && $0.paths.contains(metric.path) }) else {
      preconditionFailure("every kind has a rule for all of it")
    }
    return rule
  }
}
