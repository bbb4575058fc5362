import Experiments
import Methods

/// Parameters and estimated memory, counted from the shapes by the paper's formulas, beside the published figures.
struct FootprintSection {
  let source: ReportSource
  let marks: Marks

  /// How many sizes share a table, so that it stays narrow.
  private static let sizesPerTable = 2

  func add(to text: inout MarkdownText) {
    let metrics = source.data.specification.columns.map(\.metric)
    guard metrics.contains(.parameters) || metrics.contains(.memory) else { return }
    text.heading(2, "Parameters and estimated memory")
    text.paragraph(
      "Counted from the shapes of the published sizes. Param: millions, of the final model. Mem: parameters, positions "
        + "and optimizer state in bf16 with 8-byte positions, in G = 10⁹ bytes; no gradients, no activations. As in the "
        + "paper, each of the two parts is rounded before they are added.")
    let sizes = source.data.scale.sizes
    for start in stride(from: 0, to: sizes.count, by: Self.sizesPerTable) {
      text.table(table(Array(sizes[start..<min(start + Self.sizesPerTable, sizes.count)])))
    }
    text.paragraph(agreement)
    if source.data.scale.name == .paper { addParts(to: &text) }
  }

  private func table(_ sizes: [TableSize]) -> MarkdownTable {
    let headings = sizes.flatMap { size -> [String] in
      let name = size.published ?? size.label
      return ["\(name): \(label(.parameters, "Param"))", "published", "\(name): \(label(.memory, "Mem"))", "published"]
    }
    var table = MarkdownTable(["Method"] + headings)
    for (label, row) in rows { table.add([label] + sizes.flatMap { cells(row, $0) }) }
    return table
  }

  private func label(_ metric: TableColumn.Metric, _ fallback: String) -> String {
    source.data.specification.columns.first { $0.metric == metric }?.label ?? fallback
  }

  private func cells(_ row: TableRow, _ size: TableSize) -> [String] {
    guard let footprint = footprint(row, size) else { return ["", "", "", ""] }
    let memory = DecimalText.hundredths(footprint.printedHundredthsOfG)
    return [
      DecimalText.fixed(Double(footprint.finalParameters) / 1e6, places: 2),
      marks.compared(number(.parameters, row, size)) { $0.text == footprint.printedMillions },
      memory,
      marks.compared(number(.memory, row, size)) { $0.text == memory },
    ]
  }

  /// How many of the published figures agree, in a sentence.
  private var agreement: String {
    var counts: [PublishedQuantity: (agree: Int, all: Int)] = [:]
    for (_, row) in rows {
      for size in source.data.scale.sizes {
        guard let footprint = footprint(row, size) else { continue }
        let ours = [
          (PublishedQuantity.parameters, footprint.printedMillions),
          (.memory, DecimalText.hundredths(footprint.printedHundredthsOfG)),
        ]
        for (quantity, text) in ours {
          guard let number = number(quantity, row, size) else { continue }
          counts[quantity, default: (0, 0)].all += 1
          if number.text == text { counts[quantity]!.agree += 1 }
        }
      }
    }
    guard let parameters = counts[.parameters], let memory = counts[.memory] else { return "" }
    let others = memory.agree < memory.all ? "; the notes say what is known of the others" : ""
    return "Of \(parameters.all) published parameter counts \(parameters.agree) agree to the digit printed, of "
      + "\(memory.all) memory totals \(memory.agree)\(others)."
  }

  private func addParts(to text: inout MarkdownText) {
    for size in source.data.scale.sizes {
      var table = MarkdownTable(["\(size.label): method", "Parameters (G)", "printed", "Optimizer (G)", "printed"])
      for (label, row) in rows {
        guard let footprint = footprint(row, size), number(.parameterMemory, row, size) != nil else { continue }
        let parts = [
          (PublishedQuantity.parameterMemory, footprint.parameterBytes()),
          (.optimizerMemory, footprint.optimizerBytes()),
        ]
        table.add(
          [label]
            + parts.flatMap { quantity, bytes -> [String] in
              let rounded = DecimalText.hundredths(DecimalText.hundredthsOfG(bytes: bytes))
              let exact = DecimalText.fixed(Double(bytes) / 1e9, places: 4)
              return [exact, marks.compared(number(quantity, row, size)) { $0.text == rounded }]
            })
      }
      if !table.isEmpty, size.label == source.data.scale.sizes.first?.label {
        text.paragraph("The two parts, before rounding, beside those that appendix F of the paper prints:")
      }
      text.table(table)
    }
  }

  /// Rows that differ in their start alone count to the same: each published row once.
  private var rows: [(label: String, row: TableRow)] { source.data.publishedRows }

  /// What a row counts to at the published size, or for a size of our own at the one trained.
  private func footprint(_ row: TableRow, _ size: TableSize) -> Footprint? {
    source.paperTraining(row: row.label, size: size)?.footprint
      ?? source.data.entry(row: row.label, size: size.label)?.footprint
  }

  private func number(_ quantity: PublishedQuantity, _ row: TableRow, _ size: TableSize) -> PublishedNumber? {
    row.published.flatMap { source.published?.number(quantity, row: $0, size: size.published ?? size.label) }
  }
}

extension Footprint {
  /// The final model's parameters as the paper prints them: whole millions, rounded half up.
  var printedMillions: String { DecimalText.fixed(Double(finalParameters) / 1e6, places: 0) }
}
