import Configuration
import Training

/// A table of times as data: rows that are timed beside each other, by size of the model and by batch.
///
/// A time is comparable only within the measurement that took it: all rows of a size and batch are one measurement, and what
/// is recorded is a size. What a run needs is laid together from four layers, as in ``TableSpecification``.
public struct TimingSpecification: Sendable {
  /// What is timed.
  public enum Kind: String, CaseIterable, Sendable {
    /// Whole updates of training.
    case throughput
    /// Forward passes.
    case inference
  }

  /// What is timed.
  public let kind: Kind
  /// The file that this was read from.
  public let file: String
  /// The name of the files that come out.
  public let name: String
  /// The caption.
  public let title: String
  /// Where the table was published.
  public let source: String
  /// The path of the file of published numbers; nil where there is none.
  public let publishedFile: String?
  /// The label of the row that ratios are over.
  public let baseline: String
  /// The rows, in the order printed.
  public let rows: [TimingRow]
  /// The scales, in the order written.
  public let scales: [TimingScale]
  /// The claims that the paper makes of the table.
  public let claims: [TableClaim]
  /// Pairs of rows of which the second overtakes the first at some batch.
  public let crossovers: [(first: String, second: String)]
  /// What a reader should know, each a sentence or two.
  public let notes: [String]
  let training: SpecificationNode?

  static let keys = [
    "study", "name", "title", "source", "published", "baseline", "training", "rows", "scales", "claims", "crossovers",
    "notes",
  ]

  /// Whether a specification is one of times.
  public static func describes(_ node: SpecificationNode) -> Bool {
    let kind = try? node.members().first { $0.key == "study" }?.value.string()
    return kind.flatMap(Kind.init(rawValue:)) != nil
  }

  /// Reads a table of times.
  ///
  /// - Throws: ``Diagnostic`` at the key that is missing, unknown or impossible.
  public init(reading node: SpecificationNode) throws {
    let table = try node.mapping(keys: Self.keys)
    file = node.file
    kind = try table.choice("study")
    name = try table.string("name")
    title = try table.string("title")
    source = try table.string("source")
    let folder = node.file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    publishedFile =
      table.has("published")
      ? (folder.isEmpty ? "" : folder + "/") + "published/" + (try table.string("published")) : nil
    training = try table.optionalNode("training")?.checkedMapping()
    try TimingScale.refuseSettings(of: training)
    let kind = kind
    let rows = try table.requiredNode("rows").nonEmptyList().map { try TimingRow(reading: $0, kind: kind) }
    self.rows = rows
    baseline = try table.string("baseline")
    try Self.check(baseline, table.requiredNode("baseline"), rows)
    claims = try table.optionalNode("claims")?.list().map(TableClaim.init(reading:)) ?? []
    notes = try table.optionalNode("notes")?.list().map { try $0.string() } ?? []
    crossovers =
      try table.optionalNode("crossovers")?.list().map { node in
        let pair = try node.mapping(keys: ["from", "to"])
        let (from, to) = (try pair.string("from"), try pair.string("to"))
        try Self.check(from, pair.requiredNode("from"), rows)
        try Self.check(to, pair.requiredNode("to"), rows)
        return (from, to)
      } ?? []
    let names = ScaleName.allCases.map(\.rawValue)
    let scales = try table.requiredNode("scales").mapping(keys: names)
    self.scales = try ScaleName.allCases.compactMap { name in
      try scales.optionalNode(name.rawValue).map { try TimingScale(name, reading: $0, rows: rows) }
    }
    guard !self.scales.isEmpty else {
      throw scales.node.error("a table needs at least one scale; " + Suggestion.clause(for: "", in: names))
    }
    try checkLabels(table)
  }

  private static func check(_ label: String, _ node: SpecificationNode, _ rows: [TimingRow]) throws {
    guard !rows.contains(where: { $0.label == label }) else { return }
    throw node.error("there is no row '\(label)'; " + Suggestion.clause(for: label, in: rows.map(\.label)))
  }

  private func checkLabels(_ table: SpecificationMapping) throws {
    var seen: Set<String> = []
    for (row, node) in zip(rows, try table.requiredNode("rows").list()) where !seen.insert(row.slug).inserted {
      throw node.error("two rows are called '\(row.slug)'; rename one")
    }
    for scale in scales {
      var seen: Set<String> = []
      for size in scale.sizes where !seen.insert(size.size.slug).inserted {
        throw table.error("scales", "two sizes of '\(scale.name.rawValue)' are called '\(size.size.slug)'; rename one")
      }
    }
  }

  /// The scale of a name; `quick` where none is named, or the first.
  ///
  /// - Throws: ``Diagnostic`` that lists the scales.
  public func scale(_ name: String?) throws -> TimingScale {
    guard let name else { return scales.first { $0.name == .quick } ?? scales[0] }
    if let scale = scales.first(where: { $0.name.rawValue == name }) { return scale }
    throw Diagnostic.file(
      file, .usage, "has no scale '\(name)'; \(Suggestion.clause(for: name, in: scales.map(\.name.rawValue)))")
  }

  /// The rows that are timed at a size.
  public func rows(at size: TimingSize) -> [TimingRow] { rows.filter { size.rows?.contains($0.label) ?? true } }
}
