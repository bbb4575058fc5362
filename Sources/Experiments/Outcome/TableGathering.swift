import Configuration

extension TableData {
  /// Gathers what is known of a plan's cells.
  ///
  /// - Parameters:
  ///   - plan: the plan of the whole table, so that what has not run shows as missing.
  ///   - outcome: what is known of a cell, or nil.
  ///   - prediction: what was predicted of a cell's memory, or nil.
  /// - Throws: ``Diagnostic`` if a cell cannot be planned; what `prediction` throws.
  public init(
    _ plan: Plan, outcome: (PlannedCell) -> CellOutcome?,
    prediction: (PlannedCell) throws -> RecordedPrediction? = { _ in nil }
  ) throws {
    self.init(
      specification: plan.table, scale: plan.scale,
      entries: try plan.entries.map { try TableEntry($0, outcome: outcome) },
      memory: try plan.memory.map { entry in
        MemoryResult(
          row: entry.row, size: entry.size, training: entry.cell.training, outcome: outcome(entry.cell),
          recorded: try prediction(entry.cell))
      })
  }

  /// Gathers the records of a scale.
  ///
  /// - Parameter index: the records, where they have been read already.
  /// - Throws: ``Diagnostic`` if a record is damaged, or a cell cannot be planned.
  public init(_ plan: Plan, records: RecordStore, index: RecordIndex? = nil) throws {
    let index = try index ?? records.index()
    try self.init(plan) {
      index.outcome(of: $0)
    } prediction: {
      try records.prediction(of: $0.specification)
    }
  }
}

extension TableEntry {
  init(_ entry: PlanEntry, outcome: (PlannedCell) -> CellOutcome?) throws {
    let search = try entry.search().map { SearchPoint(learningRate: $0.learningRate, outcome: outcome($0)) }
    let choice = entry.fixedRate ?? RateChoice.best(of: search)
    func outcomes(_ cells: [PlannedCell]) -> [SeedOutcome] {
      cells.map { SeedOutcome(seed: $0.seed, outcome: outcome($0)) }
    }
    let training = entry.training
    self.init(
      row: entry.row, size: entry.size, model: training.model, footprint: training.footprint, steps: training.steps,
      tokenSlots: training.tokenSlots, choice: choice, search: search,
      finals: try choice.map { outcomes(try entry.finals(at: $0.learningRate)) }
        ?? entry.seeds.map { SeedOutcome(seed: $0, outcome: nil) },
      paperRate: entry.paperRate,
      atPaperRate: outcomes(try entry.atPaperRate()))
  }
}
