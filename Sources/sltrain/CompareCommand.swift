import ArgumentParser
import Configuration
import Experiments
import Foundation
import Reporting

/// Sets two records, two scales, or one of either and the published numbers beside each other.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Print how two runs, two scales, or one of either and the published numbers differ; run nothing.",
    discussion: """
      Each side is the folder of a record or its name, a scale (smoke, quick, desktop, paper), or 'published'. Printed as \
      Markdown: the settings in which the resolved specifications differ, and every number that both sides have. A record \
      is set beside the published numbers of each table that has such a cell; two scales are compared row by row, by the \
      published size that each stands for, with means over seeds.

      Examples:
        sltrain compare results/quick/runs/sltrain-32x4-… results/quick/runs/galore-svd-32x4-…
        sltrain compare quick desktop --table table-2
        sltrain compare quick published
      """)

  @Argument(help: "The folder or the name of a record, a scale, or 'published'.")
  var first: String

  @Argument(help: "What it is compared with, likewise.")
  var second: String

  @Option(help: "The table to compare (default: all that both sides have).")
  var table: String?

  func run() throws {
    let environment = try ProjectFolder().environment
    let reader = ComparedSides(environment: environment, table: table)
    switch (try reader.subject(first), try reader.subject(second)) {
    case (.record(let left), .record(let right)):
      guard table == nil else { throw Diagnostic(.usage, "two records are compared as they are; leave '--table' out") }
      try show([ComparisonReport(try ComparedSide(left), try ComparedSide(right))])
    case (.record(let record), .published):
      try show(
        reader.tables().compactMap { table in
          try ComparedSide(record, in: table, environment: environment).map {
            ComparisonReport($0, try ComparedSide(publishedOf: table, environment: environment))
          }
        })
    case (.scale(let left), .scale(let right)): try show(reader.reports(left, right))
    case (.scale(let scale), .published): try show(reader.reports(scale, nil))
    case (.published, .published):
      throw Diagnostic(.usage, "'published' is compared with a record or a scale, not with itself")
    case (.published, _):
      throw Diagnostic(.usage, "put 'published' second: sltrain compare \(second) published")
    default:
      throw Diagnostic(
        .usage, "a record and a scale are not alike; compare two records, two scales, or either with 'published'")
    }
  }

  private func show(_ reports: [ComparisonReport]) throws {
    let reports = reports.filter { !$0.isEmpty }
    guard !reports.isEmpty else {
      let place = table.map { " in '\($0)'" } ?? ""
      throw Diagnostic(.usage, "'\(first)' and '\(second)' have no row and size in common\(place)")
    }
    print(reports.map(\.markdown).joined(separator: "\n"), terminator: "")
  }
}

/// Finds what the user names.
private struct ComparedSides {
  let environment: ExperimentEnvironment
  let table: String?

  enum Subject {
    case record(RunRecord)
    case scale(ScaleName)
    case published
  }

  /// What a word names.
  ///
  /// - Throws: `Diagnostic` if it names nothing, or a damaged record.
  func subject(_ word: String) throws -> Subject {
    if word == "published" { return .published }
    if let scale = ScaleName(rawValue: word) { return .scale(scale) }
    let folder = URL(fileURLWithPath: word).standardizedFileURL.path
    if FileManager.default.fileExists(atPath: folder) { return .record(try RunRecord(folder: folder)) }
    let stores = ScaleName.allCases.flatMap { [environment.results(at: $0), environment.work(at: $0)] }
    for store in stores {
      if let record = try store.record(of: word) { return .record(record) }
    }
    let known = ScaleName.allCases.map(\.rawValue) + ["published"]
    let names = stores.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0.runsFolder)) ?? [] }
    let guess = Suggestion.nearest(to: word, in: known + names).map { "; did you mean '\($0)'?" } ?? ""
    throw Diagnostic(
      .usage,
      "'\(word)' is no record under results or .work, no folder of one, and none of \(known.joined(separator: ", "))\(guess)"
    )
  }

  /// The tables to compare.
  func tables() throws -> [TableSpecification] {
    if let table { return [try environment.table(table)] }
    return try environment.experiments().compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  /// A report for each table that has the scale, or both of them; without a second one, beside what was published.
  func reports(_ first: ScaleName, _ second: ScaleName?) throws -> [ComparisonReport] {
    try tables().compactMap { table in
      func side(_ name: ScaleName) throws -> ComparedSide? {
        try table.scales.first { $0.name == name }.map {
          try ComparedSide(table, scale: $0, environment: environment)
        }
      }
      guard let left = try side(first) else { return nil }
      guard let second else {
        return ComparisonReport(left, try ComparedSide(publishedOf: table, environment: environment))
      }
      return try side(second).map { ComparisonReport(left, $0) }
    }
  }
}
