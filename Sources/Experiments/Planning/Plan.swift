import Configuration

/// The cells that a table needs at a scale: what can be said before any has run.
///
/// The final runs depend on what the search finds: ``PlanEntry/finals(at:)`` gives them once a rate is chosen. The runs of a
/// row that starts from another row's final models depend on the rate of that row too.
public struct Plan: Sendable {
  /// The table.
  public let table: TableSpecification
  /// The scale.
  public let scale: TableScale
  /// The seeds of the final runs.
  public let seeds: [UInt64]
  /// What the user asked for.
  public let selection: Selection
  /// The selected rows and sizes, and those that they start from, rows first, in the order of the specification.
  public let entries: [PlanEntry]
  /// The cells whose memory is measured, rows first, in the order of the specification.
  public let memory: [MemoryEntry]
  /// Whether the final models of the selected final runs are kept, for somebody who looks into them.
  public let keepsModels: Bool

  /// Whether there is anything to run, now or on request: not where all that is asked for is counted.
  public var needsRuns: Bool { scale.train != .never || !memory.isEmpty }

  /// Whether a final run of an entry is asked for, or another run starts from one; or else only runs of its search are.
  public func wantsFinals(of entry: PlanEntry) -> Bool {
    entry.finalPaths.contains(where: selection.contains) || !modelSeeds(of: entry).isEmpty
  }

  /// The runs of the search that are asked for; a final run that is asked for brings all of its entry.
  public func searchCells() throws -> [PlannedCell] { try entries.flatMap(searchCells) }

  func searchCells(of entry: PlanEntry) throws -> [PlannedCell] {
    let cells = try entry.search()
    return wantsFinals(of: entry) ? cells : cells.filter { selection.contains($0.path) }
  }

  /// The runs at the chosen rate and at the paper's that are asked for; where the rates are equal, each seed once.
  public func finalCells(of entry: PlanEntry, at rate: Double) throws -> [PlannedCell] {
    let models = modelSeeds(of: entry)
    let others = models.filter { !entry.seeds.contains($0) }
    let chosen = try (entry.finals(at: rate) + others.map { try entry.final(at: rate, seed: $0) }).compactMap {
      var cell = $0
      let isSelected = selection.contains(cell.path)
      cell.keepsModel = models.contains(cell.seed) || keepsModels && isSelected
      return isSelected || cell.keepsModel ? cell : nil
    }
    let published = try entry.atPaperRate().filter { selection.contains($0.path) }
    guard entry.paperRate == rate else { return chosen + published }
    return chosen + published.filter { cell in !chosen.contains { $0.seed == cell.seed } }
  }

  /// How many final runs of an entry are asked for, at most: where the chosen rate is the paper's, there are fewer.
  func mostFinals(of entry: PlanEntry) -> Int {
    let models = modelSeeds(of: entry).filter { !selection.contains(entry.finalPath($0)) }
    return models.count + entry.finalPaths.count(where: selection.contains)
  }

  /// The seeds whose final models of an entry other runs start from, those that their own rates are searched with included.
  public func modelSeeds(of entry: PlanEntry) -> [UInt64] {
    let all = entries.filter { $0.startsFrom(entry) }.flatMap { other -> [UInt64] in
      let finals = other.seeds.filter { selection.contains(other.finalPath($0)) } + modelSeeds(of: other)
      let isSearched = !finals.isEmpty || other.paths.contains(where: selection.contains)
      return (finals + (isSearched ? other.searchSeeds : [])).map(other.originSeed)
    }
    return Set(all).sorted()
  }

  /// The entries by how many final models lie between them and a seed: each generation starts from those before it.
  var generations: [[PlanEntry]] {
    var generations: [[PlanEntry]] = []
    for entry in entries {
      let origin = generations.lastIndex { $0.contains(where: entry.startsFrom) }
      let index = origin.map { $0 + 1 } ?? 0
      if index == generations.count { generations.append([]) }
      generations[index].append(entry)
    }
    return generations
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
