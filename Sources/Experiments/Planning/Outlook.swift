import Configuration

/// What a reproduction will have to do, as far as that can be said before anything is fetched or run.
public struct Outlook: Sendable {
  /// Something that is yet to be run.
  public struct Item: Equatable, Sendable {
    /// What it is, to the last bit: two tables that need the same run need it once.
    public var key: String
    /// Seconds that it adds to the whole, roughly.
    public var seconds: Double

    /// Creates an item.
    public init(key: String, seconds: Double) {
      self.key = key
      self.seconds = seconds
    }
  }

  /// What is to be run.
  public var items: [Item]
  /// What is complete and will not be run again.
  public var done: Int
  /// What the machine is too small for, and is worked out without being run.
  public var predicted: Int
  /// Whether there is nothing to run at all: all that is asked for is counted from shapes.
  public var isCounted: Bool

  /// Creates an outlook.
  public init(items: [Item], done: Int, predicted: Int = 0, isCounted: Bool = false) {
    self.items = items
    self.done = done
    self.predicted = predicted
    self.isCounted = isCounted
  }

  /// Seconds that the whole takes, roughly.
  public var seconds: Double { items.reduce(0) { $0 + $1.seconds } }

  /// The outlook without what another has to run before.
  public func without(_ keys: Set<String>) -> Outlook {
    var rest = self
    rest.items.removeAll { keys.contains($0.key) }
    rest.done += items.count - rest.items.count
    return rest
  }

  /// The outlook for people: `12 runs, 30 complete`.
  public var text: String {
    var parts: [String] = []
    if !items.isEmpty { parts.append("\(items.count) \(items.count == 1 ? "run" : "runs")") }
    if done > 0 { parts.append("\(done) complete") }
    if predicted > 0 { parts.append("\(predicted) too large for this machine, predicted") }
    return parts.isEmpty ? (isCounted ? "counted, nothing to run" : "nothing to run") : parts.joined(separator: ", ")
  }
}

extension Outlook {
  /// Looks ahead at what a plan needs.
  ///
  /// Data are not prepared for it: a run counts as complete where one of the same specification is, whatever its data.
  /// - Parameters:
  ///   - records: the complete runs by specification.
  ///   - costs: how long runs took before.
  /// - Throws: ``Diagnostic`` if a cell cannot be planned.
  public init(_ plan: Plan, records: RecordIndex, costs: RunCosts, options: RunOptions) throws {
    self.init(items: [], done: 0, isCounted: !plan.needsRuns)
    let waits = plan.scale.train == .onRequest && !options.trainsOnRequest
    if plan.scale.train != .never, !waits {
      try addTraining(
        plan,
        Reckoning(table: plan.table.name, records: records, costs: costs, sideBySide: options.jobs ?? plan.scale.jobs))
    }
    for cell in plan.memory.map(\.cell) {
      guard try cell.training.predictMemory().fits(machineBytes: options.machineBytes) else {
        predicted += 1
        continue
      }
      if !waits { add(cell, Reckoning(table: plan.table.name, records: records, costs: costs, sideBySide: 1)) }
    }
  }

  /// What is known of runs: those that are complete, how long they take, and how many share that time.
  private struct Reckoning {
    let table: String
    let records: RecordIndex
    let costs: RunCosts
    let sideBySide: Int

    func seconds(of cell: PlannedCell) -> Double { costs.seconds(of: cell) / Double(sideBySide) }
  }

  /// The search and the final runs; where something has still to choose a rate, as many as there may be.
  private mutating func addTraining(_ plan: Plan, _ known: Reckoning) throws {
    var rates: [(entry: PlanEntry, rate: Double)] = []
    for entry in plan.entries {
      let entry = entry.started(amongst: rates)
      for cell in try plan.searchCells(of: entry) { add(cell, known) }
      guard plan.wantsFinals(of: entry) else { continue }
      let rate = try Self.rate(of: entry, known.records)
      if let rate { rates.append((entry, rate)) }
      let anyRate = entry.training.resolved["learningRate"]?.doubleValue ?? 0
      for cell in try plan.finalCells(of: entry, at: rate ?? anyRate) {
        add(cell, known, isKnown: rate != nil)
      }
    }
  }

  /// The rate of an entry's final runs, or nil where it is not known, or not what they start from.
  private static func rate(of entry: PlanEntry, _ records: RecordIndex) throws -> Double? {
    guard entry.isDecided else { return nil }
    if let fixed = entry.fixedRate { return fixed.learningRate }
    let points = try entry.search().map { cell in
      SearchPoint(learningRate: cell.learningRate, outcome: records.outcome(of: cell))
    }
    return RateChoice.best(of: points)?.learningRate
  }

  /// Adds a run, as done or to be done; one that is not known yet, by its place in the table.
  private mutating func add(_ cell: PlannedCell, _ known: Reckoning, isKnown: Bool = true) {
    guard isKnown, cell.isDecided else {
      items.append(Item(key: "\(known.table)/\(cell.path)", seconds: known.seconds(of: cell)))
      return
    }
    guard known.records.outcome(of: cell) == nil else {
      done += 1
      return
    }
    let key = cell.specification.digest.hexadecimal
    guard !items.contains(where: { $0.key == key }) else { return }
    items.append(Item(key: key, seconds: known.seconds(of: cell)))
  }
}
