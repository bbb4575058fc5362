import Configuration
import Experiments
import Files
import Foundation

/// A study's result as files: a figure, and a page of Markdown with it.
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

  /// Reads the report of a study from the record that a run of it left.
  ///
  /// - Throws: `Diagnostic` if there is no record, it is damaged, or it was made with other numbers than the
  ///   specification now has.
  public init(_ specification: StudySpecification, scale: ScaleName, environment: ExperimentEnvironment) throws {
    let study = try specification.study(at: scale.rawValue).study
    let file = "\(environment.results(at: scale).root)/\(specification.name).json"
    guard let record = try StudyRecord(contentsOf: file), record.numbers == study.resolved else {
      throw Diagnostic.file(
        specification.file, .usage,
        "was not made at scale '\(scale.rawValue)' with these numbers; run 'sltrain reproduce \(specification.name)' first"
      )
    }
    self.init(specification, study: study, result: record.result, circumstances: record.circumstances)
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

  /// The page as Markdown.
  ///
  /// - Throws: `Diagnostic` at a claim's test that cannot be read.
  public func markdown() throws -> String { try document().markdown }

  /// The page, apart from how it is written down.
  ///
  /// - Throws: `Diagnostic` at a claim's test that cannot be read.
  package func document() throws -> Document {
    var text = Document()
    text.heading(1, specification.title)
    text.paragraph("After \(specification.source).")
    text.figure("\(specification.name).svg", caption: specification.title)
    text.paragraph(study.axes.note)
    if let axes = study.timeAxes, !result.times.isEmpty {
      text.figure("\(specification.name)-time.svg", caption: axes.y)
      text.paragraph(axes.note)
    }
    text.list(result.remarks)
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
    return text
  }

  private var origin: Origin {
    let file = "\(specification.name).json"
    return Origin("Measured here; \(circumstances)", full: "measured here, in [\(file)](\(file)); \(circumstances)")
  }

  private var findings: DocumentTable {
    var table = DocumentTable(["Name", "Number", "What it is"], alignments: [.left, .right, .left])
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
  private func table(of curves: [StudyResult.Curve]) -> DocumentTable {
    let xs = Set(curves.flatMap { $0.points.map(\.x) }).sorted()
    let stride = max(1, (xs.count + 10) / 11)
    let shown = xs.indices.filter { $0 % stride == 0 || $0 == xs.count - 1 }.map { xs[$0] }
    var table = DocumentTable([study.axes.x] + curves.map(\.label))
    for x in shown {
      table.add(
        [DecimalText.fixed(x, places: 0)]
          + curves.map { curve in
            curve.points.first { $0.x == x }.map { DecimalText.fixed($0.y, places: $0.y < 10 ? 4 : 1) } ?? "—"
          }, from: origin)
    }
    return table
  }

  /// Writes page and figure into a folder beside the record, each whole or as it was.
  ///
  /// - Returns: the files' paths.
  /// - Throws: `Diagnostic` if a file cannot be written or gnuplot is missing.
  public func write(into folder: String) throws -> [String] {
    try AtomicFileWriter.write(try markdown().utf8, to: "\(folder)/\(specification.name).md")
    for figure in figures { try figure.draw(into: folder) }
    return ["\(folder)/\(specification.name).md"] + figures.map { "\(folder)/\($0.name).svg" }
  }
}
