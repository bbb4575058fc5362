import Foundation
import MemoryAccounting

/// What a run planned to take and what it took, category by category, as lines for people.
public struct MemoryReport: Sendable {
  /// A category's bytes.
  public struct Line: Equatable, Sendable {
    /// The category, or `total`.
    public let name: String
    /// The peak that was planned.
    public let planned: Int
    /// The peak that was measured, as it was asked for; nil before a run.
    public let peak: Int?
    /// Live bytes as they were asked for.
    public let requested: Int?
    /// Live bytes as the harness counts what the allocator set aside.
    public let usable: Int?
    /// Live bytes as the allocator counts them itself.
    public let allocator: Int?
    /// Bytes of physical memory that the allocator holds.
    public let resident: Int?
  }

  /// The categories that take anything, and the total.
  public let lines: [Line]
  /// What the process's physical memory consists of; nil before a run, and where the system does not say.
  public let residentSet: ResidentSet?

  /// What a plan says, beside what a ledger has counted.
  public init(_ plan: MemoryPlan, memory: Memory? = nil) {
    residentSet = memory.flatMap(ResidentSet.init(of:))
    let readings = memory?.read()
    var lines = MemoryCategory.allCases.map { category in
      let reading = readings?[category]
      return Line(
        name: category.rawValue, planned: plan.peakBytes[category] ?? 0, peak: memory?.usage(of: category).peak,
        requested: reading?.requested, usable: reading?.usable, allocator: reading?.allocated,
        resident: reading?.resident)
    }
    let total = memory?.total
    let known = lines
    func sum(_ part: (Line) -> Int?) -> Int? {
      known.allSatisfy { part($0) != nil } ? known.reduce(0) { $0 + (part($1) ?? 0) } : nil
    }
    lines.append(
      Line(
        name: "total", planned: plan.totalPeakBytes, peak: total?.peak, requested: total?.requested,
        usable: total?.usable, allocator: sum(\.allocator), resident: sum(\.resident)))
    self.lines = lines.filter { $0.planned > 0 || ($0.peak ?? 0) > 0 }
  }

  /// A table with a line a category, in megabytes of a million bytes; below it what cannot be in the table.
  public var text: String {
    guard lines.contains(where: { $0.peak != nil }) else { return table }
    var text = table
    if !Memory.isCrossChecked {
      text += "\nallocator \(Memory.allocator): it keeps no books of its own, so that nothing is cross-checked"
    }
    return text + "\n" + (residentSet?.text ?? "resident set: this system does not say")
  }

  private var table: String {
    let columns: [(String, (Line) -> Int?)] = [
      ("planned", { $0.planned }), ("peak", { $0.peak }), ("live", { $0.requested }), ("set aside", { $0.usable }),
      ("allocator", { $0.allocator }), ("resident", { $0.resident }),
    ].filter { _, value in lines.contains { value($0) != nil } }
    let width = 12
    func pad(_ text: String) -> String { String(repeating: " ", count: max(1, width - text.count)) + text }
    let heading = "memory (MB)".padding(toLength: 18, withPad: " ", startingAt: 0) + columns.map { pad($0.0) }.joined()
    let rows = lines.map { line in
      line.name.padding(toLength: 18, withPad: " ", startingAt: 0)
        + columns.map { pad($0.1(line).map { String(format: "%.3f", Double($0) / 1e6) } ?? "-") }.joined()
    }
    return ([heading] + rows).joined(separator: "\n")
  }
}
