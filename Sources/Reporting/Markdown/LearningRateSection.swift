import Experiments

/// Which learning rate each row was given, why, what the paper's own gives, and what every rate of the search gave.
struct LearningRateSection {
  let source: ReportSource

  func add(to text: inout Document) {
    guard source.data.entries.contains(where: { $0.choice != nil || !$0.search.isEmpty }) else { return }
    text.heading(2, "Learning rates", folds: true)
    text.paragraph(protocolSentence)
    for size in source.data.scale.sizes {
      if source.data.scale.sizes.count > 1 { text.heading(3, size.label) }
      text.table(choices(size))
      text.table(search(size))
    }
    text.list(edges + sources)
  }

  private var protocolSentence: String {
    let scale = source.data.scale
    guard let search = scale.search else { return "This scale does not search: each row is given one rate." }
    let share = DecimalText.fixed(search.share * 100, places: 0)
    let seed = scale.seeds.first.map { " with seed \($0)" } ?? ""
    return
      "Each row's rates are tried on the tuning split\(seed) for \(share) % of the final steps; the lowest corrected "
      + "loss wins. The final runs are evaluated on the validation split, which the search does not see."
  }

  private func choices(_ size: TableSize) -> DocumentTable {
    var table = DocumentTable(
      ["Method", "Rate", "Chosen by", "Tried", "Paper's rate"] + evaluations.map { "\($0.label) there" },
      alignments: [.left, .right, .left])
    for entry in source.entries(of: size) {
      let texts: [String] = [
        entry.row.label, entry.choice.flatMap(Self.rate) ?? "",
        entry.choice.map(Self.origin) ?? "search not complete", entry.search.isEmpty ? "" : "\(entry.search.count)",
        entry.row.isOnlyEvaluated ? "" : entry.paperRate.map(DecimalText.plain) ?? "not known",
      ]
      let origin = Origin.runs(entry.runsAtPaperRate, of: entry, isPaperRate: true)
      table.add(
        texts.map { DocumentCell($0) }
          + evaluations.map { DocumentCell(entry.runsAtPaperRate.perplexityText($0.value), from: origin) })
    }
    return table
  }

  /// The evaluations that the table has a column of.
  private var evaluations: [(label: String, value: KeyPath<CellOutcome.Evaluation, Double>)] {
    source.data.specification.columns.compactMap { column in
      switch column.metric {
      case .paperPerplexity: (column.label, \.paperPerplexity)
      case .perplexity: (column.label, \.perplexity)
      default: nil
      }
    }
  }

  private static func rate(_ choice: RateChoice) -> String? {
    choice.origin == .untrained ? nil : DecimalText.plain(choice.learningRate)
  }

  private static func origin(_ choice: RateChoice) -> String {
    let origin =
      switch choice.origin {
      case .search: "search"
      case .paper: "the paper"
      case .only: "only one offered"
      case .untrained: "no update is made"
      }
    if choice.allDiverged { return origin + ", all diverged" }
    return choice.edge.map { "\(origin), \($0.rawValue) of the grid" } ?? origin
  }

  /// The losses of the search, one column for each rate that any row tried.
  private func search(_ size: TableSize) -> DocumentTable {
    let entries = source.entries(of: size).filter { !$0.search.isEmpty }
    let rates = Set(entries.flatMap { $0.search.map(\.learningRate) }).sorted()
    var table = DocumentTable(["Loss on the tuning split"] + rates.map(DecimalText.plain))
    for entry in entries {
      table.add(
        [DocumentCell(entry.row.label)]
          + rates.map { rate in
            guard let point = entry.search.first(where: { $0.learningRate == rate }) else { return "" }
            let text = Self.loss(point)
            let isBest = entry.choice?.origin == .search && entry.choice?.learningRate == rate
            return DocumentCell(isBest ? "**\(text)**" : text, from: .search(point))
          })
    }
    return table
  }

  private static func loss(_ point: SearchPoint) -> String {
    guard let outcome = point.outcome else { return "not run" }
    if case .diverged(let step) = outcome.status { return "diverged at step \(step)" }
    return outcome.evaluation.map { DecimalText.fixed($0.correctedLoss, places: 4) } ?? ""
  }

  /// Where the paper's rates come from, each source with the rows that it speaks of.
  private var sources: [String] {
    let known = source.data.rows.compactMap { row in row.paperRate.map { (row.label, $0.source) } }
    let unique = known.map(\.1).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return unique.map { source in
      let rows = known.filter { $0.1 == source }.map(\.0)
      return "The paper's rate of \(rows.joined(separator: "; ")): \(source)."
    }
  }

  /// A warning for each row whose best rate lies on the edge of its grid.
  private var edges: [String] {
    source.data.entries.compactMap { entry in
      guard let choice = entry.choice, let edge = choice.edge, !choice.allDiverged else { return nil }
      let size = source.data.scale.sizes.count > 1 ? " at \(entry.size.label)" : ""
      return "\(entry.row.label)\(size): the \(edge.rawValue) rate of the grid won; a better one may lie beyond it."
    }
  }
}
