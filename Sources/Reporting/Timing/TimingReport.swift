import Configuration
import Experiments
import Files
import Foundation

/// A table of times as Markdown: a pure function of its source.
public struct TimingReport: Sendable {
  private let source: TimingSource

  /// Creates a report.
  public init(_ source: TimingSource) { self.source = source }

  /// The whole text.
  ///
  /// - Throws: `Diagnostic` at a claim's test that cannot be read.
  public func markdown() throws -> String { try document().markdown }

  /// The report, apart from how it is written down.
  ///
  /// - Throws: `Diagnostic` at a claim's test that cannot be read.
  package func document() throws -> Document {
    let specification = source.specification
    let marks = Marks(published: source.published)
    var text = Document()
    text.heading(1, specification.title)
    text.paragraph("Scale `\(source.scale.name.rawValue)`: \(source.scale.description)")
    text.paragraph(
      "After \(specification.source). Random tokens. The numbers of a size were taken in one run, the rows in turn, and are "
        + "comparable with each other; with those of another run, only their ratios are. ± is half the distance between the "
        + "slowest round and the fastest.")
    if !source.missing.isEmpty {
      text.paragraph("Not measured so far: \(source.missing.joined(separator: ", ")).")
    }
    switch specification.kind {
    case .throughput: ThroughputSection(source: source, marks: marks).add(to: &text)
    case .inference: InferenceSection(source: source, marks: marks).add(to: &text)
    }
    TimingClaimSection(judgements: try source.judgements()).add(to: &text)
    text.heading(2, "Notes", folds: true)
    text.list(marks.footnotes + specification.notes)
    text.list(specification.rows.filter { !$0.note.isEmpty }.map { "\($0.label): \($0.note)" })
    text.list(source.measured.map { Self.circumstances($0.size.size.label, $0.record) })
    text.list(marks.legend)
    if let published = source.published {
      text.list(published.notes.filter { !marks.notes.contains($0) }.map(\.text))
      text.paragraph(
        "Published numbers: \(published.paper). Sources: " + published.sources.map(\.text).joined(separator: "; ") + "."
      )
    }
    if !source.measured.isEmpty {
      text.paragraph("All times: [\(specification.name).json](\(specification.name).json).")
    }
    return text
  }

  private static func circumstances(_ label: String, _ record: TimingRecord.Size) -> String {
    let manifest = record.manifest
    let threads = "\(manifest.threads) thread\(manifest.threads == 1 ? "" : "s")"
    return "\(label): \(manifest.processor), \(threads), OpenBLAS core \(manifest.blasCore), numerics "
      + "\(record.numerics), \(manifest.allocator), measured on "
      + "\(manifest.started.prefix(10)) in \(DecimalText.significant(manifest.seconds)) s."
  }

  /// Writes the page, then draws the figures, each whole or as it was.
  ///
  /// - Returns: the files' paths.
  /// - Throws: `Diagnostic` if a file cannot be written or gnuplot is missing.
  public func write(into folder: String) throws -> [String] {
    let path = "\(folder)/\(source.specification.name).md"
    try AtomicFileWriter.makeFolder(folder)
    try AtomicFileWriter.write(try markdown().utf8, to: path)
    return [path]
      + (try TimingFigures(source: source).all().map { figure in
        try figure.draw(into: folder)
        return "\(folder)/\(figure.name).svg"
      })
  }
}
