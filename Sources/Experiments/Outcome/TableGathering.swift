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
    var known: [(entry: PlanEntry, rate: Double)] = []
    let entries = try plan.entries.map { entry in
      let entry = entry.started(amongst: known)
      let result = try TableEntry(entry, outcome: outcome)
      if let choice = result.choice, entry.isDecided { known.append((entry, choice.learningRate)) }
      return result
    }
    self.init(
      specification: plan.table, scale: plan.scale, entries: entries,
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

extension PlanEntry {
  /// The entry with what it starts from decided, if that is an entry whose rate is known.
  func started(amongst known: [(entry: PlanEntry, rate: Double)]) -> PlanEntry {
    guard let origin = known.first(where: { startsFrom($0.entry) }) else { return self }
    return starting(from: origin.entry, at: origin.rate)
  }
}

extension TableEntry {
  init(_ entry: PlanEntry, outcome record: (PlannedCell) -> CellOutcome?) throws {
    /// What is known of a run, with the tokens that the model had seen which it starts from.
    func outcome(_ cell: PlannedCell) -> CellOutcome? {
      guard entry.isDecided, var found = record(cell) else { return nil }
      if let origin = cell.origin { found.tokensBefore = record(origin)?.modelTokens ?? 0 }
      return found
    }
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
