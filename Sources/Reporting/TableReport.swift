import Configuration
import Corpus
import Experiments
import Files

/// A table of the paper as Markdown: our numbers beside the published ones, with a verdict on every claim.
///
/// The text is a pure function of its source: the same records and published numbers give the same bytes.
public struct TableReport: Sendable {
  /// What the report is made from.
  public let source: ReportSource
  /// The report's own files of figures, without folder, each with what stands below it; in the order printed.
  public let figures: [(file: String, caption: String)]

  /// Creates a report.
  public init(_ source: ReportSource, figures: [(file: String, caption: String)] = []) {
    self.source = source
    self.figures = figures
  }

  /// The file's name: `table-2.md`.
  public var fileName: String { source.data.specification.name + source.nameSuffix + ".md" }

  /// The whole text.
  ///
  /// - Throws: `Diagnostic` at a claim's test that cannot be read.
  public func markdown() throws -> String { try document().markdown }

  /// The report, apart from how it is written down.
  ///
  /// - Parameter runs: drawings of every run, where they are to be shown.
  /// - Throws: `Diagnostic` at a claim's test that cannot be read.
  package func document(runs: [(file: String, caption: String)] = []) throws -> Document {
    let specification = source.data.specification
    let scale = source.data.scale
    let marks = Marks(published: source.published)
    var text = Document()
    text.heading(1, "\(specification.title)")
    text.paragraph("Scale `\(scale.name.rawValue)`: \(scale.description)")
    text.paragraph("After \(specification.source). Protocol version \(specification.version).")
    let claims = ClaimSection(source: source, judgements: try source.judgements())
    text.paragraph(claims.summary)
    PerplexitySection(source: source, marks: marks).add(to: &text)
    RepetitionSection(source: source).add(to: &text)
    FootprintSection(source: source, marks: marks).add(to: &text)
    BreakdownSection(source: source, marks: marks).add(to: &text)
    MemorySection(source: source, marks: marks).add(to: &text)
    claims.add(to: &text)
    VariantSection(source: source).add(to: &text)
    if !figures.isEmpty {
      text.heading(2, "Figures")
      for figure in figures { text.figure(figure.file, caption: figure.caption) }
    }
    if !runs.isEmpty {
      text.heading(2, "Every run", folds: true)
      for run in runs { text.figure(run.file, caption: run.caption) }
    }
    LearningRateSection(source: source).add(to: &text)
    RunSection(source: source).add(to: &text)
    DifferenceSection(source: source).add(to: &text)
    NoteSection(source: source, marks: marks).add(to: &text)
    return text
  }

  /// Writes the report into the scale's folder.
  ///
  /// - Throws: `Diagnostic` if a claim cannot be read or the file cannot be written.
  public func write(into folder: String) throws {
    try AtomicFileWriter.write(try markdown().utf8, to: "\(folder)/\(fileName)")
  }
}
