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
    let cell: (TableRow) -> DocumentCell
  }

  func add(to text: inout Document) {
    guard !metrics.isEmpty, !source.data.scale.sizes.isEmpty else { return }
    text.heading(2, "Perplexity")
    text.paragraph(caption)
    let sizes = source.data.scale.sizes
    for start in stride(from: 0, to: sizes.count, by: Self.sizesPerTable) {
      let group = sizes[start..<min(start + Self.sizesPerTable, sizes.count)]
      let columns = group.flatMap { self.columns(of: $0) }
      guard !columns.isEmpty else { continue }
      var table = DocumentTable(["Method"] + columns.map(\.heading))
      for (label, row) in rows { table.add([DocumentCell(label)] + columns.map { $0.cell(row) }) }
      text.table(table)
    }
  }

  private var metrics: [TableColumn] {
    source.data.specification.columns.filter { $0.metric == .perplexity || $0.metric == .paperPerplexity }
  }

  /// Every row; where nothing is trained, one for each published row.
  private var rows: [(label: String, row: TableRow)] {
    guard !source.data.hasRecords else { return source.data.rows.map { ($0.label, $0) } }
    return source.data.publishedRows.filter { $0.row.published != nil }
  }

  private var caption: String {
    let undone = "*unbiased*: the published number with the factor n/(n + 1) of the authors' evaluation undone."
    guard source.data.hasRecords else {
      return "Published validation perplexities; nothing has been trained at this scale. " + undone
    }
    let seeds = source.data.seedCount
    let spread = seeds > 1 ? ", mean ± sample standard deviation of \(seeds) seeds" : " of one seed"
    let evaluations = metrics.map { metric in
      metric.metric == .perplexity
        ? "*\(metric.label)*: the token-weighted mean."
        : "*\(metric.label)*: as the authors' code evaluates, which divides the sum of n batch means by n + 1"
          + "\(batches)."
    }
    let pairs = source.data.scale.sizes.compactMap { size in
      size.published.map { "\(size.label) stands beside the published \($0)." }
    }
    return "Validation perplexity\(spread). " + (pairs + evaluations + [undone]).joined(separator: " ")
  }

  /// The number of batches of our evaluations, as a clause.
  private var batches: String {
    let all = source.data.entries.flatMap(\.outcomes).compactMap { $0.evaluation?.batches }
    guard let least = all.min(), let most = all.max() else { return "" }
    return "; here n is " + (least == most ? "\(least)" : "from \(least) to \(most)")
  }

  private func columns(of size: TableSize) -> [Column] {
    let name = source.data.scale.sizes.count > 1 ? "\(size.label): " : ""
    let published = size.published.flatMap { source.published?.size($0) }
    var result: [Column] = []
    for metric in metrics {
      let isPaper = metric.metric == .paperPerplexity
      if source.data.hasRecords {
        result.append(
          Column(heading: name + metric.label) { row in
            source.data.entry(row: row.label, size: size.label).map {
              DocumentCell(
                $0.finals.perplexityText(isPaper ? \.paperPerplexity : \.perplexity), from: .runs($0.finals, of: $0))
            } ?? ""
          })
      }
      guard let published else { continue }
      result.append(
        Column(heading: name + (isPaper ? "published" : "unbiased")) { row in
          isPaper ? printed(row, published) : unbiased(row, published)
        })
    }
    return result + parameterColumn(of: size, name)
  }

  /// The parameters of the models trained here, where the table has a column of parameters.
  private func parameterColumn(of size: TableSize, _ name: String) -> [Column] {
    let column = source.data.specification.columns.first { $0.metric == .parameters }
    guard let column, source.data.hasRecords else { return [] }
    return [
      Column(heading: "\(name)\(column.label), here") { row in
        source.data.entry(row: row.label, size: size.label).map {
          DocumentCell(
            DecimalText.count(Double($0.footprint.finalParameters)),
            from: Origin("Counted from the shapes of the model trained here"))
        } ?? ""
      }
    ]
  }

  private func printed(_ row: TableRow, _ size: PublishedSize) -> DocumentCell {
    marks.marked(row.published.flatMap { source.published?.number(.perplexity, row: $0, size: size.label) })
  }

  private func unbiased(_ row: TableRow, _ size: PublishedSize) -> DocumentCell {
    guard let name = row.published, let number = source.published?.number(.perplexity, row: name, size: size.label),
      let value = source.published?.unbiasedPerplexity(row: name, size: size.label)
    else { return "" }
    return marks.derived(
      DecimalText.fixed(value, places: 2), from: number, how: "with the factor n/(n + 1) of the evaluation undone")
  }
}

extension TableData {
  /// The rows of the scale, in the order printed.
  var rows: [TableRow] { specification.rows(at: scale) }

  /// Every row under its own name; of several that stand for one published row the first alone, under the published name.
  var publishedRows: [(label: String, row: TableRow)] {
    rows.reduce(into: []) { result, row in
      let isShared = row.published != nil && rows.count { $0.published == row.published } > 1
      let label = isShared ? row.published ?? row.label : row.label
      if !result.contains(where: { $0.label == label }) { result.append((label, row)) }
    }
  }

  /// The seeds of the final runs.
  var seedCount: Int { entries.map(\.finals.count).max() ?? 0 }

  /// Whether anything has been trained.
  var hasRecords: Bool { entries.contains { !$0.outcomes.isEmpty } }
}

extension [SeedOutcome] {
  /// The perplexities of the seeds that have one.
  func perplexities(_ value: KeyPath<CellOutcome.Evaluation, Double>) -> [Double] {
    compactMap(\.outcome).filter { $0.status == .complete }.compactMap { $0.evaluation?[keyPath: value] }
      .filter(\.isFinite)
  }

  /// Mean and spread of a perplexity over the seeds: `34.15 ± 0.12`, with what is missing said in brackets.
  func perplexityText(_ value: KeyPath<CellOutcome.Evaluation, Double>) -> String {
    let values = perplexities(value)
    let diverged = compactMap(\.outcome).filter { $0.status != .complete }.count
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
