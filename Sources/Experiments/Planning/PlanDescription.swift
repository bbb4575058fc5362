import Configuration
import Foundation
import Methods
import Training

/// What a plan would run, and what that would cost.
public struct PlanDescription: Sendable {
  private let plan: Plan
  private let search: [PlannedCell]
  private let machineBytes: Int
  /// What the memory cells will take.
  private let predictions: [(entry: MemoryEntry, prediction: MemoryPrediction)]

  /// Describes a plan; nothing is fetched or run for it.
  ///
  /// - Parameter machineBytes: the bytes of memory that there are.
  /// - Throws: ``Diagnostic`` if a cell cannot be planned.
  public init(_ plan: Plan, machineBytes: Int = MemoryPlan.machineBytes) throws {
    self.plan = plan
    self.machineBytes = machineBytes
    search = try plan.searchCells()
    predictions = try plan.memory.map { ($0, try $0.cell.training.predictMemory()) }
  }

  /// Operations of all cells, were their models dense.
  public var operations: Double {
    search.reduce(0) { $0 + $1.training.denseOperations }
      + plan.entries.reduce(0) { $0 + $1.training.denseOperations * Double(finalRuns(of: $1)) }
      + predictions.filter { $0.prediction.fits(machineBytes: machineBytes) }
      .reduce(0) { $0 + $1.entry.cell.training.denseOperations }
  }

  /// Final runs of an entry, at most: where the chosen rate is the paper's, there are fewer.
  private func finalRuns(of entry: PlanEntry) -> Int {
    plan.mostFinals(of: entry)
  }

  /// The text for people.
  public var text: String {
    let scale = plan.scale
    var lines = ["\(plan.table.name) at scale \(scale.name.rawValue): \(plan.table.title)"]
    if !scale.description.isEmpty { lines.append(scale.description) }
    switch scale.train {
    case .always: break
    case .onRequest: lines.append("trained on request only; parameters and memory are counted from shapes")
    case .never: lines.append("never trained; parameters and memory are counted from shapes")
    }
    if !plan.seeds.isEmpty {
      lines.append(searchText)
      lines.append("seeds of the final runs: " + plan.seeds.map(String.init).joined(separator: ", "))
    }
    for entry in plan.entries { lines += text(of: entry) }
    for (entry, prediction) in predictions { lines += text(of: entry, prediction) }
    return (lines + sums).joined(separator: "\n") + "\n"
  }

  private var sums: [String] {
    var parts: [String] = []
    if !plan.seeds.isEmpty {
      let finals = plan.entries.reduce(0) { $0 + finalRuns(of: $1) }
      parts += ["\(search.count) runs of the search, at most \(finals) final runs"]
    }
    if !predictions.isEmpty {
      let runs = predictions.count { $0.prediction.fits(machineBytes: machineBytes) }
      parts.append("\(runs) runs for their memory, \(predictions.count - runs) predicted")
    }
    guard !parts.isEmpty else { return [] }
    return [
      "", "in all: " + parts.joined(separator: ", ") + ", about \(Self.short(operations)) floating-point operations",
    ]
  }

  private func text(of entry: MemoryEntry, _ prediction: MemoryPrediction) -> [String] {
    let training = entry.cell.training
    let fits = prediction.fits(machineBytes: machineBytes)
    return [
      "",
      "\(entry.row.label) / \(entry.size.label) / memory" + (entry.row.published == nil ? " (no published row)" : ""),
      "  method      \(training.resolved["method"]?.canonicalJSON ?? "")",
      "  training    \(training.steps) updates of \(training.batch) x \(training.sequenceLength) tokens",
      fits
        ? "  memory      \(MemoryPrediction.text(prediction.total))"
        : "  memory      predicted, not run: \(prediction.excess(over: machineBytes))",
      "  cost        \(Self.short(training.denseOperations)) operations",
    ]
  }

  private var searchText: String {
    guard let share = plan.scale.search?.share else { return "learning rates: the paper's, nothing is searched" }
    return "learning rates: searched on the tuning split with \(Self.percent(share)) of the steps, "
      + "the same number for every row"
  }

