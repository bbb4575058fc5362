import Experiments
import Files
import Foundation

/// What is wrong with the published numbers, each with the effect measured here, as Markdown: `audit.md`.
///
/// The text is a pure function of its source.
public struct AuditReport {
  /// What the report is made from.
  public let source: AuditSource

  /// Creates a report.
  public init(_ source: AuditSource) { self.source = source }

  /// The file's name.
  public var fileName: String { source.specification.name + ".md" }

  /// The whole text.
  public var markdown: String { document.markdown }

  /// The report, apart from how it is written down.
  package var document: Document {
    let marks = Marks(published: nil)
    let problems = source.specification.problems.map { problem in
      (problem: problem, findings: problem.measurements.map { finding($0, marks) })
    }
    var text = Document()
    text.heading(1, source.specification.title)
    text.paragraph(
      "Scale `\(source.scale.rawValue)`. Every effect is read from the records of this repository or counted from shapes; what "
        + "has no record says so. The claims themselves are judged in [verdicts.md](verdicts.md).")
    text.table(overview(problems))
    for (problem, findings) in problems {
      text.heading(2, problem.title, folds: true)
      text.paragraph(problem.statement)
      text.paragraph("Source: \(problem.source).")
      text.table(published(problem, marks))
      for (measurement, finding) in zip(problem.measurements, findings) {
        text.paragraph("**\(finding.isMeasured ? "Here" : "Not measured")** (\(link(measurement))): \(finding.effect).")
        for (caption, table) in finding.tables where !table.isEmpty {
          text.paragraph(caption)
          text.table(table.linking(from: folder(measurement)))
        }
        if let figure = figure(measurement) { text.figure("\(figure.figure.name).svg", caption: figure.caption) }
      }
      if !problem.unmeasured.isEmpty { text.paragraph("**Not measured**: \(problem.unmeasured)") }
    }
    text.list(marks.legend)
    return text
  }

  /// The figures: the learning rates of every table that is asked for all of its rows.
  public var figures: [Figure] {
    source.specification.problems.flatMap(\.measurements).compactMap { figure($0)?.figure }
  }

  /// Writes the page, then draws its figures, each whole or as it was.
  ///
  /// - Returns: the files' paths.
  /// - Throws: `Diagnostic` if a file cannot be written or gnuplot is missing.
  public func write(into folder: String) throws -> [String] {
    let path = "\(folder)/\(fileName)"
    try AtomicFileWriter.makeFolder(folder)
    try AtomicFileWriter.write(markdown.utf8, to: path)
    return [path]
      + (try figures.map { figure in
        try figure.draw(into: folder)
        return "\(folder)/\(figure.name).svg"
      })
  }

  private func overview(
    _ problems: [(problem: AuditSpecification.Problem, findings: [AuditFinding])]
  ) -> DocumentTable {
    var table = DocumentTable(["Problem", "Effect here"], alignments: [.left, .left])
    for (problem, findings) in problems {
      let effects = findings.filter(\.isMeasured).map(\.effect)
      let missing = problem.unmeasured.isEmpty ? findings.map(\.effect) : [problem.unmeasured]
      table.add([
        problem.title,
        effects.isEmpty ? "not measured: " + missing.joined(separator: "; ") : effects.joined(separator: "; "),
      ])
    }
    return table
  }

  private func published(_ problem: AuditSpecification.Problem, _ marks: Marks) -> DocumentTable {
    let numbers = problem.published.compactMap { reference in
      source.published[reference.file].flatMap { table in
        table.number(reference.quantity, row: reference.row, size: reference.size).map { (reference, table, $0) }
      }
    }
    let first = numbers.first?.2.value ?? .nan
    var table = DocumentTable(
      ["Published", "Number", "over the first", "Source"], alignments: [.left, .right, .right, .left])
    for (reference, published, number) in numbers {
      table.add([
        DocumentCell("\(published.name): \(reference.row), \(reference.size), \(reference.quantity.rawValue)"),
        DocumentCell(marks.marked(number).text, from: .published(number, in: published)),
        DocumentCell(DecimalText.fixed(number.value / first, places: 3)),
        DocumentCell(published.sources.first { $0.id == number.source }?.text ?? ""),
      ])
    }
    return table
  }

  private func finding(_ measurement: AuditSpecification.Measurement, _ marks: Marks) -> AuditFinding {
    if measurement.kind == .study {
      return .study(measurement.specification, source.studies[measurement.specification])
    }
    guard let table = source.tables[measurement.specification] else {
      preconditionFailure("an audit's source holds every table that a measurement names")
    }
    switch measurement.kind {
    case .evaluation: return .evaluation(table, marks)
    case .learningRates: return .learningRates(table, rows: measurement.rows)
    case .rows: return .rows(table, measurement.rows)
    case .memoryTotals: return .memoryTotals(table, marks)
    case .count: return .count(table, rows: measurement.rows, size: measurement.size ?? "")
    case .study: preconditionFailure("studies are no tables")
    }
  }

  /// A measurement's page, as seen from the scale's folder.
  private func link(_ measurement: AuditSpecification.Measurement) -> String {
    "[\(measurement.specification)](\(folder(measurement))\(measurement.specification).md)"
  }

  /// The folder of a measurement's page and records, as seen from the scale's.
  private func folder(_ measurement: AuditSpecification.Measurement) -> String {
    let name = measurement.specification
    let scale = source.tables[name]?.data.scale.name ?? source.studies[name]?.scale ?? source.scale
    return scale == source.scale ? "" : "../\(scale.rawValue)/"
  }

  private func figure(_ measurement: AuditSpecification.Measurement) -> (figure: Figure, caption: String)? {
    guard measurement.kind == .learningRates, measurement.rows.isEmpty,
      let table = source.tables[measurement.specification]
    else { return nil }
    let figure = LearningRateFigure(table)
    guard !figure.curves.isEmpty else { return nil }
    return (figure.figure(name: "\(source.specification.name)-learning-rates"), figure.title)
  }
}
