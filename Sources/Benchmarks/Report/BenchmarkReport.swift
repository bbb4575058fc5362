import Configuration
import Files
import Foundation
import Reporting

/// A record as a page of Markdown for a reader who knows nothing of it, with the verdicts first.
public struct BenchmarkReport {
  /// What may come out of the program on its own or beside another.
  public enum Part: String, Sendable {
    /// The ceilings, kernels, layers and updates of this program.
    case own = "bench"
    /// Updates beside those of another program.
    case peer = "pytorch"
  }

  /// What was to be measured, and what must come out.
  public let specification: BenchmarkSpecification
  /// What was measured.
  public let record: BenchmarkRecord
  /// Which page this is.
  public let part: Part

  /// The exit code of a command whose thresholds were not all met.
  public static let missed: Int32 = 1

  /// Creates a report.
  public init(_ specification: BenchmarkSpecification, record: BenchmarkRecord, part: Part) {
    self.specification = specification
    self.record = record
    self.part = part
  }

  /// The thresholds that this page judges.
  var thresholds: [Threshold] {
    specification.thresholds.filter { $0.path.hasPrefix("\(Part.peer.rawValue)/") == (part == .peer) }
  }

  /// How many thresholds were missed.
  public var missedCount: Int { thresholds.count { $0.verdict(in: record) == .missed } }

  /// A line that says how the thresholds came out.
  public var summary: String {
    let verdicts = thresholds.map { $0.verdict(in: record) }
    return [Threshold.Verdict.met, .missed, .notMeasured].map { verdict in
      "\(verdicts.count { $0 == verdict }) \(verdict.rawValue)"
    }.joined(separator: ", ")
  }

  /// The page as Markdown.
  public var markdown: String { document().markdown }

  /// The page, apart from how it is written down.
  ///
  /// - Parameter figure: a drawing that it is to show.
  package func document(figure: String? = nil) -> Document {
    var text = Document()
    text.heading(1, title)
    text.paragraph(introduction)
    ThresholdSection(thresholds: thresholds, record: record).write(to: &text)
    if let figure { text.figure(figure, caption: "Tokens a second of training, over those of the first method") }
    if part == .own {
      CeilingSection(record: record).write(to: &text)
      KernelSection(record: record).write(to: &text)
      LayerSection(record: record).write(to: &text)
    }
    UpdateSection(record: record).write(to: &text)
    if part == .own { GrowthSection(record: record).write(to: &text) }
    MachineSection(record: record).write(to: &text)
    return text
  }

  /// What the page is of.
  var title: String { part == .own ? specification.title : "\(specification.title): beside PyTorch" }

  private var introduction: String {
    let method = """
      Every figure is the median of some rounds; in a round everything of one table has its go in turn, and ratios are \
      medians of the ratios of single rounds, so that what disturbs the machine for a while disturbs both sides. In \
      brackets stand the quartiles. Seconds and all else are in `\(part.rawValue).json`.
      """
    switch part {
    case .own: return method
    case .peer:
      return method + " "
        + "The other program runs in a process of its own that makes one update when it is asked to and sleeps while ours "
        + "run, with the same model, batch and number of threads; it measures its own seconds, "
        + "and updates all layers at the end, as its optimizers do."
    }
  }

  /// Writes the page, whole or not at all.
  ///
  /// - Returns: the file's path.
  /// - Throws: `Diagnostic` if the file cannot be written.
  @discardableResult public func write(into folder: String) throws -> String {
    let path = "\(folder)/\(part.rawValue).md"
    try AtomicFileWriter.write(markdown.utf8, to: path)
    return path
  }
}
