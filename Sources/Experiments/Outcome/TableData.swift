import Methods
import Modeling

/// Everything that a report of a table at a scale is made from: a pure function of the specification and the records.
public struct TableData: Sendable {
  /// The table.
  public var specification: TableSpecification
  /// The scale.
  public var scale: TableScale
  /// One entry for each row and size of the scale, rows first, in the order of the specification; cells that have not
  /// run leave their outcomes empty.
  public var entries: [TableEntry]
  /// One for each row and size of the scale's memory cells, in the same order.
  public var memory: [MemoryResult]

  /// Creates the data of a table.
  public init(
    specification: TableSpecification, scale: TableScale, entries: [TableEntry], memory: [MemoryResult] = []
  ) {
    self.specification = specification
    self.scale = scale
    self.entries = entries
    self.memory = memory
  }

  /// The entry of a row and a size, by their labels.
  public func entry(row: String, size: String) -> TableEntry? {
    entries.first { $0.row.label == row && $0.size.label == size }
  }
}

/// What is known of one row at one size.
public struct TableEntry: Sendable {
  /// The row.
  public var row: TableRow
  /// The size.
  public var size: TableSize
  /// The model that is trained.
  public var model: LlamaConfiguration
  /// Parameters and bytes as the paper counts them.
  public var footprint: Footprint
  /// Updates of a final run.
  public var steps: Int
  /// Token positions of a final run, padding included: the most that it can see.
  public var tokenSlots: Int
  /// The learning rate of the final runs, and where it comes from; nil while the search is not complete.
  public var choice: RateChoice?
  /// The rates of the search, ascending, with what they gave; empty where the scale does not search.
  public var search: [SearchPoint]
  /// The final runs at the chosen rate, by seed.
  public var finals: [SeedOutcome]
  /// The paper's rate for this row and size, or nil where it is not known.
  public var paperRate: Double?
  /// The runs at the paper's rate, by seed: the same records as ``finals`` where the rates are equal; empty where the
  /// scale does not train them.
  public var atPaperRate: [SeedOutcome]

  /// Creates an entry.
  public init(
    row: TableRow, size: TableSize, model: LlamaConfiguration, footprint: Footprint, steps: Int, tokenSlots: Int,
    choice: RateChoice?, search: [SearchPoint], finals: [SeedOutcome], paperRate: Double?, atPaperRate: [SeedOutcome]
  ) {
    self.row = row
    self.size = size
    self.model = model
    self.footprint = footprint
    self.steps = steps
    self.tokenSlots = tokenSlots
    self.choice = choice
    self.search = search
    self.finals = finals
    self.paperRate = paperRate
    self.atPaperRate = atPaperRate
  }

  /// The final runs that there are records of.
  public var outcomes: [CellOutcome] { finals.compactMap(\.outcome) }

  /// Training tokens for every parameter of the full-rank model, those before its start included, by the run whose model
  /// saw the fewest; nil without a record.
  public var tokensPerParameter: Double? {
    outcomes.map { Double($0.modelTokens) / Double(model.denseParameterCount) }.min()
  }
}

/// What is known of the memory of one row at one size.
public struct MemoryResult: Sendable {
  /// The row.
  public var row: TableRow
  /// The size.
  public var size: TableSize
  /// How the run is made.
  public var training: ResolvedTraining
  /// The run, or nil where it was not made.
  public var outcome: CellOutcome?
  /// What was predicted of it, or nil where nothing was asked of it yet.
  public var recorded: RecordedPrediction?

  /// Creates a result.
  public init(
    row: TableRow, size: TableSize, training: ResolvedTraining, outcome: CellOutcome?, recorded: RecordedPrediction?
  ) {
    self.row = row
    self.size = size
    self.training = training
    self.outcome = outcome
    self.recorded = recorded
  }

  /// Whether the bytes are measured; else they are predicted.
  public var isMeasured: Bool { outcome?.peakBytes["total"] != nil }

  /// The most bytes that were live at once, by category and as `total`: measured, else predicted, else nil.
  public var peakBytes: [String: Int]? { isMeasured ? outcome?.peakBytes : recorded?.prediction.peakBytes }

  /// The most bytes that were live at once.
  public var total: Int? { peakBytes?["total"] }
}

/// A rate of the search and what it gave.
public struct SearchPoint: Equatable, Sendable {
  /// The learning rate.
  public var learningRate: Double
  /// The run on the tuning split, or nil where there is no record yet.
  public var outcome: CellOutcome?

  /// Creates a point.
  public init(learningRate: Double, outcome: CellOutcome?) {
    self.learningRate = learningRate
    self.outcome = outcome
  }
}

/// A seed and what it gave.
public struct SeedOutcome: Equatable, Sendable {
  /// The seed.
  public var seed: UInt64
  /// The run, or nil where there is no record yet.
  public var outcome: CellOutcome?

  /// Creates a seed's outcome.
  public init(seed: UInt64, outcome: CellOutcome?) {
    self.seed = seed
    self.outcome = outcome
  }
}

/// The learning rate of the final runs and how it was chosen.
public struct RateChoice: Equatable, Sendable {
  /// Where a rate comes from.
  public enum Origin: String, Sendable {
    /// The lowest corrected loss on the tuning split.
    case search
    /// The paper, or the code behind it.
    case paper
    /// The only rate that the specification offers.
    case only
    /// No update is made, so that there is no rate.
    case untrained
  }

  /// The edge of the grid that the best rate lies on: the search may have stopped too early there.
  public enum Edge: String, Sendable {
    /// The smallest rate won.
    case lowest
    /// The largest rate won.
    case highest
  }

  /// The rate.
  public var learningRate: Double
  /// Where it comes from.
  public var origin: Origin
  /// Why it was chosen, in a sentence.
  public var reason: String
  /// The edge of the grid that it lies on, if it does.
  public var edge: Edge?
  /// Whether every rate of the search diverged.
  public var allDiverged: Bool

  /// Creates a choice.
  public init(
    learningRate: Double, origin: Origin, reason: String, edge: Edge? = nil, allDiverged: Bool = false
  ) {
    self.learningRate = learningRate
    self.origin = origin
    self.reason = reason
    self.edge = edge
    self.allDiverged = allDiverged
  }
}
