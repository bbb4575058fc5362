import Configuration
import Foundation
import MemoryAccounting
import Training

/// What memory the runs of a table take, or one run, as it is planned: nothing is fetched, and nothing is run.
public struct MemoryDescription: Sendable {
  /// One row at one size, or a single run.
  public struct Entry: Sendable {
    /// The row and the size as the table prints them, or the single run's file.
    public var name: String
    /// The planned bytes.
    public var plan: MemoryPlan
  }

  /// The table and its scale, or the single run's file.
  public let title: String
  /// The runs, in the table's order.
  public let entries: [Entry]
  /// The bytes of memory of the machine that the runs are to fit.
  public let machineBytes: Int

  /// Plans the memory of every row and size of a plan: the seed and the learning rate make no difference to it.
  ///
  /// - Throws: ``Diagnostic`` if a run cannot be laid out, or if the plan has none.
  public init(
    _ plan: Plan, environment: ExperimentEnvironment, machineBytes: Int = MemoryPlan.machineBytes
  ) throws {
    let models = try environment.models()
    title = "\(plan.table.name) at scale \(plan.scale.name.rawValue)"
    self.machineBytes = machineBytes
    let trained = plan.scale.train == .never ? [] : plan.entries
    let runs =
      trained.map { ("\($0.row.label) / \($0.size.label)", $0.training) }
      + plan.memory.map { ("\($0.row.label) / \($0.size.label) / memory", $0.cell.training) }
    guard !runs.isEmpty else {
      throw Diagnostic.file(
        plan.table.file, .usage,
        "counts its sizes at scale '\(plan.scale.name.rawValue)' and never trains them, so that no run's memory can be "
          + "planned; leave '--memory' out")
    }
    entries = try runs.map { name, training in
      let run = try TrainingSpecification(
        reading: training.node.mapping(keys: TrainingSpecification.keys), registry: environment.registry,
        models: models, corporaFolder: environment.corporaFolder)
      return Entry(name: name, plan: try MemoryPlan(run))
    }
  }

  /// Plans the memory of a single run.
  ///
  /// - Throws: ``Diagnostic`` if it cannot be laid out.
  public init(_ run: TrainingSpecification, file: String, machineBytes: Int = MemoryPlan.machineBytes) throws {
    title = file
    entries = [Entry(name: file, plan: try MemoryPlan(run))]
    self.machineBytes = machineBytes
  }

  /// A line an entry: each category's peak, the peak in all, and whether that fits the machine.
  public var text: String {
    let categories = MemoryCategory.allCases.filter { category in
      entries.contains { ($0.plan.peakBytes[category] ?? 0) > 0 }
    }
    let largest = entries.map(\.plan.totalPeakBytes).max() ?? 0
    let (unit, scale) = largest >= 1_000_000_000 ? ("GB", 1e9) : ("MB", 1e6)
    let first = ["peak bytes (\(unit))"] + categories.map(\.rawValue) + ["in all", "fits"]
    let rows = entries.map { entry in
      let bytes = categories.map { entry.plan.peakBytes[$0] ?? 0 } + [entry.plan.totalPeakBytes]
      return [entry.name] + bytes.map { String(format: "%.3f", Double($0) / scale) }
        + [entry.plan.fits(available: machineBytes) ? "yes" : "no"]
    }
    let widths = first.indices.map { column in ([first] + rows).map { $0[column].count }.max() ?? 0 }
    let lines = ([first] + rows).map { row in
      row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + space : space + row[column]
      }.joined(separator: "  ")
    }
    let room = String(
      format: "this machine has %.1f GB, of which %.1f are kept for the program", Double(machineBytes) / 1e9,
      Double(MemoryPlan.reserve) / 1e9)
    return (["\(title): tensors of a run, planned; \(room)", ""] + lines).joined(separator: "\n") + "\n"
  }

  /// The same for programs, in bytes.
  public var resolved: ResolvedValue {
    .object([
      "title": .string(title), "machineBytes": .integer(machineBytes), "reservedBytes": .integer(MemoryPlan.reserve),
      "entries": .array(
        entries.map { entry in
          .object([
            "name": .string(entry.name), "total": .integer(entry.plan.totalPeakBytes),
            "workspace": .integer(entry.plan.workspaceBytes),
            "peakBytes": .object(
              Dictionary(
                uniqueKeysWithValues: MemoryCategory.allCases.map {
                  ($0.rawValue, .integer(entry.plan.peakBytes[$0] ?? 0))
                })),
            "fits": .bool(entry.plan.fits(available: machineBytes)),
          ])
        }),
    ])
  }
}
