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
  /// What its model starts from.
  public var start = Start.seed
  /// Whether the final model is kept, for a run that starts from it or for somebody who looks into it.
  public var keepsModel = false

  /// What a planned run's model starts from.
  public indirect enum Start: Sendable {
    /// The numbers that the seed gives.
    case seed
    /// The final model of another run.
    case finalModel(of: PlannedCell)
    /// The final model of a run whose learning rate is not chosen yet.
    case undecided
  }

  /// What the run is evaluated on.
  public var split: EvaluationSplit { purpose == .search ? .tuning : .validation }

  /// The run that this one starts from, if any.
  public var origin: PlannedCell? {
    if case .finalModel(let other) = start { other } else { nil }
  }

  /// The identity, as far as it is known without the data.
  public var specification: CellSpecification {
    let origin: CellSpecification.Start =
      switch start {
      case .seed: .seed
      case .finalModel(let other): .finalModel(of: other.specification)
      case .undecided: preconditionFailure("a run is known when the run that it starts from is")
      }
    return CellSpecification(training: training.resolved, split: split, start: origin)
  }
}
