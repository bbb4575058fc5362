import Configuration
import MemoryAccounting
import Modeling
import Tensors
import Training

/// What a study ends with where the user stops the training that it waits for; made again, it goes on from there.
public struct StudyInterruption: Error {}

/// The run whose final model a study looks into: a row of a table at one of its sizes, with a seed, at the rate that the
/// row's search chose. What is missing of it is trained first.
struct StudiedRun: Sendable {
  /// A final model, and whose it is.
  struct Trained {
    let model: LlamaModel
    let outcome: CellOutcome
  }

  private let plan: Plan
  private let seed: UInt64
  private let environment: ExperimentEnvironment
  private let place: SpecificationNode

  static let keys = ["table", "row", "size", "seed"]

  /// Reads the keys that name the run.
  ///
  /// - Throws: ``Diagnostic`` at a table, row or size that is not there.
  init(reading study: SpecificationMapping, scale: ScaleName, environment: ExperimentEnvironment) throws {
    let table = try environment.table(study.string("table"))
    let tableScale = try table.scale(scale.rawValue)
    let (rows, sizes) = (table.rows(at: tableScale), tableScale.sizes)
    func slug(_ key: String, _ known: [(label: String, slug: String)]) throws -> String {
      let label = try study.string(key)
      guard let found = known.first(where: { $0.label == label }) else {
        throw study.error(
          key,
          "'\(table.name)' has no \(key) '\(label)' at scale '\(scale.rawValue)'; "
            + Suggestion.clause(for: label, in: known.map(\.label)))
      }
      return found.slug
    }
    seed = UInt64(try study.integer("seed", default: 42))
    let path = try slug("row", rows.map { ($0.label, $0.slug) }) + "/" + slug("size", sizes.map { ($0.label, $0.slug) })
    plan = try Planner(table, scale: tableScale, resolver: environment.resolver()).plan(
      selection: Selection(["\(path)/\(CellPurpose.final.rawValue)/seed-\(seed)"]), seeds: [seed], keepsModels: true)
    self.environment = environment
    place = study.node
    // What the run is, so that a study's record is not taken for one of another run.
    var training = entry.training.resolved
    training["learningRate"] = nil
    training["seed"] = nil
    study.note("training", training)
  }

  /// The row and the size.
  private var entry: PlanEntry { plan.entries[plan.entries.count - 1] }

  /// The run's model.
  var configuration: LlamaConfiguration { entry.training.model }

  /// The run's method and its options.
  var method: ResolvedValue? { entry.training.resolved["method"] }

  /// Whose model it is, for people: `Full-Rank, 60M proxy, seed 42`.
  var description: String { "\(entry.row.label), \(entry.size.label), seed \(seed)" }

  /// The final model, trained if it is not there.
  ///
  /// - Throws: ``Diagnostic`` if the run fails or diverges; ``StudyInterruption``.
  func model(workers: Int, progress: (String) -> Void) throws -> Trained {
    try withoutActuallyEscaping(progress) { progress in
      let runner = TableRunner(
        plan, environment: environment, console: Console(progress),
        rows: PlannedData(environment, workers: workers).digests)
      let report = try runner.run()
      if let failure = report.failures.first {
        throw Diagnostic(Diagnostic.Kind(rawValue: failure.code) ?? .data, "\(failure.cell) failed: \(failure.message)")
      }
      guard !report.isInterrupted else { throw StudyInterruption() }
    }
    let data = try TableData(plan, records: environment.results(at: plan.scale.name))
    guard let outcome = data.entries.last?.outcomes.last, outcome.status == .complete else {
      throw place.error("\(description) has no final model: it is not trained at this scale, or it diverged")
    }
    let kept = KeptModel(runFolder: environment.work(at: plan.scale.name).folder(of: outcome.id))
    return Trained(model: try load(try kept.checkpoint()), outcome: outcome)
  }

  private func load(_ checkpoint: HuggingFaceCheckpoint) throws -> LlamaModel {
    let run = try TrainingSpecification(
      reading: entry.training.node.mapping(keys: TrainingSpecification.keys), registry: environment.registry,
      models: environment.models(), corporaFolder: environment.corporaFolder)
    let model = try LlamaModel(
      run.model, shape: BatchShape(rows: 1, length: run.data.sequenceLength), seed: run.seed,
      storage: ModelStorage(gradients: .none, checkpointsActivations: true), compute: Compute(memory: Memory())
    ) { try run.method.makeLinear(at: $0, in: $1) }
    try checkpoint.start(model)
    return model
  }

  /// Passes on what a run says.
  private final class Console: RunConsole {
    private let report: (String) -> Void
    init(_ report: @escaping (String) -> Void) { self.report = report }
    func message(_ line: String) { report(line) }
    func progress(_ line: String) {}
  }
}
