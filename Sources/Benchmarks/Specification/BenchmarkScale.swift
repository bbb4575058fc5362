import Configuration
import Experiments
import Methods
import Modeling
import Training

/// What is measured at one scale.
public struct BenchmarkScale: Sendable {
  /// One linear layer under several methods.
  struct Layer: Sendable {
    var inputs: Int, outputs: Int, rank: Int, tokens: Int
    var methods: [(label: String, method: any Method)]

    var name: String { "layers/\(inputs)x\(outputs)-t\(tokens)" }
    var title: String { "\(inputs) → \(outputs), rank \(rank), \(tokens) tokens" }
  }

  /// Whole updates of some methods at one model.
  struct Updates: Sendable {
    var kind: String
    var model: LlamaConfiguration
    var batch: Int
    var length: Int
    var rounds: Int
    /// Updates of each before the first that counts, whenever it is laid out.
    var warmUp: Int
    var runs: [(label: String, run: TrainingSpecification)]

    var name: String { "\(kind)/\(Slug.text(of: model.name))" }
    var title: String { "\(model.name), \(batch) x \(length) tokens" }
    var tokens: Int { batch * length }
  }

  /// Updates beside those of another program.
  struct Peers: Sendable {
    var updates: Updates
    /// What the other program is asked for beside each of our own.
    var steps: [String: [String]]
  }

  private(set) var rounds: Int
  let ceilings: CeilingContenders
  let kernels: KernelContenders
  let layers: [Layer]
  private(set) var steps: [Updates]
  private(set) var workers: Updates
  private(set) var scaling: [Updates]
  let growth: Updates
  private(set) var peers: Peers

  /// The same with another number of rounds, but for what has a number of its own.
  func with(rounds: Int) -> BenchmarkScale {
    func changed(_ updates: Updates) -> Updates {
      var result = updates
      if result.rounds == self.rounds { result.rounds = rounds }
      return result
    }
    var result = self
    result.rounds = rounds
    result.steps = steps.map(changed)
    result.workers = changed(workers)
    result.scaling = scaling.map(changed)
    result.peers.updates = changed(peers.updates)
    return result
  }

  static let keys = [
    "rounds", "shortest", "ceilings", "kernels", "layers", "steps", "workers", "scaling", "growth", "pytorch",
  ]

  /// Reads a scale.
  init(reading node: SpecificationNode, updates: UpdateReader) throws {
    let scale = try node.mapping(keys: Self.keys)
    let rounds = try scale.integer("rounds", in: 1...)
    self.rounds = rounds
    let shortest = try scale.number("shortest", in: 1e-6...10)
    ceilings = try Self.ceilings(scale.requiredNode("ceilings"), updates.models, shortest)
    kernels = try Self.kernels(scale.requiredNode("kernels"), updates.models, shortest)
    layers = try Self.layers(scale.requiredNode("layers"), updates)
    func read(_ kind: String, _ node: SpecificationNode) throws -> Updates {
      try Updates(reading: node, kind: kind, rounds: rounds, updates: updates)
    }
    steps = try scale.requiredNode("steps").list().map { try read("steps", $0) }
    workers = try read("workers", scale.requiredNode("workers"))
    growth = try read("growth", scale.requiredNode("growth"))
    let entry = try scale.requiredNode("scaling")
    scaling = try Self.models(of: entry).map {
      try read("scaling", entry.removing(["models"]).setting("model", to: $0))
    }
    peers = try Self.peers(scale.requiredNode("pytorch"), rounds: rounds, updates)
  }

  private static func ceilings(_ node: SpecificationNode, _ models: ModelCatalogue, _ shortest: Double) throws
    -> CeilingContenders
  {
    let entry = try node.mapping(keys: ["squares", "model", "tokens", "arrays"])
    func sizes(_ key: String) throws -> [Int] {
      try entry.requiredNode(key).list().map { size in
        let value = try size.integer()
        guard (1...1 << 32).contains(value) else { throw size.error("'\(key)' has \(value); expected 1 or more") }
        return value
      }
    }
    let squares = try sizes("squares")
    guard !squares.isEmpty else { throw entry.error("squares", "expected the side of a square product at least") }
    return CeilingContenders(
      squares: squares, model: try models.model(reading: entry.requiredNode("model")).model,
      tokens: try entry.integer("tokens", in: 1...), arrays: try sizes("arrays"), shortest: shortest)
  }

