import Experiments
import Methods

/// The two parts of the estimated memory, exact and rounded, beside those that the paper prints; and what each part
/// consists of, where the table asks for it.
struct BreakdownSection {
  let source: ReportSource
  let marks: Marks

  func add(to text: inout Document) {
    let metrics = Set(source.data.specification.columns.map(\.metric))
    if !metrics.isDisjoint(with: [.parameterMemory, .optimizerMemory]) || isTold { addParts(to: &text) }
    if metrics.contains(.componentMemory) { addComponents(to: &text) }
  }

  /// Whether the paper's own sizes are reported beside printed parts, of which the table's totals are the sums.
  private var isTold: Bool {
    source.data.scale.name == .paper && source.data.specification.columns.contains { $0.metric == .memory }
      && source.data.publishedRows.contains { _, row in
        source.countedSizes.contains { source.number(.parameterMemory, row, $0) != nil }
      }
  }

  private func addParts(to text: inout Document) {
    text.heading(2, "The two parts of the estimated memory")
    text.paragraph(
      "*Parameters*: numbers in bf16, positions in 8 bytes. *Optimizer*: moments and projectors in bf16. In G = 10⁹ bytes, "
        + "exact to the byte, then rounded to the two places that the paper prints. *Mem* is the sum of the rounded parts, "
        + "as in the paper.")
    for size in source.countedSizes {
      var table = DocumentTable([
        "\(size.column): method", "Parameters (G)", "rounded", "printed", "Optimizer (G)", "rounded",
        "printed", "Mem (G)", "published",
      ])
      for (label, row) in source.data.publishedRows {
        guard let footprint = source.footprint(row, size) else { continue }
        let parts = [
          (PublishedQuantity.parameterMemory, footprint.parameterBytes(), footprint.printedParameterMemory),
          (.optimizerMemory, footprint.optimizerBytes(), footprint.printedOptimizerMemory),
        ]
        table.add(
          [DocumentCell(label)]
            + parts.flatMap { quantity, bytes, rounded -> [DocumentCell] in
              [Self.exact(bytes), rounded].map { DocumentCell($0, from: .counted(size)) }
                + [compared(quantity, row, size, rounded)]
            } + [
              DocumentCell(footprint.printedMemory, from: .counted(size)),
              compared(.memory, row, size, footprint.printedMemory),
            ])
      }
      text.table(table)
    }
    text.paragraph(
      source.agreement([
        (.parameterMemory, "parameter parts", \.printedParameterMemory),
        (.optimizerMemory, "optimizer parts", \.printedOptimizerMemory), (.memory, "totals", \.printedMemory),
      ]))
  }

  private func compared(
    _ quantity: PublishedQuantity, _ row: TableRow, _ size: TableSize, _ ours: String
  ) -> DocumentCell {
    marks.compared(source.number(quantity, row, size)) { $0.text == ours }
  }

  private func addComponents(to text: inout Document) {
    text.heading(2, "What the parts consist of")
    text.paragraph(
      "In G = 10⁹ bytes, exact to the byte. *base*: embedding, head and norms, which no method touches; *positions*: where "
        + "the sparse entries stand, 8 bytes each.")
    for size in source.countedSizes {
      let rows = source.data.publishedRows.compactMap { label, row in
        source.footprint(row, size).map { (label: label, footprint: $0) }
      }
      text.table(components("parameters", size, rows, \.parameters))
      text.table(components("optimizer", size, rows, \.optimizerNumbers))
    }
  }

  /// One column for each component that any row has, then positions, then the sum.
  private func components(
    _ what: String, _ size: TableSize, _ rows: [(label: String, footprint: Footprint)],
    _ numbers: KeyPath<Footprint.Part, Int>
  ) -> DocumentTable {
    let parts = rows.flatMap(\.footprint.parts)
    let present = Footprint.Component.allCases.filter { component in
      parts.contains { $0.component == component && $0[keyPath: numbers] > 0 }
    }
    let positions = numbers == \.parameters && parts.contains { $0.indices > 0 } ? ["positions"] : []
    var table = DocumentTable(["\(size.column): \(what)"] + present.map(\.rawValue) + positions + ["sum"])
    for (label, footprint) in rows {
      let bytes = present.map { component in
        footprint.parts.filter { $0.component == component }.reduce(0) { $0 + 2 * $1[keyPath: numbers] }
      }
      let all = bytes + positions.map { _ in 8 * footprint.indices }
      table.add(
        [DocumentCell(label)]
          + (all + [all.reduce(0, +)]).map { DocumentCell(Self.exact($0), from: .counted(size)) })
    }
    return table
  }

  /// Bytes in G, to the last byte.
  private static func exact(_ bytes: Int) -> String {
    bytes == 0 ? "0" : DecimalText.fixed(Double(bytes) / 1e9, places: 9)
  }
}

extension Footprint {
  /// The bytes of parameters and positions as the paper prints them, in G.
  var printedParameterMemory: String { DecimalText.hundredths(DecimalText.hundredthsOfG(bytes: parameterBytes())) }

  /// The bytes of optimizer state as the paper prints them, in G.
  var printedOptimizerMemory: String { DecimalText.hundredths(DecimalText.hundredthsOfG(bytes: optimizerBytes())) }
}
