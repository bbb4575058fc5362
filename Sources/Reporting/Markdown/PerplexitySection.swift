import Experiments

/// The main table: what each method reaches, beside what was published, by both evaluations.
///
/// Each of our numbers stands beside the published one that it can be compared with: the paper's evaluation beside the
/// number as printed, the corrected one beside the number with the factor n/(n+1) undone.
struct PerplexitySection {
  let source: ReportSource
  let marks: Marks

  /// How many sizes share a table, so that it stays narrow.
  private static let sizesPerTable = 2

  /// A column of one size.
  private struct Column {
    let heading: String
    let cell: (TableRow) -> String
  }

  func add(to text: inout MarkdownText) {
    let metrics = source.data.specification.columns.filter { $0.metric == .perplexity || $0.metric == .paperPerplexity }
    guard !metrics.isEmpty else { return }
    text.heading(2, "Perplexity")
    text.paragraph(caption)
    let sizes = source.data.scale.sizes
    for start in stride(from: 0, to: sizes.count, by: Self.sizesPerTable) {
      let group = sizes[start..<min(start + Self.sizesPerTable, sizes.count)]
      let columns = group.flatMap { self.columns(of: $0, metrics) }
      guard !columns.isEmpty else { continue }
      var table = MarkdownTable(["Method"] + columns.map(\.heading))
      for row in source.data.rows { table.add([row.label] + columns.map { $0.cell(row) }) }
      text.table(table)
    }
  }

  private var caption: String {
    guard source.data.hasRecords else {
      return "Published validation perplexities; nothing has been trained at this scale. *unbiased*: the factor "
        + "n/(n + 1) of the authors' evaluation undone."
    }
    let seeds = source.data.scale.seeds.count
    let spread = seeds > 1 ? ", mean ± sample standard deviation of \(seeds) seeds" : " of one seed"
    return "Validation perplexity\(spread). *paper*: as the authors' code evaluates, which divides the sum of n batch "
      + "means by n + 1. *corrected*: the token-weighted mean. *unbiased*: the published number with that factor undone."
  }

  private func columns(of size: TableSize, _ metrics: [TableColumn]) -> [Column] {
    let name = source.data.scale.sizes.count > 1 ? "\(size.label): " : ""
    let published = size.published.flatMap { source.published?.size($0) }
    var result: [Column] = []
    for metric in metrics {
      let isPaper = metric.metric == .paperPerplexity
      if source.data.hasRecords {
        result.append(
          Column(heading: name + (isPaper ? "paper" : "corrected")) { row in
            source.data.entry(row: row.label, size: size.label).map {
              $0.finals.perplexityText(isPaper ? \.paperPerplexity : \.perplexity)
            } ?? ""
          })
      }
      guard let published else { continue }
      result.append(
        Column(heading: name + (isPaper ? "published" : "unbiased")) { row in
          isPaper ? printed(row, published) : unbiased(row, published)
        })
    }
    return result
  }

  private func printed(_ row: TableRow, _ size: PublishedSize) -> String {
    marks.marked(row.published.flatMap { source.published?.number(.perplexity, row: $0, size: size.label) })
  }

  private func unbiased(_ row: TableRow, _ size: PublishedSize) -> String {
    guard let name = row.published, let number = source.published?.number(.perplexity, row: name, size: size.label),
      let value = source.published?.unbiasedPerplexity(row: name, size: size.label)
    else { return "" }
    return marks.text(DecimalText.fixed(value, places: 2), like: number)
  }
}

extension TableData {
  /// The rows of the scale, in the order printed.
  var rows: [TableRow] { specification.rows(at: scale) }

  /// Whether anything has been trained.
  var hasRecords: Bool { entries.contains { !$0.outcomes.isEmpty } }
}

extension [SeedOutcome] {
  /// Mean and spread of a perplexity over the seeds: `34.15 ± 0.12`, with what is missing said in brackets.
  func perplexityText(_ value: KeyPath<CellOutcome.Evaluation, Double>) -> String {
    let outcomes = compactMap(\.outcome)
    let values = outcomes.filter { $0.status == .complete }.compactMap { $0.evaluation?[keyPath: value] }
    let diverged = outcomes.filter { $0.status != .complete }.count
    guard let statistics = Statistics(values) else { return diverged > 0 ? "diverged" : "" }
    var text = DecimalText.fixed(statistics.mean, places: 2)
    if let deviation = statistics.deviation { text += " ± " + DecimalText.fixed(deviation, places: 2) }
    if diverged > 0 {
      text += " (\(diverged) of \(count) diverged)"
    } else if values.count < count {
      text += " (\(values.count) of \(count) seeds)"
    }
    return text
  }
}
