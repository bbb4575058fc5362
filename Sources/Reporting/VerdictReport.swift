import Experiments
import Files

/// All claims of the paper with their verdicts at a scale, as Markdown, with an answer first: `verdicts.md`.
///
/// The text is a pure function of its summary.
public struct VerdictReport: Sendable {
  /// The claims.
  public let summary: ClaimSummary

  /// Creates a report.
  public init(_ summary: ClaimSummary) { self.summary = summary }

  /// The file's name.
  public static let fileName = "verdicts.md"

  /// The whole text.
  public var markdown: String { document.markdown }

  /// The report, apart from how it is written down.
  package var document: Document {
    var text = Document()
    text.heading(1, "Does SLTrain hold?")
    text.paragraph("Scale `\(summary.scale.rawValue)`. \(tally)")
    text.table(abstract)
    text.table(answers)
    text.paragraph(basis.joined(separator: " "))
    text.paragraph(
      "What is known to be wrong with the published numbers themselves is in [audit.md](audit.md). A verdict *holds*, *does "
        + "not hold*, is *undecided* where the 95 % bootstrap interval of the margin over seeds or rounds reaches over zero, "
        + "or *not tested at this scale* where the numbers cannot speak to the claim. A claim about several sizes does not "
        + "hold if it fails at one of them.")
    addFindings(to: &text)
    return text
  }

  /// Adds the claims by what they come to, each with the numbers behind it.
  func addFindings(to text: inout Document) {
    let kinds: [(outcome: Verdict.Outcome, heading: String)] = [
      (.doesNotHold, "What does not hold"), (.undecided, "What is undecided"),
      (.notTested, "What is not tested at this scale"), (.holds, "What holds"),
    ]
    for kind in kinds {
      let entries = summary.entries(nil, kind.outcome)
      guard !entries.isEmpty else { continue }
      text.heading(2, kind.heading, folds: [.notTested, .holds].contains(kind.outcome))
      text.list(entries.map(item))
    }
    addContradictions(to: &text)
  }

  /// Writes the page into a scale's folder, whole or as it was.
  ///
  /// - Returns: the file's path.
  /// - Throws: `Diagnostic` if it cannot be written.
  public func write(into folder: String) throws -> String {
    let path = "\(folder)/\(Self.fileName)"
    try AtomicFileWriter.makeFolder(folder)
    try AtomicFileWriter.write(markdown.utf8, to: path)
    return path
  }

  /// How many claims there are of each kind, in a sentence.
  var tally: String {
    let all = summary.entries
    let kinds: [(outcome: Verdict.Outcome, one: String, many: String)] = [
      (.holds, "holds", "hold"), (.doesNotHold, "does not hold", "do not hold"),
      (.undecided, "is undecided", "are undecided"), (.notTested, "is not tested here", "are not tested here"),
    ]
    let counts = kinds.compactMap { kind -> String? in
      let count = summary.entries(nil, kind.outcome).count
      return count > 0 ? "**\(count)** \(count == 1 ? kind.one : kind.many)" : nil
    }
    return "Of \(all.count) claims of the paper that a number can test, "
      + counts.joined(separator: ", ") + "."
  }

  /// What the paper's abstract says, a line a size.
  var abstract: DocumentTable {
    var table = DocumentTable(
      ["The abstract says", "Verdict", "Where", "On"], alignments: [.left, .left, .left, .left])
    for entry in summary.entries where entry.claim.isInAbstract {
      for finding in entry.findings {
        table.add([
          entry.claim.statement, finding.verdict.outcome.marked, finding.size ?? "over the sizes",
          "[\(entry.specification)](\(link(entry.page, entry))): \(finding.verdict.reason)",
        ])
      }
    }
    return table
  }

  /// The topics that there are claims of.
  var topics: [ClaimTopic] { ClaimTopic.allCases.filter { !summary.entries($0).isEmpty } }

  private var answers: DocumentTable {
    var table = DocumentTable(
      ["Question", "Answer here", "hold", "do not hold", "undecided", "not tested"], alignments: [.left, .left])
    for topic in topics {
      table.add([topic.question, answer(topic)] + counts(topic).map(String.init))
    }
    return table
  }

  private func counts(_ topic: ClaimTopic) -> [Int] {
    [Verdict.Outcome.holds, .doesNotHold, .undecided, .notTested].map { summary.entries(topic, $0).count }
  }

  /// The answer to a topic's question.
  func answer(_ topic: ClaimTopic) -> String { Self.answer(counts(topic)) }

