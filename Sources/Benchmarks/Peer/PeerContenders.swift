import Configuration
import Training

/// Our own updates, each followed by those of another program that it is compared with.
struct PeerContenders {
  let peers: BenchmarkScale.Peers
  let process: PeerProcess

  /// Starts the other program, which lays out its models.
  ///
  /// - Throws: `Diagnostic` if it cannot be started.
  init(_ peers: BenchmarkScale.Peers, command: String, workers: Int) throws {
    self.peers = peers
    process = try PeerProcess(command: command, layout: Self.layout(peers, threads: workers))
  }

  /// All of them, in the order of a round.
  ///
  /// - Parameter own: makes the contender of one of our own runs.
  func make(own: (_ label: String, _ run: TrainingSpecification) throws -> Contender) throws -> [Contender] {
    try peers.updates.runs.flatMap { label, run in
      let contender = try own(label, run)
      let measured = contender.measurement
      return [contender]
        + (peers.steps[label] ?? []).map { step in
          let measurement = Measurement(
            Measurement.peerPrefix + step, label: "\(process.name), \(step)", workers: measured.workers,
            tokens: measured.tokens)
          return Contender(measurement) { try process.step(step) }
        }
    }
  }

  /// What the other program is told first: the model, the batch, its threads, and the method of every step.
  private static func layout(_ peers: BenchmarkScale.Peers, threads: Int) -> ResolvedValue {
    let (model, updates) = (peers.updates.model, peers.updates)
    var methods: [String: ResolvedValue] = [:]
    for (label, run) in updates.runs {
      for step in peers.steps[label] ?? [] { methods[step] = run.resolved["method"] ?? .null }
    }
    return .object([
      "model": .object([
        "vocabularySize": .integer(model.vocabularySize), "hiddenSize": .integer(model.hiddenSize),
        "intermediateSize": .integer(model.intermediateSize), "layers": .integer(model.layers),
        "heads": .integer(model.heads), "normEpsilon": .number(Double(model.normEpsilon)),
      ]),
      "batch": .integer(updates.batch), "sequenceLength": .integer(updates.length), "threads": .integer(threads),
      "learningRate": .number(updates.runs.first?.run.learningRate ?? 0), "methods": .object(methods),
    ])
  }
}
