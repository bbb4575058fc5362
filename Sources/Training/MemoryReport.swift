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

  /// What a plan says, beside what a ledger has counted.
  public init(_ plan: MemoryPlan, memory: Memory? = nil) {
    var lines = MemoryCategory.allCases.map { category in
      let usage = memory?.usage(of: category)
      return Line(
        name: category.rawValue, planned: plan.peakBytes[category] ?? 0, peak: usage?.peak,
        requested: usage?.requested, usable: usage?.usable, allocator: memory?.allocatorBytes(of: category),
        resident: memory?.residentBytes(of: category))
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

  /// A table with a line a category, in megabytes of a million bytes.
  public var text: String {
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
