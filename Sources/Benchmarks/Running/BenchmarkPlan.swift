import Configuration
import Experiments
import Modeling
import Tensors
import Training

/// A group that is to be measured.
struct PlannedGroup {
  /// The front of its measurements' paths.
  let name: String
  /// The model or shape in words.
  let title: String
  /// Goes of each contender that count.
  let rounds: Int
  /// Goes of each contender before those.
  let warmUp: Int
  /// Seconds that it may take, for the time left alone.
  let estimate: Double
  /// Makes the contenders, whose memory goes with them.
  let make: (_ ceilings: Ceilings) throws -> [Contender]
}

extension BenchmarkScale {
  /// The name of the group of the ceilings.
  static let ceilingGroup = "ceilings"

  /// Every group's name, in the order in which they are measured.
  var groupNames: [String] {
    [Self.ceilingGroup, "kernels"] + layers.map(\.name) + steps.map(\.name) + [workers.name, scalingName, growth.name]
  }

  /// The name of the group of all models: `scaling/9m-350m`.
  private var scalingName: String {
    let models = scaling.map { Slug.text(of: $0.model.name) }
    return "scaling/\(models.first ?? "")-\(models.last ?? "")"
  }

  /// The path of everything that a threshold may be about.
  var paths: [String] {
    func paths(_ updates: Updates) -> [String] { updates.runs.map { "\(updates.name)/\(Slug.text(of: $0.label))" } }
    let own =
      paths(peers.updates)
      + peers.steps.values.flatMap { $0 }.map { "\(peers.updates.name)/\(Measurement.peerPrefix)\($0)" }
    return [scalingName] + (steps + [growth]).flatMap(paths) + own
      + paths(workers).flatMap { ["\($0)-1", "\($0)-2"] }
  }

  /// The groups beside the ceilings, in the order in which they are measured.
  func plan(workers count: Int) -> [PlannedGroup] {
    let vectors = PlannedGroup(
      name: "kernels", title: "\(kernels.model.name), \(kernels.rows) x \(kernels.length) tokens",
      rounds: 2 * rounds + 1, warmUp: 1, estimate: 0.4 * Double(2 * rounds + 2)
    ) { _ in kernels.make(workers: count) }
    return [vectors] + layers.map { plan($0, count) } + steps.map { plan($0, count) }
      + [planWorkers(count), planScaling(count), plan(growth, count)]
  }

  private func plan(_ layer: Layer, _ count: Int) -> PlannedGroup {
    let dense = 6 * Double(layer.inputs * layer.outputs) * Double(layer.tokens)
    return PlannedGroup(
      name: layer.name, title: layer.title, rounds: rounds, warmUp: 1,
      estimate: ExpectedRate.seconds(dense, workers: count) * Double(rounds + 1) * 4
    ) { _ in
      try LayerContenders(
        inputs: layer.inputs, outputs: layer.outputs, tokens: layer.tokens, methods: layer.methods
      ).make(workers: count)
    }
  }

  /// Whole updates, and in every round the product that showed the highest rate.
  private func plan(_ updates: Updates, _ count: Int) -> PlannedGroup {
    PlannedGroup(
      name: updates.name, title: updates.title,
      rounds: updates.rounds, warmUp: updates.warmUp,
      estimate: updates.estimate(workers: count)
    ) { ceilings in
      [UpdateContenders.product(ceilings, workers: count, seconds: 10 * self.ceilings.shortest)]
        + (try updates.runs.map { label, run in
          try UpdateContenders.contender(label, run, workers: count)
        })
    }
  }

  private func planWorkers(_ count: Int) -> PlannedGroup {
    PlannedGroup(
      name: workers.name, title: workers.title, rounds: workers.rounds, warmUp: 1,
      estimate: workers.estimate(workers: count) + workers.estimate(workers: 1)
    ) { _ in
      try workers.runs.flatMap { label, run in
        try CeilingContenders.counts(upTo: count).map { number in
          var contender = try UpdateContenders.contender(label, run, workers: number)
          contender.measurement.name += "-\(number)"
          return contender
        }
      }
    }
  }

  private func planScaling(_ count: Int) -> PlannedGroup {
    PlannedGroup(
      name: scalingName, title: scaling.map(\.model.name).joined(separator: ", "),
      rounds: rounds, warmUp: 1,
      estimate: scaling.reduce(0) { $0 + $1.estimate(workers: count) }
    ) { ceilings in
      [UpdateContenders.product(ceilings, workers: count, seconds: 10 * self.ceilings.shortest)]
        + (try scaling.flatMap { updates in
          try updates.runs.map { label, run in
            var contender = try UpdateContenders.contender(label, run, workers: count)
            contender.measurement.name = "\(Slug.text(of: updates.model.name))-\(contender.measurement.name)"
            contender.measurement.label = "\(updates.model.name), \(label)"
            return contender
          }
        })
    }
  }

  /// Our own updates and another program's.
  func plan(_ peer: PeerContenders, workers count: Int) -> PlannedGroup {
    let updates = peer.peers.updates
    return PlannedGroup(
      name: updates.name, title: updates.title, rounds: updates.rounds, warmUp: 1,
      estimate: updates.estimate(workers: count) * 3
    ) { _ in
      try peer.make { try UpdateContenders.contender($0, $1, workers: count) }
    }
  }
}

extension BenchmarkScale.Updates {
  /// Seconds that all goes may take: those of the dense model, as the cheaper methods take less and others more.
  func estimate(workers: Int) -> Double {
    let parameters = Double(model.denseParameterCount - model.vocabularySize * model.hiddenSize)
    let goes = rounds + warmUp
    return ExpectedRate.seconds(6 * parameters * Double(tokens), workers: workers) * Double(runs.count * goes)
  }
}
