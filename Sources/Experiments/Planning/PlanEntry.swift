import Configuration

/// One row at one size.
public struct PlanEntry: Sendable {
  /// What the runs start from.
  public indirect enum Start: Sendable {
    /// The numbers that their seeds give.
    case seed
    /// The final models of another entry, at a rate that is not chosen yet.
    case undecided
    /// The final models of another entry, whose own start is decided, at its rate.
    case finalModels(of: PlanEntry, rate: Double)
  }

  /// The row.
  public let row: TableRow
  /// The size.
  public let size: TableSize
  let scale: TableScale
  let seeds: [UInt64]
  let template: Template
  /// The paper's rate, or nil where it is not known.
  public let paperRate: Double?
  /// The rate of the final runs where the scale does not search.
  public let fixedRate: RateChoice?
  /// What the runs start from.
  public internal(set) var start: Start

  /// A final run, but for its learning rate and seed.
  public var training: ResolvedTraining { template.full }

  /// The seeds of the runs at the paper's rate.
  public var paperRateSeeds: [UInt64] { paperRate == nil ? [] : Array(seeds.prefix(scale.paperRateSeeds)) }

  /// Whether it is known what the runs start from, so that the runs themselves are known.
  public var isDecided: Bool {
    if case .undecided = start { false } else { true }
  }

  /// Whether the runs start from the final models of another entry.
  public func startsFrom(_ other: PlanEntry) -> Bool {
    row.origin?.row == other.row.label && size.slug == other.size.slug
  }

  /// The entry with the rate decided of the final models that its runs start from.
  public func starting(from origin: PlanEntry, at rate: Double) -> PlanEntry {
    precondition(startsFrom(origin) && origin.isDecided, "'\(row.label)' does not start from '\(origin.row.label)' yet")
    var entry = self
    entry.start = .finalModels(of: origin, rate: rate)
    return entry
  }

  /// The seed of the final model that a run of a seed starts from.
  func originSeed(of seed: UInt64) -> UInt64 { row.origin?.seed ?? seed }

  private var path: String { "\(row.slug)/\(size.slug)" }

  func finalPath(_ seed: UInt64) -> String { path(.final, seed) }

  private func path(_ purpose: CellPurpose, _ seed: UInt64) -> String { "\(path)/\(purpose.rawValue)/seed-\(seed)" }

  var finalPaths: [String] { seeds.map(finalPath) + paperRateSeeds.map { path(.paperRate, $0) } }

  private var searchRates: [Double] {
    scale.search == nil || row.isOnlyEvaluated ? [] : row.learningRates(at: scale.name)
  }

  /// The seeds of the runs of the search.
  var searchSeeds: [UInt64] { searchRates.isEmpty ? [] : Array(scale.seeds.prefix(1)) }

  private func searchPath(_ rate: Double) -> String { "\(path)/\(CellPurpose.search.rawValue)/\(rate)" }

  /// How the user can select the entry's cells; an entry that is only counted has none, and is selected by its own name.
  var paths: [String] {
    let cells = searchRates.map(searchPath) + finalPaths
    return cells.isEmpty ? [path] : cells
  }

  /// The runs of the search, by ascending rate.
  public func search() throws -> [PlannedCell] {
    guard let share = scale.search?.share else { return [] }
    return try searchRates.map { rate in
      PlannedCell(
        row: row.label, size: size.label, purpose: .search, learningRate: rate, seed: scale.seeds[0],
        training: try template.training(rate: rate, seed: scale.seeds[0], share: share), path: searchPath(rate),
        start: try start(of: scale.seeds[0]))
    }
  }

  /// The final runs at a rate, by seed.
  public func finals(at rate: Double) throws -> [PlannedCell] { try seeds.map { try final(at: rate, seed: $0) } }

  /// The runs at the paper's rate, by seed; none where it is not known.
  public func atPaperRate() throws -> [PlannedCell] {
    try paperRate.map { rate in try paperRateSeeds.map { try cell(.paperRate, at: rate, seed: $0) } } ?? []
  }

  /// The final run of a seed at a rate.
  func final(at rate: Double, seed: UInt64) throws -> PlannedCell { try cell(.final, at: rate, seed: seed) }

  private func cell(_ purpose: CellPurpose, at rate: Double, seed: UInt64) throws -> PlannedCell {
    PlannedCell(
      row: row.label, size: size.label, purpose: purpose, learningRate: rate, seed: seed,
      training: try template.training(rate: rate, seed: seed), path: path(purpose, seed), start: try start(of: seed))
  }

  private func start(of seed: UInt64) throws -> PlannedCell.Start {
    switch start {
    case .seed: .seed
    case .undecided: .undecided
    case .finalModels(let origin, let rate): .finalModel(of: try origin.final(at: rate, seed: originSeed(of: seed)))
    }
  }
}