  private static func kernels(_ node: SpecificationNode, _ models: ModelCatalogue, _ shortest: Double) throws
    -> KernelContenders
  {
    let entry = try node.mapping(keys: ["model", "batch", "sequenceLength", "density"])
    return KernelContenders(
      model: try models.model(reading: entry.requiredNode("model")).model, rows: try entry.integer("batch", in: 1...),
      length: try entry.integer("sequenceLength", in: 2...), density: try entry.number("density", in: 0...1),
      shortest: shortest)
  }

  private static func layers(_ node: SpecificationNode, _ updates: UpdateReader) throws -> [Layer] {
    let entry = try node.mapping(keys: ["methods", "shapes"])
    let labels = try entry.requiredNode("methods").list()
    return try entry.requiredNode("shapes").list().map { node in
      let shape = try node.mapping(keys: ["inputs", "outputs", "rank", "tokens"])
      let (inputs, outputs) = (
        try shape.integer("inputs", in: 2...1 << 17), try shape.integer("outputs", in: 2...1 << 17)
      )
      // What a method asks a model for are the sides of its matrices.
      let model = LlamaConfiguration(
        name: "layer", vocabularySize: 2, hiddenSize: inputs - inputs % 2, intermediateSize: outputs, layers: 1,
        heads: 1)
      let rank = try shape.requiredNode("rank")
      let variables = ["rank": rank, "alpha": try SpecificationNode(text: "1", file: node.file)]
      return Layer(
        inputs: inputs, outputs: outputs, rank: try shape.integer("rank", in: 1...),
        tokens: try shape.integer("tokens", in: 1...),
        methods: try labels.map { label in
          let (name, method) = try updates.method(label, variables: variables)
          return (name, try MethodRegistry.standard.method(reading: method, for: model).method)
        })
    }
  }

  private static func models(of node: SpecificationNode) throws -> [SpecificationNode] {
    let models = try node.members().first { $0.key == "models" }?.value
    guard let models else { throw node.error("missing key 'models' in '\(node.path)'") }
    return try models.list()
  }

  private static func peers(_ node: SpecificationNode, rounds: Int, _ updates: UpdateReader) throws -> Peers {
    guard let methods = try node.members().first(where: { $0.key == "methods" })?.value else {
      throw node.error("missing key 'methods' in '\(node.path)'")
    }
    let entries = try methods.members()
    let labels = try SpecificationNode(text: "[" + entries.map(\.key).joined(separator: ", ") + "]", file: node.file)
    return Peers(
      updates: try Updates(
        reading: node.setting("methods", to: labels), kind: "pytorch", rounds: rounds, updates: updates),
      steps: Dictionary(uniqueKeysWithValues: try entries.map { ($0.key, try $0.value.list().map { try $0.string() }) })
    )
  }
}

extension BenchmarkScale.Updates {
  static let keys = ["model", "batch", "sequenceLength", "methods", "rounds", "warmUp"]

  /// Reads the updates of some methods.
  init(reading node: SpecificationNode, kind: String, rounds: Int, updates: UpdateReader) throws {
    let entry = try node.mapping(keys: Self.keys)
    let model = try entry.requiredNode("model")
    let batch = try entry.integer("batch", in: 1...)
    let length = try entry.integer("sequenceLength", in: 2...)
    let variables = try updates.variables(of: model)
    self.init(
      kind: kind, model: try updates.models.model(reading: model).model, batch: batch, length: length,
      rounds: try entry.integer("rounds", default: rounds, in: 1...), warmUp: try entry.integer("warmUp", default: 1),
      runs: try entry.requiredNode("methods").list().map { label in
        let (name, method) = try updates.method(label, variables: variables)
        return (name, try updates.run(model, method, batch: batch, length: length))
      })
  }
}
