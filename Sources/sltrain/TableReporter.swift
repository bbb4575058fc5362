import Configuration
import Experiments
import Foundation
import Reporting

/// Writes a table and its figures from the records of a scale, and prints what the reader should see first.
struct TableReporter {
  let options: TableOptions
  let environment: ExperimentEnvironment

  /// Writes the report of the whole table, whatever part of it was run last.
  ///
  /// - Returns: the paths of the files.
  /// - Throws: `Diagnostic` if a record is damaged or a file cannot be written.
  func write() throws -> [String] {
    let table = try environment.table(options.table)
    let resolver = try environment.resolver()
    let scale = try table.scale(options.scale)
    let plan = try Planner(table, scale: scale, resolver: resolver).plan()
    let store = environment.results(at: scale.name)
    let source = ReportSource(
      data: try TableData(plan, records: store), plan: plan,
      paper: try table.scales.first { $0.name == .paper }.map {
        try Planner(table, scale: $0, resolver: resolver).plan()
      },
      published: try table.published.map { try published($0) })
    let figure = try environment.figures(of: table).first.map { try published($0.published) }
    return try ReportWriter(source, publishedFigure: figure, folder: store.root).write()
  }

  /// Prints the report up to its third heading: the table and the verdicts.
  func printFirst(_ paths: [String]) throws {
    guard let path = paths.first, let text = FileManager.default.contents(atPath: path) else { return }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    let headings = lines.indices.filter { lines[$0].hasPrefix("## ") }
    print(lines[..<(headings.dropFirst(2).first ?? lines.endIndex)].joined(separator: "\n"))
    print("written:")
    paths.forEach { print("  \(relative($0))") }
  }

  private func published(_ file: String) throws -> PublishedTable {
    try PublishedTable(contentsOf: "\(environment.experimentsFolder)/published/\(file)")
  }

  private func relative(_ path: String) -> String {
    let folder = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
  }
}

extension TableReporter {
  /// Writes and prints.
  func run() throws { try printFirst(write()) }
}
