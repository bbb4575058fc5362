import Configuration
import Experiments
import Foundation
import Reporting

/// A table that is made: cells are trained, and the table and its figures are written from the records of the scale.
struct TableReproduction: Reproduction {
  /// What is asked for of the table.
  let plan: Plan
  private let options: ReproductionOptions
  private let environment: ExperimentEnvironment

  /// Plans what is asked for.
  ///
  /// - Throws: `Diagnostic` at the first setting that is wrong, or if a pattern selects nothing.
  init(_ table: TableSpecification, options: ReproductionOptions, environment: ExperimentEnvironment) throws {
    plan = try options.request.plan(table, environment)
    self.options = options
    self.environment = environment
  }

  var name: String { plan.table.name }
  var scale: ScaleName { plan.scale.name }

  func outlook() throws -> Outlook {
    let own = environment.work(at: scale).readableRecords()
    let published = environment.results(at: scale).readableRecords()
    let records = RecordIndex(options.run.trustsRecords ? published + own : own)
    let costs = RunCosts(published + own)
    return try Outlook(plan, records: records, costs: costs, options: options.run)
  }

  func run(console: any RunConsole) throws -> RunReport {
    // The data of runs that go elsewhere are the project's all the same: prepared once, for everybody.
    let data = PlannedData(
      environment, workers: ProcessInfo.processInfo.activeProcessorCount,
      progress: PreparationPrinter(isQuiet: options.isQuiet).print)
    let runner = TableRunner(
      plan, environment: environment, options: options.run, console: console, rows: data.digests)
    _ = try writer()
    let report = try runner.run()
    if plan.needsRuns { console.message(report.summary) }
    return report
  }

  /// Writes the report of the whole table, whatever part of it was run last, and the pages that gather what all tables
  /// say. Figures come last, so that without gnuplot the table is still there.
  func report() throws -> WrittenReport {
    let writer = try writer()
    let path = try writer.writeTable()
    return try .writing(firstSections(of: path), files: [relative(path)]) {
      let gathered = try options.request.seed == nil ? ScaleReporter(environment).refresh(after: scale) : []
      return try (writer.drawFigures() + gathered).map(relative)
    }
  }

  private func writer() throws -> ReportWriter {
    try ReportWriter(
      plan.table, scale: scale.rawValue, environment: environment, seeds: options.request.seed.map { [$0] })
  }

  /// The report up to the end of its claims, or of its tables where it makes none.
  private func firstSections(of path: String) -> String {
    guard let text = FileManager.default.contents(atPath: path) else { return "" }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let headings = lines.indices.filter { lines[$0].hasPrefix("## ") }
    let claims = headings.firstIndex { lines[$0] == "## Claims" }
    let end =
      claims.map { headings.dropFirst($0 + 1).first }
      ?? headings.first { ["## Figures", "## Learning rates", "## Runs", "## Notes"].contains(lines[$0]) }
    return lines[..<(end ?? lines.endIndex)].joined(separator: "\n")
  }

  private func relative(_ path: String) -> String {
    let folder = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
  }
}
