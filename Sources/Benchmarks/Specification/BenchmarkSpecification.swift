import Configuration
import Methods
import Modeling
import Training

/// What is measured at each scale, and what must come out: `experiments/bench.yaml`.
public struct BenchmarkSpecification: Sendable {
  /// The name of the files that come out.
  public let name: String
  /// The caption.
  public let title: String
  /// What must come out.
  public let thresholds: [Threshold]
  /// The file that this was read from.
  public let file: String
  private let scales: [(name: String, scale: BenchmarkScale)]

  static let keys = ["benchmark", "title", "variables", "methods", "training", "scales", "thresholds"]
  private static let scaleNames = ["smoke", "desktop"]

  /// Reads a specification.
  ///
  /// - Throws: `Diagnostic` at the key that is missing, unknown or impossible.
  public init(reading node: SpecificationNode, models: ModelCatalogue) throws {
    let mapping = try node.mapping(keys: Self.keys)
    file = node.file
    name = try mapping.string("benchmark")
    title = try mapping.string("title")
    let updates = try UpdateReader(
      models: models, variables: mapping.requiredNode("variables"), methods: mapping.requiredNode("methods"),
      training: mapping.requiredNode("training"))
    let scales = try mapping.requiredNode("scales").mapping(keys: Self.scaleNames)
    self.scales = try Self.scaleNames.compactMap { name in
      try scales.optionalNode(name).map { (name, try BenchmarkScale(reading: $0, updates: updates)) }
    }
    var seen: Set<String> = []
    thresholds = try mapping.requiredNode("thresholds").list().map { node in
      let threshold = try Threshold(reading: node)
      guard seen.insert(threshold.id).inserted else {
        throw node.error("two thresholds are called '\(threshold.id)'; rename one")
      }
      return threshold
    }
    try checkPaths(node)
  }

  /// Whether a specification is one of benchmarks.
  static func describes(_ node: SpecificationNode) -> Bool {
    (try? node.members().contains { $0.key == "benchmark" }) ?? false
  }

  /// Reads a file.
  ///
  /// - Throws: `Diagnostic` with file, line and column.
  public init(file: String, models: ModelCatalogue) throws {
    try self.init(reading: SpecificationNode(file: file), models: models)
  }

  /// A scale by its name.
  ///
  /// - Throws: `Diagnostic` if there is none of that name.
  public func scale(_ name: String) throws -> BenchmarkScale {
    guard let found = scales.first(where: { $0.name == name }) else {
      throw Diagnostic.file(
        file, .usage, "'\(self.name)' has no scale '\(name)'; \(Suggestion.clause(for: name, in: scales.map(\.name)))")
    }
    return found.scale
  }

  /// A threshold on something that no scale measures would never be judged.
  private func checkPaths(_ node: SpecificationNode) throws {
    let known = Set(scales.flatMap { $0.scale.paths })
    let nodes = try node.mapping(keys: Self.keys).requiredNode("thresholds").list()
    for (threshold, node) in zip(thresholds, nodes) {
      for path in [threshold.path] + (threshold.other.map { [$0] } ?? []) where !known.contains(path) {
        let suggestion = Suggestion.nearest(to: path, in: known).map { "; did you mean '\($0)'?" } ?? ""
        throw node.error("'\(threshold.id)' is about '\(path)', which no scale measures\(suggestion)")
      }
    }
  }
}

/// Reads updates: a model and a method by name, and the specification of a run that the two make.
struct UpdateReader {
  let models: ModelCatalogue
  private let variables: [String: [String: SpecificationNode]]
  private let methods: [(label: String, node: SpecificationNode)]
  private let training: SpecificationNode

  init(
    models: ModelCatalogue, variables: SpecificationNode, methods: SpecificationNode, training: SpecificationNode
  ) throws {
    self.models = models
    self.training = training
    self.variables = try Dictionary(
      uniqueKeysWithValues: variables.members().map { name, _, node in
        (name, Dictionary(uniqueKeysWithValues: try node.members().map { ($0.key, $0.value) }))
      })
    self.methods = try methods.members().map { ($0.key, $0.value) }
  }

  /// The node of a method with a model's variables in it.
  func method(_ label: SpecificationNode, variables: [String: SpecificationNode]) throws -> (String, SpecificationNode)
  {
    let name = try label.string()
    guard let found = methods.first(where: { $0.label == name }) else {
      throw label.error("unknown method '\(name)'; " + Suggestion.clause(for: name, in: methods.map(\.label)))
    }
    return (name, try found.node.substituting(variables))
  }

  /// The variables of a model.
  func variables(of model: SpecificationNode) throws -> [String: SpecificationNode] {
    let name = try model.string()
    guard let found = variables[name] else {
      throw model.error("model '\(name)' has no 'variables'; " + Suggestion.clause(for: name, in: variables.keys))
    }
    return found
  }

  /// The run whose updates are timed.
  func run(_ model: SpecificationNode, _ method: SpecificationNode, batch: Int, length: Int) throws
    -> TrainingSpecification
  {
    let vocabulary = try models.model(reading: model).model.vocabularySize
    // The tokens are made up, and read from no file.
    let data = try SpecificationNode(
      text: """
        data: {tokens: none, vocabularySize: \(vocabulary), width: 4, sequenceLength: \(length)}
        batch: \(batch)
        steps: 1000000
        schedule: {kind: constant, warmupShare: 0}
        """, file: training.file)
    let node = training.replacingMembers(by: data).setting("model", to: model).setting("method", to: method)
    return try TrainingSpecification(
      reading: node.mapping(keys: TrainingSpecification.keys), models: models, corporaFolder: "")
  }
}
