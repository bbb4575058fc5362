import Configuration
import Experiments
import Foundation
import Methods

/// All that a report is made from: the records of a table at a scale, and what was published.
///
/// A report is a pure function of this: of records and published numbers, of no clock and no machine.
public struct ReportSource: Sendable {
  /// The table at its scale, with the outcomes of its records.
  public var data: TableData
  /// How every row and size of the scale is trained; nil where that is not asked for.
  public var plan: Plan?
  /// The table at the paper's scale: what the published sizes count to, and how they were trained.
  public var paper: Plan?
  /// The published numbers.
  public var published: PublishedTable?
  /// What the names of the report's files end in: nothing for the scale's own seeds, `-seed-7` for another.
  public var nameSuffix = ""

  /// Creates a source.
  public init(data: TableData, plan: Plan? = nil, paper: Plan? = nil, published: PublishedTable? = nil) {
    self.data = data
    self.plan = plan
    self.paper = paper
    self.published = published
  }

  /// Gathers the source of a table's report at a scale: the plan, its records, the paper's own scale, what was published.
  ///
  /// - Parameters:
  ///   - seeds: the seeds of the final runs, in place of the scale's own.
  ///   - index: the scale's records, where they have been read already.
  /// - Throws: `Diagnostic` if the specification, a record or the file of published numbers is wrong.
  public init(
    _ table: TableSpecification, scale: TableScale, environment: ExperimentEnvironment, seeds: [UInt64]? = nil,
    index: RecordIndex? = nil
  ) throws {
    let resolver = try environment.resolver()
    let plan = try Planner(table, scale: scale, resolver: resolver).plan(seeds: seeds)
    self.init(
      data: try TableData(plan, records: environment.results(at: scale.name), index: index), plan: plan,
      paper: try table.scales.first { $0.name == .paper }.map {
        try Planner(table, scale: $0, resolver: resolver).plan()
      },
      published: try table.publishedFile.map { try PublishedTable(contentsOf: $0) })
    nameSuffix = seeds.map { "-seed-" + $0.map(String.init).joined(separator: "-") } ?? ""
  }

  /// The entries of a size, in the order of the rows.
  public func entries(of size: TableSize) -> [TableEntry] { data.entries.filter { $0.size.label == size.label } }

  /// How a row is trained at a size.
  func training(row: String, size: TableSize) -> ResolvedTraining? {
    plan?.entries.first { $0.row.label == row && $0.size.label == size.label }?.training
  }

  /// How the paper trains a row at the published size that a size stands for.
  func paperTraining(row: String, size: TableSize) -> ResolvedTraining? {
    guard let column = size.published else { return nil }
    return paper?.entries.first { $0.row.label == row && ($0.size.published ?? $0.size.label) == column }?.training
  }

  /// What each row counts to at the published size that a size stands for.
  func publishedFootprints(of size: TableSize) -> [String: Footprint] {
    Dictionary(
      uniqueKeysWithValues: data.specification.rows.compactMap { row in
        paperTraining(row: row.label, size: size).map { (row.label, $0.footprint) }
      })
  }
}
