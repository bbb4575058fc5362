import Experiments
import Methods

/// Parameters and estimated memory, counted from the shapes by the paper's formulas, beside the published figures.
struct FootprintSection {
  let source: ReportSource
  let marks: Marks

  /// How many sizes share a table, so that it stays narrow.
  private static let sizesPerTable = 2

  func add(to text: inout Document) {
    guard !columns.isEmpty, !sizes.isEmpty else { return }
    text.heading(2, columns.count > 1 ? "Parameters and estimated memory" : columns[0].title)
    text.paragraph(
      "Counted from the shapes of the published sizes. " + columns.map(\.explanation).joined(separator: " "))
    for start in stride(from: 0, to: sizes.count, by: Self.sizesPerTable) {
      text.table(table(Array(sizes[start..<min(start + Self.sizesPerTable, sizes.count)])))
    }
    text.paragraph(source.agreement(columns.map { ($0.quantity, $0.plural, $0.printed) }))
  }

  /// The sizes that stand for published ones, and at the paper's scale the others too: a model of our own is counted where
  /// its perplexity is.
  private var sizes: [TableSize] {
    source.countedSizes.filter { $0.published != nil || source.data.scale.name == .paper }
  }

  /// A quantity that is counted, as a column.
  private struct Column {
    let quantity: PublishedQuantity
    let label: String
    let title: String
    let plural: String
    let explanation: String
    /// As a reader should see it.
    let text: (Footprint) -> String
    /// As the paper prints it.
    let printed: (Footprint) -> String
  }

  private var columns: [Column] {
    source.data.specification.columns.compactMap { column in
      switch column.metric {
      case .parameters:
        Column(
          quantity: .parameters, label: column.label, title: "Parameters", plural: "parameter counts",
          explanation: "\(column.label): millions, of the final model.",
          text: { DecimalText.fixed(Double($0.finalParameters) / 1e6, places: 2) }, printed: \.printedMillions)
      case .memory:
        Column(
          quantity: .memory, label: column.label, title: "Estimated memory", plural: "memory totals",
          explanation: "\(column.label): parameters, positions and optimizer state in bf16 with 8-byte positions, in "
            + "G = 10⁹ bytes; no gradients, no activations. As in the paper, each of the two parts is rounded before they "
            + "are added.",
          text: \.printedMemory, printed: \.printedMemory)
      default: nil
      }
    }
  }

  private func table(_ sizes: [TableSize]) -> DocumentTable {
    let headings = sizes.flatMap { size in
      columns.flatMap { ["\(size.column): \($0.label)", "published"] }
    }
    var table = DocumentTable(["Method"] + headings)
    for (label, row) in source.data.publishedRows {
      table.add([DocumentCell(label)] + sizes.flatMap { cells(row, $0) })
    }
    return table
  }

  private func cells(_ row: TableRow, _ size: TableSize) -> [DocumentCell] {
    columns.flatMap { column -> [DocumentCell] in
      guard let footprint = source.footprint(row, size) else { return ["", ""] }
      let number = source.number(column.quantity, row, size)
      return [
        DocumentCell(column.text(footprint), from: .counted(size)),
        marks.compared(number) { $0.text == column.printed(footprint) },
      ]
    }
  }
}

extension ReportSource {
  /// What a row counts to at the published size, or for a size of our own at the one trained.
  func footprint(_ row: TableRow, _ size: TableSize) -> Footprint? {
    paperTraining(row: row.label, size: size)?.footprint ?? data.entry(row: row.label, size: size.label)?.footprint
      ?? memory(of: size).first { $0.row.label == row.label }?.training.footprint
  }

  /// The sizes whose parameters and bytes are counted: those that are trained, and the others that are measured.
  var countedSizes: [TableSize] {
    let trained = data.scale.sizes
    let measured = data.scale.memory?.sizes ?? []
    return trained + measured.filter { size in !trained.contains { $0.column == size.column } }
  }

  /// What was published of a row at a size.
  func number(_ quantity: PublishedQuantity, _ row: TableRow, _ size: TableSize) -> PublishedNumber? {
    row.published.flatMap { published?.number(quantity, row: $0, size: size.column) }
  }

  /// How many of the published figures agree with ours as the paper would print them, in a sentence; empty of single ones.
  func agreement(
    _ quantities: [(quantity: PublishedQuantity, plural: String, printed: (Footprint) -> String)]
  ) -> String {
    let counts = quantities.compactMap { quantity, plural, printed -> (plural: String, agree: Int, all: Int)? in
      let pairs = data.publishedRows.flatMap { _, row in
        countedSizes.compactMap { size in
          number(quantity, row, size).flatMap { number in footprint(row, size).map { (number.text, printed($0)) } }
        }
      }
      return pairs.isEmpty ? nil : (plural, pairs.count { $0 == $1 }, pairs.count)
    }
    guard counts.contains(where: { $0.all > 1 }) else { return "" }
    let clauses = counts.enumerated().map { index, count in
      "of \(count.all) \(index == 0 ? "published " : "")\(count.plural) \(count.agree)"
        + (index == 0 ? " agree to the digit printed" : "")
    }
    let others = counts.contains { $0.agree < $0.all } ? "; the notes say what is known of the others" : ""
    return "O" + clauses.joined(separator: ", ").dropFirst() + others + "."
  }
}

extension TableSize {
  /// The published group of columns, or the size's own name.
  var column: String { published ?? label }
}

extension Footprint {
  /// The final model's parameters as the paper prints them: whole millions, rounded half up.
  var printedMillions: String { DecimalText.fixed(Double(finalParameters) / 1e6, places: 0) }

  /// The estimated memory as the paper prints it, in G.
  var printedMemory: String { DecimalText.hundredths(printedHundredthsOfG) }
}
