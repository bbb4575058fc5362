import Experiments

/// The final runs: steps, tokens, measured memory, and the records that all of it comes from.
///
/// Only what is the same in every reproduction: the times are in the records' manifests.
struct RunSection {
  let source: ReportSource

  func add(to text: inout Document) {
    guard source.data.hasRecords else { return }
    text.heading(2, "Runs", folds: true)
    text.paragraph(
      "Tokens seen exclude padding; tokens a parameter count every parameter of the full-rank model, embedding and head "
        + "included. Peak: the most bytes of tensors that were live at once, all categories, in the precision trained "
        + "in. Records: one folder for each seed; machine, commit, times and speed are in its manifest.json.")
    for size in source.data.scale.sizes {
      if source.data.scale.sizes.count > 1 { text.heading(3, size.label) }
      text.table(progress(size))
      text.table(measured(size))
    }
    text.list(origins)
  }

  /// What rows start from, each start with the rows that share it.
  private var origins: [String] {
    let starts = source.data.rows.compactMap { row in
      row.origin.map { origin in
        let seed = origin.seed.map { "seed \($0)" } ?? "the same seed"
        return (row.label, "the final model of \(origin.row), \(seed)")
      }
    }
    let unique = starts.map(\.1).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return unique.map { start in
      let rows = starts.filter { $0.1 == start }.map(\.0).joined(separator: "; ")
      return "From \(start): \(rows). Their tokens a parameter include those that the model had seen."
    }
  }

  private func progress(_ size: TableSize) -> DocumentTable {
    var table = DocumentTable(
      ["Method", "Steps", "Tokens seen", "Tokens a parameter", "Records by seed"],
      alignments: [.left, .right, .right, .right, .left])
    for entry in source.entries(of: size) {
      let tokens = Statistics(entry.outcomes.map { Double($0.tokensSeen) })?.mean
      let runs = Origin.runs(entry.finals, of: entry)
      table.add([
        DocumentCell(entry.row.label), DocumentCell("\(entry.steps)"),
        DocumentCell(tokens.map(DecimalText.count) ?? "", from: runs),
        DocumentCell(entry.tokensPerParameter.map(DecimalText.significant) ?? "", from: runs),
        DocumentCell(entry.outcomes.map { "[\($0.seed)](\($0.recordPath))" }.joined(separator: " ")),
      ])
    }
    return table
  }

  private func measured(_ size: TableSize) -> DocumentTable {
    var table = DocumentTable(["Method", "Parameters trained", "Estimated memory", "Peak measured"])
    for entry in source.entries(of: size) where !entry.outcomes.isEmpty {
      let peak = entry.outcomes.compactMap { $0.peakBytes["total"] }.max()
      let counted = Origin("Counted from the shapes of the model trained here")
      table.add([
        DocumentCell(entry.row.label),
        DocumentCell(DecimalText.count(Double(entry.footprint.finalParameters)), from: counted),
        DocumentCell(DecimalText.count(Double(entry.footprint.estimatedBytes)) + "B", from: counted),
        DocumentCell(
          peak.map { DecimalText.count(Double($0)) + "B" } ?? "", from: .runs(entry.finals, of: entry)),
      ])
    }
    return table
  }
}