  private func text(of entry: PlanEntry) -> [String] {
    let training = entry.training
    let rates = entry.row.learningRates(at: plan.scale.name).map { "\($0)" }.joined(separator: ", ")
    var lines = [
      "",
      "\(entry.row.label) / \(entry.size.label)" + (entry.row.published == nil ? " (no published row)" : ""),
      "  method      \(training.resolved["method"]?.canonicalJSON ?? "")",
      "  model       \(training.resolved["model"]?.canonicalJSON ?? "")",
      "  parameters  \(Self.short(Double(entry.training.footprint.finalParameters))), full-rank "
        + Self.short(Double(training.model.denseParameterCount)),
    ]
    if let origin = entry.row.origin {
      lines.append(
        "  start       the final model of \(origin.row), " + (origin.seed.map { "seed \($0)" } ?? "of the same seed"))
    }
    if plan.scale.train != .never { lines += cost(of: training) }
    if plan.scale.search != nil, !rates.isEmpty { lines.append("  rates       \(rates)") }
    if let rate = entry.paperRate { lines.append("  paper rate  \(rate) (\(entry.row.paperRate?.source ?? ""))") }
    return lines
  }

  private func cost(of training: ResolvedTraining) -> [String] {
    guard training.steps > 0 else { return ["  training    none, evaluated as it starts"] }
    let tokens = Double(training.tokenSlots) / Double(training.model.denseParameterCount)
    return [
      "  training    \(training.steps) updates of \(training.batch) x \(training.sequenceLength) tokens: at most "
        + "\(Self.short(Double(training.tokenSlots))) tokens, \(String(format: "%.1f", tokens)) a full-rank parameter",
      "  cost        \(Self.short(training.denseOperations)) operations a run",
    ]
  }

  /// The same for programs: every entry with its resolved specification.
  public var resolved: ResolvedValue {
    .object([
      "table": .string(plan.table.name), "version": .integer(plan.table.version),
      "scale": .string(plan.scale.name.rawValue), "seeds": .array(plan.seeds.map { .integer(Int($0)) }),
      "searchRuns": .integer(search.count), "operations": .number(operations),
      "entries": .array(plan.entries.map(resolved(of:))), "machineBytes": .integer(machineBytes),
      "memory": .array(
        predictions.map { entry, prediction in
          .object([
            "row": .string(entry.row.label), "size": .string(entry.size.label),
            "training": entry.cell.training.resolved,
            "predictedPeakBytes": .object(prediction.peakBytes.mapValues(ResolvedValue.integer)),
            "fits": .bool(prediction.fits(machineBytes: machineBytes)),
          ])
        }),
    ])
  }

  private func resolved(of entry: PlanEntry) -> ResolvedValue {
    let training = entry.training
    var specification = training.resolved
    specification["learningRate"] = nil
    specification["seed"] = nil
    return .object([
      "row": .string(entry.row.label), "size": .string(entry.size.label), "training": specification,
      "learningRates": .array(entry.row.learningRates(at: plan.scale.name).map(ResolvedValue.number)),
      "paperRate": entry.paperRate.map(ResolvedValue.number) ?? .null, "finalRuns": .integer(finalRuns(of: entry)),
      "tokenSlots": .integer(training.tokenSlots), "parameters": .integer(training.footprint.finalParameters),
      "denseParameters": .integer(training.model.denseParameterCount),
      "operationsPerRun": .number(training.denseOperations),
    ])
  }

  /// A large number for people: `2.2M`, `1.3e12`.
  static func short(_ value: Double) -> String {
    switch value {
    case ..<1e4: String(format: "%.0f", value)
    case ..<1e6: String(format: "%.1fk", value / 1e3)
    case ..<1e9: String(format: "%.2fM", value / 1e6)
    case ..<1e12: String(format: "%.2fG", value / 1e9)
    default: String(format: "%.1e", value)
    }
  }

  private static func percent(_ share: Double) -> String { String(format: "%.0f %%", share * 100) }
}
