import Configuration
import Modeling

/// A scale of a table of times.
public struct TimingScale: Sendable {
  /// The scale's name.
  public let name: ScaleName
  /// What the scale is good for, in a sentence.
  public let description: String
  /// The sizes, in the order measured and printed.
  public let sizes: [TimingSize]
  let training: SpecificationNode?

  init(_ name: ScaleName, reading node: SpecificationNode, rows: [TimingRow]) throws {
    let scale = try node.mapping(keys: ["description", "training", "sizes"])
    self.name = name
    description = try scale.string("description", default: "")
    training = try scale.optionalNode("training")?.checkedMapping()
    try Self.refuseSettings(of: training)
    sizes = try scale.requiredNode("sizes").nonEmptyList().map { try TimingSize(reading: $0, rows: rows) }
  }

  /// What a measurement sets itself cannot be written into a layer.
  static func refuseSettings(of training: SpecificationNode?) throws {
    let own = ["learningRate", "steps", "data", "batch", "schedule", "evaluation", "checkpointEvery", "order"]
    for (key, place, _) in try training?.members() ?? [] where own.contains(key) {
      throw Diagnostic(
        .usage, at: place,
        "'\(key)' does not belong here; a size's 'batches' say how many tokens a step has, which are random, and the rest "
          + "makes no difference to its time")
    }
  }
}

/// A size of the model, and how its rows are timed.
public struct TimingSize: Sendable {
  /// The label, the published column, the variables, the layer of the training specification.
  public let size: TableSize
  /// The labels of the rows that are timed at this size; nil of all.
  public let rows: [String]?
  /// The batches, ascending; each is a measurement of its own.
  public let batches: [BatchShape]
  /// How often each row has its turn.
  public let rounds: Int
  /// Measured steps of a turn.
  public let steps: Int
  /// Steps before the first measured one, each time that a run is laid out.
  public let warmUp: Int

  init(reading node: SpecificationNode, rows known: [TimingRow]) throws {
    let own = ["rows", "batches", "rounds", "steps", "warmUp"]
    let mapping = try node.mapping(keys: TableSize.keys + own)
    size = try TableSize(reading: node.removing(own))
    guard !size.label.contains("@") else { throw mapping.error("label", "a size's label cannot hold '@'") }
    try TimingScale.refuseSettings(of: size.training)
    rounds = try mapping.integer("rounds", in: 1...1000)
    steps = try mapping.integer("steps", default: 1, in: 1...1000)
    warmUp = try mapping.integer("warmUp", default: 1, in: 0...1000)
    rows = try mapping.optionalNode("rows")?.nonEmptyList().map { node in
      let label = try node.string()
      guard known.contains(where: { $0.label == label }) else {
        throw node.error("there is no row '\(label)'; " + Suggestion.clause(for: label, in: known.map(\.label)))
      }
      return label
    }
    let nodes = try mapping.requiredNode("batches").nonEmptyList()
    batches = try nodes.map { node in
      let batch = try node.mapping(keys: ["rows", "length"])
      return BatchShape(
        rows: try batch.integer("rows", in: 1...1 << 16), length: try batch.integer("length", in: 2...65_536))
    }
    for (index, batch) in batches.enumerated().dropFirst() where batch.tokens <= batches[index - 1].tokens {
      throw nodes[index].error("batches must ascend in tokens; \(batch.tokens) follow \(batches[index - 1].tokens)")
    }
  }
}