  /// An answer by the number of claims that hold, do not, are undecided and are not tested.
  static func answer(_ counts: [Int]) -> String {
    let (holds, fails, undecided) = (counts[0], counts[1], counts[2])
    if holds + fails + undecided == 0 { return "not tested" }
    let open = counts[3] > 0 ? ", as far as it is tested" : ""
    if fails + undecided == 0 { return "yes" + open }
    if holds + undecided == 0 { return "no" + open }
    if holds + fails == 0 { return "undecided" }
    return fails == 0 ? "as far as it is decided, yes" : "in part"
  }

  /// What the verdicts rest on, a sentence a topic.
  var basis: [String] {
    var sentences: [String] = []
    if let training = summary.training {
      sentences.append(
        "Perplexities are of models of \(Self.span(training.parameters)) parameters on \(Self.span(training.tokens)) tokens "
          + "each, \(Self.seeds(training.seeds)) a row; the paper's models have 58 M to 7 G. Orders and ratios of "
          + "methods are compared, not perplexities.")
    } else if topics.contains(.perplexity) {
      sentences.append("No model has been trained at this scale, so that nothing is said of perplexity.")
    }
    if topics.contains(.parameters) || topics.contains(.estimatedMemory) {
      sentences.append("Parameters and estimated memory are counted from the shapes of the published sizes.")
    }
    for topic in [ClaimTopic.measuredMemory, .speed] where !sizes(topic).isEmpty {
      let verb = topic == .speed ? "Times are measured" : "Memory is measured, or predicted where a verdict says so,"
      sentences.append("\(verb) on one CPU at \(Self.list(sizes(topic))).")
    }
    return sentences
  }

  /// The sizes that a topic has findings of, ascending; those in billions come last.
  private func sizes(_ topic: ClaimTopic) -> [String] {
    let findings = summary.entries(topic).flatMap(\.findings).filter { $0.verdict.outcome != .notTested }
    func place(_ size: String) -> (Int, Int, String) { (size.hasSuffix("B") ? 1 : 0, size.count, size) }
    return Set(findings.compactMap(\.size)).sorted { place($1) > place($0) }
  }

  /// A claim: its sentence and source, a line a size, and where the numbers are.
  private func item(_ entry: ClaimSummary.Entry) -> Document.Item {
    let claim = entry.claim
    let scale = entry.scale == summary.scale ? "" : ", scale `\(entry.scale.rawValue)`"
    let head =
      "**\(claim.statement)** [\(entry.specification)](\(link(entry.page, entry))), \(claim.id)\(scale). "
      + "Source: \(claim.source)."
    let records = entry.evidence.map { "[\($0.label)](\(link($0.path, entry)))" }
    return Document.Item(
      head, inner: entry.findings.map(Self.line),
      records: records.isEmpty ? "" : "Records: \(records.joined(separator: ", ")).")
  }

  private static func line(_ finding: ClaimSummary.Finding) -> String {
    let verdict = finding.verdict
    let published = finding.published.flatMap { published -> String? in
      published.outcome == .notTested
        ? nil : "the published numbers: \(published.outcome.rawValue), \(published.reason)"
    }
    let clauses =
      ["\(finding.size ?? "Over the sizes"): \(verdict.outcome.marked): \(verdict.reason)"] + finding.remarks
    return (clauses + [published].compactMap(\.self)).joined(separator: "; ") + "."
  }

  /// A path of an entry's scale, as seen from the summary's.
  private func link(_ path: String, _ entry: ClaimSummary.Entry) -> String {
    entry.scale == summary.scale ? path : "../\(entry.scale.rawValue)/\(path)"
  }

  /// Claims that the paper's own numbers do not bear out.
  private func addContradictions(to text: inout Document) {
    let lines = summary.entries.flatMap { entry in
      entry.findings.filter { $0.published?.outcome == .doesNotHold }.map { finding in
        "\(entry.claim.statement) \(finding.size ?? "Over the sizes"): \(finding.published?.reason ?? "")."
      }
    }
    guard !lines.isEmpty else { return }
    text.heading(2, "Where the published numbers do not bear out their own sentence")
    text.list(lines)
  }

  private static func span(_ range: ClosedRange<Int>) -> String {
    let ends = [range.lowerBound, range.upperBound].map { DecimalText.count(Double($0)) }
    return ends[0] == ends[1] ? ends[0] : ends.joined(separator: " to ")
  }

  private static func seeds(_ range: ClosedRange<Int>) -> String {
    guard range.count == 1 else { return "\(range.lowerBound) to \(range.upperBound) seeds" }
    return range.lowerBound == 1 ? "one seed" : "\(range.lowerBound) seeds"
  }

  private static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
