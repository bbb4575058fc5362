import Experiments
import Methods

extension AuditFinding {
  /// Where the curves of a study end.
  static func study(_ name: String, _ record: (scale: ScaleName, result: StudyResult)?) -> AuditFinding {
    guard let record, let first = record.result.curves.first, let base = first.points.last?.y else {
      return .missing("\(name) has no record at this scale")
    }
    let ends = record.result.curves.compactMap { curve in curve.points.last.map { (curve.label, $0.y) } }
    var table = DocumentTable(["Stored as", "At the end", "over \(first.label)"])
    for (label, end) in ends {
      table.add(
        [label, DecimalText.fixed(end, places: 4), DecimalText.fixed(end / base, places: 2)],
        from: Origin("Measured here, in \(name).json", full: "measured here, in [\(name).json](\(name).json)"))
    }
    let effects = ends.dropFirst().map { "\($0.0) \(DecimalText.fixed($0.1 / base, places: 2))" }
    return AuditFinding(
      effect: "over \(first.label) it ends at: " + effects.joined(separator: "; "),
      tables: [("The curves of \(name), scale `\(record.scale.rawValue)`, at their ends.", table)])
  }

  /// The published memory totals that differ from what the formulas give.
  static func memoryTotals(_ source: ReportSource, _ marks: Marks) -> AuditFinding {
    var table = DocumentTable([
      "Cell", "Published", "by the formulas", "parts", "with 1 G = 2³⁰ bytes", "numbers of 2 bytes too many",
    ])
    var effects: [String] = []
    var compared = 0
    for cell in source.countedCells() {
      guard let number = source.published?.number(.memory, row: cell.row, size: cell.size) else { continue }
      compared += 1
      let footprint = cell.footprint
      guard number.text != footprint.printedMemory else { continue }
      effects.append("\(cell.row) at \(cell.size) is \(number.text), counted \(footprint.printedMemory)")
      // Parts as printed, so that rounding leaves an uncertainty of about half a hundredth of G.
      let excess = (number.value * 1e9 - Double(footprint.printedHundredthsOfG) * 1e7) / 2
      table.add(
        [
          "\(cell.row), \(cell.size)", marks.marked(number).text, footprint.printedMemory,
          footprint.partsText(unit: 1_000_000_000), footprint.partsText(unit: 1 << 30),
          "\(DecimalText.fixed(excess / 1e6, places: 0)) M",
        ], from: .counted(cell.size))
    }
    guard compared > 0 else { return .missing("no memory totals are published of \(source.data.specification.name)") }
    return AuditFinding(
      effect: "\(compared - effects.count) of \(compared) totals follow to the digit"
        + (effects.isEmpty ? "" : "; " + effects.joined(separator: "; ")),
      tables: [
        (
          "Counted from the shapes of the published models; the last column is uncertain by some 5 M, for rounding.",
          table
        )
      ])
  }

  /// What rows count to at a published size.
  static func count(_ source: ReportSource, rows: [String], size: String) -> AuditFinding {
    let cells = source.countedCells().filter { $0.size == size && (rows.isEmpty || rows.contains($0.label)) }
    guard !cells.isEmpty else { return .missing("nothing is counted at \(size)") }
    func millions(_ count: Int) -> String { DecimalText.fixed(Double(count) / 1e6, places: 2) }
    var table = DocumentTable([
      "Counted here", "final model (M)", "stored (M)", "projectors (M)", "Mem (G)", "exact", "with 1 G = 2³⁰ bytes",
    ])
    for (_, label, _, footprint) in cells {
      table.add(
        [
          "\(label), \(size)", millions(footprint.finalParameters), millions(footprint.storedParameters),
          millions(footprint.projectorNumbers), footprint.partsText(unit: 1_000_000_000),
          DecimalText.fixed(Double(footprint.estimatedBytes) / 1e9, places: 4), footprint.partsText(unit: 1 << 30),
        ], from: .counted(size))
    }
    let effects = cells.map { _, label, _, footprint in
      "\(label) at \(size) counts to \(millions(footprint.finalParameters)) M parameters, \(millions(footprint.storedParameters)) M "
        + "stored, \(footprint.printedMemory) G"
    }
    return AuditFinding(
      effect: effects.joined(separator: "; "),
      tables: [("Counted from the shapes of the published model.", table)])
  }
}

extension ReportSource {
  /// What every published row counts to at every size of the paper's scale, rows that stand for the same one once.
  func countedCells() -> [(row: String, label: String, size: String, footprint: Footprint)] {
    var seen: Set<String> = []
    return (paper?.entries ?? []).compactMap { entry in
      guard let row = entry.row.published, let size = entry.size.published, seen.insert("\(row)/\(size)").inserted
      else { return nil }
      return (row, entry.row.label, size, entry.training.footprint)
    }
  }
}

extension Footprint {
  /// Both parts and their sum, each part rounded to hundredths of a unit of bytes: `0.08 + 0.16 = 0.24`.
  func partsText(unit: Int) -> String {
    let parts = [parameterBytes(), optimizerBytes()].map { (100 * $0 + unit / 2) / unit }
    return parts.map(DecimalText.hundredths).joined(separator: " + ") + " = "
      + DecimalText.hundredths(parts[0] + parts[1])
  }
}
