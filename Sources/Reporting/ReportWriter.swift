import Configuration
import Experiments
import Foundation
import Training

/// Writes a report beside the records that it was made from: the table as Markdown, and its figures.
public struct ReportWriter {
  /// What the report is made from.
  public let source: ReportSource
  /// The scale's folder, which holds the records.
  public let folder: String
  /// The scale that the report is of.
  public var scale: ScaleName { source.data.scale.name }
  private let report: TableReport
  private let drawings: [Figure]
  private let figures: ReportFigures

  /// Creates a writer: reads the curves of the records and everything that can be wrong before a file is written.
  ///
  /// - Parameter figures: the published figures that are drawn from the table's cells.
  /// - Throws: `Diagnostic` if a claim or the curve of a record cannot be read.
  public init(_ source: ReportSource, figures: [PublishedFigure], folder: String) throws {
    _ = try source.data.specification.parsedClaims()
    self.figures = ReportFigures(source, published: figures) {
      try MemoryTimeline(recordIn: "\(folder)/\($0.recordPath)")
    } curve: {
      try LossCurve(contentsOf: "\(folder)/\($0.recordPath)/metrics.jsonl")
    }
    let drawings = try self.figures.all()
    self.source = source
    self.folder = folder
    self.drawings = drawings.map(\.figure)
    report = TableReport(source, figures: drawings.map { ("\($0.figure.name).svg", $0.caption) })
  }

  /// Creates a writer for a table of the project at a scale: reads its records and what was published.
  ///
  /// - Parameters:
  ///   - scale: the scale's name, or nil for the table's default.
  ///   - seeds: the seeds of the final runs, in place of the scale's own.
  /// - Throws: `Diagnostic` if the specification, a record or a file of published numbers is wrong.
  public init(
    _ table: TableSpecification, scale: String?, environment: ExperimentEnvironment, seeds: [UInt64]? = nil
  ) throws {
    let scale = try table.scale(scale)
    try self.init(
      ReportSource(table, scale: scale, environment: environment, seeds: seeds),
      figures: environment.figures(of: table).map {
        PublishedFigure(
          $0, numbers: try PublishedTable(contentsOf: "\(environment.experimentsFolder)/published/\($0.published)"))
      },
      folder: environment.results(at: scale.name).root)
  }

  /// Writes the table, whole or not at all.
  ///
  /// - Returns: the file's path.
  /// - Throws: `Diagnostic` if the file cannot be written.
  @discardableResult public func writeTable() throws -> String {
    try report.write(into: folder)
    return "\(folder)/\(report.fileName)"
  }

  /// The report as the page shows it, which has room for every run.
  ///
  /// - Parameter draw: draws what the page alone shows into a folder.
  /// - Throws: `Diagnostic` if a claim's test or the curve of a record cannot be read; what `draw` throws.
  package func pageDocument(draw: (Figure, _ folder: String) throws -> Void = { _, _ in }) throws -> Document {
    let runs = try source.data.scale.sizes.compactMap(figures.cellCurves)
    for run in runs { try draw(run.figure, "\(folder)/\(Self.pageFolder)") }
    return try report.document(runs: runs.map { ("\(Self.pageFolder)/\($0.figure.name).svg", $0.caption) })
  }

  /// The folder, within that of the scale, of what the page alone shows.
  private static let pageFolder = "report"

  /// Draws the figures and writes them, each whole or as it was.
  ///
  /// - Parameter searchPath: the folders to look for gnuplot in, as in `PATH`.
  /// - Returns: the drawings' paths.
  /// - Throws: `Diagnostic` if gnuplot is missing, or a file cannot be written.
  @discardableResult public func drawFigures(
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws -> [String] {
    try drawings.map { figure in
      try figure.draw(into: folder, searchPath: searchPath)
      return "\(folder)/\(figure.name).svg"
    }
  }
}
