import Configuration

/// The cells that a table needs at a scale: what can be said before any has run.
///
/// The final runs depend on what the search finds: ``PlanEntry/finals(at:)`` gives them once a rate is chosen.
public struct Plan: Sendable {
  /// The table.
  public let table: TableSpecification
  /// The scale.
  public let scale: TableScale
  /// The seeds of the final runs.
  public let seeds: [UInt64]
  /// What the user asked for.
  public let selection: Selection
  /// The selected rows and sizes, rows first, in the order of the specification.
  public let entries: [PlanEntry]
  /// The cells whose memory is measured, rows first, in the order of the specification.
  public let memory: [MemoryEntry]

  /// Whether there is anything to run, now or on request: not where all that is asked for is counted.
  public var needsRuns: Bool { scale.train != .never || !memory.isEmpty }

  /// Whether a final run of an entry is asked for, or only runs of its search.
  public func wantsFinals(of entry: PlanEntry) -> Bool {
    entry.finalPaths.contains(where: selection.contains)
  }

  /// The runs of the search that are asked for; a final run that is asked for brings all of its entry.
  public func searchCells() throws -> [PlannedCell] {
    try entries.flatMap { entry in
      let cells = try entry.search()
      return wantsFinals(of: entry) ? cells : cells.filter { selection.contains($0.path) }
    }
  }

  /// The runs at the chosen rate and at the paper's that are asked for; where the rates are equal, each seed once.
  public func finalCells(of entry: PlanEntry, at rate: Double) throws -> [PlannedCell] {
    let chosen = try entry.finals(at: rate).filter { selection.contains($0.path) }
    let published = try entry.atPaperRate().filter { selection.contains($0.path) }
    guard entry.paperRate == rate else { return chosen + published }
    return chosen + published.filter { cell in !chosen.contains { $0.seed == cell.seed } }
  }
}

/// One row at one size, for its memory.
public struct MemoryEntry: Sendable {
  /// The row.
  public let row: TableRow
  /// The size.
  public let size: TableSize
  /// The run.
  public let cell: PlannedCell
}

/// One row at one size.
public struct PlanEntry: Sendable {
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

  /// A final run, but for its learning rate and seed.
  public var training: ResolvedTraining { template.full }

  /// The seeds of the runs at the paper's rate.
  public var paperRateSeeds: [UInt64] { paperRate == nil ? [] : Array(seeds.prefix(scale.paperRateSeeds)) }

  private var path: String { "\(row.slug)/\(size.slug)" }

  var finalPaths: [String] {
    [(CellPurpose.final, seeds), (.paperRate, paperRateSeeds)].flatMap { purpose, seeds in
      seeds.map { "\(path)/\(purpose.rawValue)/seed-\($0)" }
    }
  }

  private var searchRates: [Double] { scale.search == nil ? [] : row.learningRates(at: scale.name) }

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
        training: try template.training(rate: rate, seed: scale.seeds[0], share: share), path: searchPath(rate))
    }
  }

  /// The final runs at a rate, by seed.
  public func finals(at rate: Double) throws -> [PlannedCell] { try cells(.final, at: rate, seeds) }

  /// The runs at the paper's rate, by seed; none where it is not known.
  public func atPaperRate() throws -> [PlannedCell] {
    try paperRate.map { try cells(.paperRate, at: $0, paperRateSeeds) } ?? []
  }

  private func cells(_ purpose: CellPurpose, at rate: Double, _ seeds: [UInt64]) throws -> [PlannedCell] {
    try seeds.map { seed in
      PlannedCell(
        row: row.label, size: size.label, purpose: purpose, learningRate: rate, seed: seed,
        training: try template.training(rate: rate, seed: seed), path: "\(path)/\(purpose.rawValue)/seed-\(seed)")
    }
  }
}
