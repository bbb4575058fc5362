import Configuration

/// The held-out rows that a run is evaluated on.
public enum EvaluationSplit: String, CaseIterable, Sendable {
  /// For the choice of a learning rate, and for nothing that is reported.
  case tuning
  /// What every reported perplexity is measured on.
  case validation
}

/// What a cell is run for.
public enum CellPurpose: String, CaseIterable, Sendable {
  /// A short run that helps to choose the learning rate.
  case search
  /// A run at the chosen rate.
  case final
  /// A run at the paper's own rate.
  case paperRate = "paper-rate"
  /// A few updates whose memory is measured.
  case memory
}

/// One run that a table needs.
public struct PlannedCell: Sendable {
  /// The row's label.
  public var row: String
  /// The size's label.
  public var size: String
  /// What the run is for.
  public var purpose: CellPurpose
  /// The learning rate.
  public var learningRate: Double
  /// The seed.
  public var seed: UInt64
  /// The run itself.
  public var training: ResolvedTraining
  /// How the user selects the cell: `sltrain/60m-proxy/final/seed-42`.
  public var path: String

  /// What the run is evaluated on.
  public var split: EvaluationSplit { purpose == .search ? .tuning : .validation }

  /// The identity, as far as it is known without the data.
  public var specification: CellSpecification { CellSpecification(training: training.resolved, split: split) }
}
