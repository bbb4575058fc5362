import Configuration
import Methods
import Modeling
import Tensors
import Training

/// One measurement: the rows of a size at a batch, each with its run.
public struct TimingGroup: Sendable {
  /// The batch.
  public let batch: BatchShape
  /// The rows and their runs.
  public let entries: [(row: TimingRow, run: TrainingSpecification)]

  /// The runs that fit the machine, ready to be laid out.
  ///
  /// - Parameter leavingOut: is told of every row that does not fit, and why.
  /// - Throws: ``Diagnostic`` if a method cannot be built, or if no row fits.
  func runs(
    _ kind: TimingSpecification.Kind, workers: Int, leavingOut: (TimingRow, Diagnostic) -> Void
  ) throws -> [TimedRun] {
    var last: Diagnostic?
    let runs = try entries.compactMap { row, run -> TimedRun? in
      do {
        switch kind {
        case .throughput: return try TimedRun.training(run, name: row.label, workers: workers)
        case .inference: return try .inference(run, name: row.label, weights: row.weights, workers: workers)
        }
      } catch let diagnostic as Diagnostic where diagnostic.kind == .unavailable {
        leavingOut(row, diagnostic)
        last = diagnostic
        return nil
      }
    }
    if runs.isEmpty, let last { throw last }
    return runs
  }

  /// The planned memory of each row, which may be more than the machine has.
  func plans(_ kind: TimingSpecification.Kind) throws -> [MemoryPlan] {
    try entries.map { row, run in
      switch kind {
      case .throughput: try StepTimer.plan(run)
      case .inference: try ForwardTimer.plan(run, weights: row.weights)
      }
    }
  }
}

/// A size's measurements.
public struct TimingSizePlan: Sendable {
  /// The size.
  public let size: TimingSize
  /// A measurement a batch.
  public let groups: [TimingGroup]
  /// The digest of all that the times depend on, the machine aside: where a record has the same, it is not measured again.
  public let identity: Digest
}

/// A table of times at a scale, every run read and checked.
public struct TimingPlan: Sendable {
  /// The table.
  public let table: TimingSpecification
  /// The scale.
  public let scale: TimingScale
  /// Threads of every run.
  public let workers: Int
  /// The sizes that are asked for.
  public let sizes: [TimingSizePlan]

  /// Reads every run of a scale.
  ///
  /// - Parameter selection: patterns of sizes, or of rows and sizes; a size is selected with all its rows.
  /// - Throws: ``Diagnostic`` at the first setting that is wrong, or if a pattern selects nothing.
  public init(
    _ table: TimingSpecification, scale: TimingScale, selection: Selection = .all, workers: Int,
    environment: ExperimentEnvironment
  ) throws {
    self.table = table
    self.scale = scale
    self.workers = workers
    func paths(_ size: TimingSize) -> [String] {
      [size.size.slug] + table.rows(at: size).map { "\($0.slug)/\(size.size.slug)" }
    }
    if let pattern = selection.unmatched(in: scale.sizes.flatMap(paths)) {
      throw Diagnostic.file(
        table.file, .usage,
        "no size at scale '\(scale.name.rawValue)' matches '\(pattern)'; known: "
          + scale.sizes.map(\.size.slug).joined(separator: ", ") + ", each timed with all its rows")
    }
    let models = try environment.models()
    sizes = try scale.sizes.filter { paths($0).contains(where: selection.contains) }.map { size in
      let groups = try size.batches.map { batch in
        TimingGroup(
          batch: batch,
          entries: try table.rows(at: size).map { row in
            let node = try Self.node(table, scale, size, batch, row)
            let run = try TrainingSpecification(
              reading: node.mapping(keys: TrainingSpecification.keys), registry: environment.registry, models: models,
              corporaFolder: environment.corporaFolder)
            return (row, run)
          })
      }
      return TimingSizePlan(
        size: size, groups: groups, identity: Self.identity(table.kind, size, groups, workers: workers))
    }
  }

  /// The specification of a run: the layers, and what no layer may say.
  private static func node(
    _ table: TimingSpecification, _ scale: TimingScale, _ size: TimingSize, _ batch: BatchShape, _ row: TimingRow
  ) throws -> SpecificationNode {
    let place = Diagnostic.Place(file: table.file)
    let empty = SpecificationNode(.object([:]), at: place, path: "training")
    let layers = [table.training, scale.training, size.size.training, row.training]
    var node = try layers.reduce(empty) { $1?.merged(over: $0) ?? $0 }
      .substituting(size.size.variables).named("training")
    // Random ids: the file is never opened.
    let settings: [String: ResolvedValue] = [
      "data": .object([
        "tokens": .string("random"), "vocabularySize": .integer(2), "sequenceLength": .integer(batch.length),
      ]),
      "batch": .integer(batch.rows), "steps": .integer(1 << 20), "learningRate": .number(1e-3),
    ]
    for (key, value) in settings { node = node.setting(key, to: SpecificationNode(value, at: place, path: key)) }
    return node
  }

  private static func identity(
    _ kind: TimingSpecification.Kind, _ size: TimingSize, _ groups: [TimingGroup], workers: Int
  ) -> Digest {
    let resolved = ResolvedValue.object([
      "kind": .string(kind.rawValue), "numerics": .integer(Numerics.version), "workers": .integer(workers),
      "rounds": .integer(size.rounds), "steps": .integer(size.steps), "warmUp": .integer(size.warmUp),
      "groups": .array(
        groups.map { group in
          .array(
            group.entries.map { row, run in
              .object([
                "row": .string(row.label), "weights": .string(row.weights.rawValue), "run": run.resolved,
              ])
            })
        }),
    ])
    return Digest(of: resolved.canonicalJSON)
  }
}
