import Configuration

/// Lays the specification of every cell together and checks it.
public struct Planner: Sendable {
  private let table: TableSpecification
  private let scale: TableScale
  private let resolver: TrainingResolver

  /// Creates a planner for a table at a scale.
  public init(_ table: TableSpecification, scale: TableScale, resolver: TrainingResolver) {
    self.table = table
    self.scale = scale
    self.resolver = resolver
  }

  /// The plan of all cells that a selection asks for.
  ///
  /// - Parameters:
  ///   - selection: rows, sizes and cells; a selected run brings the search and the final models that it depends on.
  ///   - seeds: the seeds of the final runs, in place of the scale's own; the search keeps the scale's first.
  ///   - keepsModels: whether the final models of the selected final runs are kept.
  /// - Throws: ``Diagnostic`` at the first setting that is wrong, or if a pattern selects nothing.
  public func plan(selection: Selection = .all, seeds: [UInt64]? = nil, keepsModels: Bool = false) throws -> Plan {
    let seeds = scale.seeds.isEmpty ? [] : seeds ?? scale.seeds
    if let seed = seeds.first(where: { $0 > UInt64(Int.max) }) {
      throw Diagnostic(.usage, "seed \(seed) is too large; expected at most \(Int.max)")
    }
    var entries: [PlanEntry] = []
    for row in table.rows(at: scale) {
      for size in scale.sizes { entries.append(try entry(row, size, seeds: seeds)) }
    }
    let memory = try memoryEntries()
    let paths = entries.flatMap(\.paths) + memory.map(\.cell.path)
    if let pattern = selection.unmatched(in: paths) {
      let known = entries.map { "\($0.row.slug)/\($0.size.slug)" } + memory.map(\.cell.path)
      throw Diagnostic.file(
        table.file, .usage,
        "no cell at scale '\(scale.name.rawValue)' matches '\(pattern)'; known: " + known.joined(separator: ", "))
    }
    return Plan(
      table: table, scale: scale, seeds: seeds, selection: selection,
      entries: Self.needed(entries) { $0.paths.contains(where: selection.contains) },
      memory: memory.filter { selection.contains($0.cell.path) }, keepsModels: keepsModels)
  }

  /// The selected entries and those that they start from, in their order.
  private static func needed(_ entries: [PlanEntry], isSelected: (PlanEntry) -> Bool) -> [PlanEntry] {
    // A row stands below the one that it starts from.
    entries.reversed().reduce(into: [PlanEntry]()) { needed, entry in
      if isSelected(entry) || needed.contains(where: { $0.startsFrom(entry) }) { needed.append(entry) }
    }.reversed()
  }

  private func entry(_ row: TableRow, _ size: TableSize, seeds: [UInt64]) throws -> PlanEntry {
    let node = try training(scale.training, size, row)
    let paperRate = try row.paperRate?.node.substituting(size.variables).learningRate()
    let template = try Template(
      node: node, resolve: scale.train == .never ? resolver.count : resolver.resolve,
      rate: paperRate ?? row.learningRates(at: scale.name).first)
    guard scale.train == .never || row.isOnlyEvaluated || template.full.steps > 0 else {
      throw node.error(
        "row '\(row.label)' makes no update at scale '\(scale.name.rawValue)'; a row that is only evaluated has 'steps: 0' "
          + "in its own 'training'")
    }
    return PlanEntry(
      row: row, size: size, scale: scale, seeds: seeds, template: template, paperRate: paperRate,
      fixedRate: try fixedRate(row, paperRate), start: row.origin == nil ? .seed : .undecided)
  }

  /// The specification of a cell but for its learning rate and seed: one layer over the other.
  private func training(
    _ layer: SpecificationNode?, _ size: TableSize, _ row: TableRow
  ) throws -> SpecificationNode {
    let empty = SpecificationNode(.object([:]), at: .init(file: table.file), path: "training")
    let layers = [layer, size.training, row.training]
    let merged = layers.reduce(table.training ?? empty) { $1?.merged(over: $0) ?? $0 }
    return try merged.substituting(size.variables).named("training")
  }

  private func memoryEntries() throws -> [MemoryEntry] {
    guard let memory = scale.memory else { return [] }
    return try table.rows(at: scale).flatMap { row in
      try memory.sizes.map { size in
        let node = try training(memory.training, size, row)
        let paperRate = try row.paperRate?.node.substituting(size.variables).learningRate()
        guard let rate = paperRate ?? row.learningRates(at: scale.name).first else {
          throw row.node.error(
            "row '\(row.label)' needs a 'paperRate' or 'learningRates' at scale '\(scale.name.rawValue)', where its memory "
              + "is measured")
        }
        let seed = scale.seeds.first ?? 42
        let training = try Template(node: node, resolve: resolver.resolve, rate: rate).training(rate: rate, seed: seed)
        return MemoryEntry(
          row: row, size: size,
          cell: PlannedCell(
            row: row.label, size: size.label, purpose: .memory, learningRate: rate, seed: seed, training: training,
            path: "\(row.slug)/\(size.slug)/\(CellPurpose.memory.rawValue)"))
      }
    }
  }

  /// The rate where nothing is searched: the paper's, else the only one there is.
  private func fixedRate(_ row: TableRow, _ paperRate: Double?) throws -> RateChoice? {
    if row.isOnlyEvaluated {
      return RateChoice(learningRate: 0, origin: .untrained, reason: "no update is made")
    }
    guard scale.search == nil, scale.train != .never else { return nil }
    if let paperRate, let source = row.paperRate?.source {
      return RateChoice(learningRate: paperRate, origin: .paper, reason: source)
    }
    let rates = row.learningRates(at: scale.name)
    guard let rate = rates.first, rates.count == 1 else {
      throw row.node.error(
        "row '\(row.label)' needs a 'paperRate' or a single learning rate at scale '\(scale.name.rawValue)', "
          + "which does not search; found \(rates.count) rates")
    }
    return RateChoice(learningRate: rate, origin: .only, reason: "the only rate of the specification")
  }
}

/// The specification that all cells of a row and size share, but for learning rate, seed and length.
struct Template: Sendable {
  let node: SpecificationNode
  let resolve: @Sendable (SpecificationNode) throws -> ResolvedTraining
  /// The run at its full length, with some learning rate and seed.
  let full: ResolvedTraining

  init(
    node: SpecificationNode, resolve: @escaping @Sendable (SpecificationNode) throws -> ResolvedTraining, rate: Double?
  ) throws {
    self.node = node
    self.resolve = resolve
    full = try Self.resolved(node, resolve, rate: rate ?? 0, seed: 0, steps: nil)
  }

  func training(rate: Double, seed: UInt64, share: Double = 1) throws -> ResolvedTraining {
    let steps = share < 1 ? max(1, Int((Double(full.steps) * share).rounded())) : nil
    return try Self.resolved(node, resolve, rate: rate, seed: seed, steps: steps)
  }

  private static func resolved(
    _ node: SpecificationNode, _ resolve: (SpecificationNode) throws -> ResolvedTraining, rate: Double, seed: UInt64,
    steps: Int?
  ) throws -> ResolvedTraining {
    func value(_ value: ResolvedValue, _ key: String) -> SpecificationNode {
      SpecificationNode(value, at: node.place, path: key)
    }
    var node = node.setting("learningRate", to: value(.number(rate), "learningRate"))
    node = node.setting("seed", to: value(.integer(Int(seed)), "seed"))
    if let steps { node = node.setting("steps", to: value(.integer(steps), "steps")) }
    return try resolve(node)
  }
}
