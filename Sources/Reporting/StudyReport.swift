import Configuration
import Experiments
import Files
import Foundation

/// A study's result as files: its record, a figure, and a page of Markdown with both.
public struct StudyReport {
  /// What was studied.
  public let specification: StudySpecification
  /// The study at its scale.
  public let study: any Study
  /// What came out.
  public let result: StudyResult
  /// What the numbers hang on beside the study: the arithmetic, the allocator.
  public let circumstances: String

  /// Creates a report.
  public init(_ specification: StudySpecification, study: any Study, result: StudyResult, circumstances: String) {
    self.specification = specification
    self.study = study
    self.result = result
    self.circumstances = circumstances
  }

  private var figures: [Figure] {
    let (title, name) = (specification.title, specification.name)
    var figures = [
      result.panels.isEmpty
        ? CurveFigure(title: title, axes: study.axes, curves: result.curves).figure(name: name)
        : PanelFigure(title: title, note: study.axes.note, panels: result.panels).figure(name: name)
    ]
    if let axes = study.timeAxes, !result.times.isEmpty {
      let figure = CurveFigure(title: axes.y, axes: axes, curves: result.times)
      figures.append(figure.figure(name: "\(specification.name)-time"))
    }
    return figures
  }

  /// The page.
  ///
  /// - Throws: `Diagnostic` at a claim's test that cannot be read.
  public func markdown() throws -> String {
    var text = MarkdownText()
    text.heading(1, specification.title)
    text.paragraph("After \(specification.source).")
    text.paragraph("![\(specification.title)](\(specification.name).svg)")
    text.paragraph(study.axes.note)
    if let axes = study.timeAxes, !result.times.isEmpty {
      text.paragraph("![\(axes.y)](\(specification.name)-time.svg)")
      text.paragraph(axes.note)
    }
    text.paragraph(result.remarks.map { "- \($0)" }.joined(separator: "\n"))
    StudyClaimSection(verdicts: try specification.verdicts(on: result)).add(to: &text)
    if !result.findings.isEmpty {
      text.heading(2, "What was found")
      text.table(findings)
    }
    text.heading(2, "Numbers")
    text.paragraph("\(study.axes.y), by \(study.axes.x.lowercased()).")
    text.table(table(of: result.curves))
    if let axes = study.timeAxes, !result.times.isEmpty {
      text.paragraph("\(axes.y), by \(axes.x.lowercased()).")
      text.table(table(of: result.times))
    }
    if !specification.notes.isEmpty {
      text.heading(2, "Notes")
      text.list(specification.notes)
    }
    text.paragraph("Made with \(circumstances). All points: [\(specification.name).json](\(specification.name).json).")
    return text.text
  }

  private var findings: MarkdownTable {
    var table = MarkdownTable(["Name", "Number", ""], alignments: [.left, .right, .left])
    for finding in result.findings {
      let isWhole = finding.value == finding.value.rounded() && finding.value.magnitude < 1e6
      table.add([
        finding.name, isWhole ? DecimalText.plain(finding.value) : DecimalText.fixed(finding.value, places: 4),
        finding.note,
      ])
    }
    return table
  }

  /// At most a dozen rows: the first, the last, and some between them.
  private func table(of curves: [StudyResult.Curve]) -> MarkdownTable {
    let xs = Set(curves.flatMap { $0.points.map(\.x) }).sorted()
    let stride = max(1, (xs.count + 10) / 11)
    let shown = xs.indices.filter { $0 % stride == 0 || $0 == xs.count - 1 }.map { xs[$0] }
    var table = MarkdownTable([study.axes.x] + curves.map(\.label))
    for x in shown {
      table.add(
        [DecimalText.fixed(x, places: 0)]
          + curves.map { curve in
            curve.points.first { $0.x == x }.map { DecimalText.fixed($0.y, places: $0.y < 10 ? 4 : 1) } ?? "—"
          })
    }
    return table
  }

  /// Writes record, page and figure into a folder, each whole or as it was.
  ///
  /// - Returns: the files' paths.
  /// - Throws: `Diagnostic` if a file cannot be written or gnuplot is missing.
  public func write(into folder: String) throws -> [String] {
    let record = ResolvedValue.object([
      "study": .string(specification.kind.rawValue), "numbers": study.resolved, "result": result.resolved,
      "circumstances": .string(circumstances),
    ])
    try AtomicFileWriter.write(record.prettyJSON.utf8, to: "\(folder)/\(specification.name).json")
    try AtomicFileWriter.write(try markdown().utf8, to: "\(folder)/\(specification.name).md")
    for figure in figures { try figure.draw(into: folder) }
    return ["json", "md"].map { "\(folder)/\(specification.name).\($0)" } + figures.map { "\(folder)/\($0.name).svg" }
  }
}
