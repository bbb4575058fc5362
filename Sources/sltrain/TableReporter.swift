import Configuration
import Experiments
import Foundation
import Reporting

/// Writes a table and its figures from the records of a scale, and prints what the reader should see first.
struct TableReporter {
  let options: TableOptions
  let environment: ExperimentEnvironment

  /// Checks all that a report is made from, as far as it is there: to be done before hours of training, not after.
  ///
  /// - Throws: `Diagnostic` if a claim, a published number or a record cannot be read.
  func check() throws { _ = try writer() }

  /// Writes the report of the whole table, whatever part of it was run last, and prints its first sections: the table
  /// and the verdicts. Figures come last, so that without gnuplot the table is still there.
  ///
  /// - Throws: `Diagnostic` if a record is damaged, a file cannot be written, or gnuplot is missing.
  func run() throws {
    let writer = try writer()
    let path = try writer.writeTable()
    try printFirst(path)
    print("written:\n  \(relative(path))")
    try writer.drawFigures().forEach { print("  \(relative($0))") }
    guard options.seed == nil else { return }
    try ScaleReporter(environment).refresh(after: writer.scale).forEach { print("  \(relative($0))") }
  }

  private func writer() throws -> ReportWriter {
    try ReportWriter(
      environment.table(options.table), scale: options.scale, environment: environment,
      seeds: options.seed.map { [$0] })
  }

  /// Prints the report up to the end of its claims, or of its tables where it makes none.
  private func printFirst(_ path: String) throws {
    guard let text = FileManager.default.contents(atPath: path) else { return }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let headings = lines.indices.filter { lines[$0].hasPrefix("## ") }
    let claims = headings.firstIndex { lines[$0] == "## Claims" }
    let end =
      claims.map { headings.dropFirst($0 + 1).first }
      ?? headings.first { ["## Figures", "## Learning rates", "## Runs", "## Notes"].contains(lines[$0]) }
    print(lines[..<(end ?? lines.endIndex)].joined(separator: "\n"))
  }

  private func relative(_ path: String) -> String {
    let folder = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
  }
}
