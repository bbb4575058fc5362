import Configuration
import Corpus

/// The data of a plan's cells: prepared once, before any cell runs.
public final class PlannedData {
  private let environment: ExperimentEnvironment
  private let preparer: DataPreparer
  private var prepared: [String: PreparedData] = [:]

  /// Creates the data of a plan; nothing is prepared yet.
  ///
  /// - Parameters:
  ///   - workers: threads for the preparation.
  ///   - progress: is told of downloads and of how far the preparation is.
  public init(
    _ environment: ExperimentEnvironment, workers: Int = 1,
    progress: @escaping @Sendable (PreparationEvent) -> Void = { _ in }
  ) {
    self.environment = environment
    preparer = environment.dataPreparer(workers: workers, progress: progress)
  }

  /// The digests of a run's rows, which are prepared for it if no run before had the same data.
  ///
  /// - Throws: ``Diagnostic`` if the data cannot be prepared, or has no rows of the split.
  public func digests(
    of training: ResolvedTraining, _ split: EvaluationSplit
  ) throws -> (training: Digest, evaluation: Digest) {
    let data = try data(of: training)
    let rows = data.evaluationRows(split)
    guard rows.rowCount > 0 else {
      let node = try training.node.members().first { $0.key == "data" }?.value ?? training.node
      throw node.error(
        "this data has no rows of the \(split.rawValue) split, which the search needs; give the corpus a share for it, "
          + "or set 'search: none'")
    }
    return (data.train.digest, rows.digest)
  }

  /// The data of a run.
  ///
  /// - Throws: ``Diagnostic`` if it cannot be prepared.
  public func data(of training: ResolvedTraining) throws -> PreparedData {
    let key = training.resolved["data"]?.canonicalJSON ?? ""
    if let known = prepared[key] { return known }
    let node = try training.node.members().first { $0.key == "data" }?.value ?? training.node
    let specification = try DataSpecification(reading: node, corporaFolder: environment.corporaFolder)
    let data = try preparer.prepare(specification)
    prepared[key] = data
    return data
  }
}
