import Configuration
import Experiments
import Foundation

/// Writes a report beside the records that it was made from: the table as Markdown, and its figures.
public struct ReportWriter {
  /// What the report is made from.
  public let source: ReportSource
  /// The published numbers of the table's figure, or nil where it has none.
  public let publishedFigure: PublishedTable?
  /// The scale's folder, which holds the records.
  public let folder: String

  /// Creates a writer.
  public init(_ source: ReportSource, publishedFigure: PublishedTable?, folder: String) {
    self.source = source
    self.publishedFigure = publishedFigure
    self.folder = folder
  }

  /// Writes the table, then the figures; each file is whole or as it was.
  ///
  /// - Parameter searchPath: the folders to look for gnuplot in, as in `PATH`.
  /// - Returns: the files' paths.
  /// - Throws: `Diagnostic` if a claim or a record cannot be read, a file cannot be written, or gnuplot is missing; in
  ///   the last case the table has been written.
  @discardableResult public func write(
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws -> [String] {
    let folder = folder
    _ = try source.data.specification.parsedClaims()
    let figures = try ReportFigures(source, publishedFigure: publishedFigure) {
      try LossCurve(contentsOf: "\(folder)/\($0.recordPath)/metrics.jsonl")
    }.all()
    let report = TableReport(source, figures: figures.map { ("\($0.figure.name).svg", $0.caption) })
    try report.write(into: folder)
    for (figure, _) in figures { try figure.draw(into: folder, searchPath: searchPath) }
    return ["\(folder)/\(report.fileName)"] + figures.map { "\(folder)/\($0.figure.name).svg" }
  }
}
