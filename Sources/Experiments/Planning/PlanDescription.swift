import Configuration
import Foundation
import Methods

/// What a plan would run, and what that would cost.
public struct PlanDescription: Sendable {
  private let plan: Plan
  private let search: [PlannedCell]

  /// Describes a plan; nothing is fetched or run for it.
  ///
  /// - Throws: ``Diagnostic`` if a cell cannot be planned.
  public init(_ plan: Plan) throws {
    self.plan = plan
    search = try plan.searchCells()
  }

  /// Operations of all cells, were their models dense.
  public var operations: Double {
    search.reduce(0) { $0 + $1.training.denseOperations }
      + plan.entries.reduce(0) { $0 + $1.training.denseOperations * Double(finalRuns(of: $1)) }
  }

  /// Final runs of an entry, at most: where the chosen rate is the paper's, there are fewer.
  private func finalRuns(of entry: PlanEntry) -> Int {
    guard plan.wantsFinals(of: entry) else { return 0 }
    return plan.seeds.count + entry.paperRateSeeds.count
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
    if scale.train != .never {
      lines.append(searchText)
      lines.append("seeds of the final runs: " + plan.seeds.map(String.init).joined(separator: ", "))
    }
    for entry in plan.entries { lines += text(of: entry) }
    guard scale.train != .never else { return lines.joined(separator: "\n") + "\n" }
    let finals = plan.entries.reduce(0) { $0 + finalRuns(of: $1) }
    lines += [
      "",
      "in all: \(search.count) runs of the search, at most \(finals) final runs, "
        + "about \(Self.short(operations)) floating-point operations",
    ]
    return lines.joined(separator: "\n") + "\n"
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
    if plan.scale.train != .never { lines += cost(of: training) }
    if plan.scale.search != nil { lines.append("  rates       \(rates)") }
    if let rate = entry.paperRate { lines.append("  paper rate  \(rate) (\(entry.row.paperRate?.source ?? ""))") }
    return lines
  }

  private func cost(of training: ResolvedTraining) -> [String] {
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
      "entries": .array(plan.entries.map(resolved(of:))),
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
