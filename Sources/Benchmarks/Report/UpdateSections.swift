import Reporting
import Training

/// Whole updates, a table a model.
struct UpdateSection {
  let record: BenchmarkRecord

  func write(to text: inout Document) {
    let groups = record.groups.filter { ["steps", "workers", "pytorch"].contains($0.kind) }
    guard !groups.isEmpty else { return }
    text.heading(2, "Whole updates")
    text.paragraph(
      """
      Forward, backward and AdamW in fp32, each layer updated as soon as its gradient is whole. The share of sgemm counts \
      6 operations a matrix number and token (4 where it is frozen) and attention over the keys that a query may see, \
      `6 · layers · D · (L + 1)` a token; counting the masked half too would give more. Recomputation, the optimizer and \
      all else count as nothing.
      """)
    for group in groups {
      text.heading(3, Self.title(group))
      text.table(Self.table(group))
      text.list(group.measurements.compactMap(Self.search) + Self.notes(group))
    }
  }

  private static func title(_ group: MeasuredGroup) -> String {
    switch group.kind {
    case "workers": "\(group.title), by number of workers"
    case "pytorch": "\(group.title), beside \(group.machine.peer)"
    default: group.title
    }
  }

  private static func table(_ group: MeasuredGroup) -> DocumentTable {
    let product = group[Figures.product]
    let updates = group.measurements.filter { $0.name != Figures.product }
    var table = DocumentTable(
      ["method", "workers", "tokens/s", "time of an update", reference(group, updates)]
        + (product == nil ? [] : ["of sgemm"])
        + ["10⁹ operations", "rounds"], alignments: [.left])
    for own in updates {
      table.add(
        [
          own.label, String(own.workers), own.tokenRate.map(DecimalText.significant) ?? "",
          FigureText.spread(own.spread, FigureText.seconds),
          FigureText.spread(ratio(of: own, updates, group), FigureText.ratio),
        ] + (product.map { [FigureText.spread(own.share(of: $0), FigureText.percent)] } ?? []) + [
          own.operations.map { DecimalText.significant($0 / 1e9) } ?? "", String(own.seconds.count),
        ], from: group.origin)
    }
    return table
  }

  /// What the ratio of a group's tables is over.
  private static func reference(_ group: MeasuredGroup, _ updates: [Measurement]) -> String {
    switch group.kind {
    case "workers": "over one worker"
    case "pytorch": "ours over it"
    default: "over \(updates.first?.label ?? "")"
    }
  }

  /// A measurement's ratio in its group's table; nil where it is what others are compared with.
  private static func ratio(of own: Measurement, _ updates: [Measurement], _ group: MeasuredGroup) -> Spread? {
    guard let index = updates.firstIndex(of: own) else { return nil }
    let earlier = updates[..<index]
    switch group.kind {
    case "workers" where own.workers > 1:
      return earlier.last { $0.label == own.label && $0.workers == 1 }.flatMap { own.speed(over: $0) }
    case "workers": return nil
    case "pytorch" where own.isOfPeer: return earlier.last { !$0.isOfPeer }.flatMap { $0.speed(over: own) }
    case "pytorch": return nil
    default: return earlier.first.flatMap { own.speed(over: $0) }
    }
  }

  /// What is to be known of the measurements, each sentence once.
  private static func notes(_ group: MeasuredGroup) -> [String] {
    let notes = group.measurements.compactMap(\.note)
    return notes.indices.filter { !notes[..<$0].contains(notes[$0]) }.map { notes[$0] }
  }

  /// What a search for projectors takes, which is no part of an update's time.
  private static func search(_ own: Measurement) -> String? {
    guard let search = Spread(own.searches)?.median else { return nil }
    return "\(own.label): the search for projectors, once in many updates and no part of the time above, takes "
      + "\(FigureText.seconds(search))."
  }
}

/// How time grows with the model and with the number of updates.
struct GrowthSection {
  let record: BenchmarkRecord

  func write(to text: inout Document) {
    writeModels(to: &text)
    for group in record.groups where group.kind == "growth" { writeUpdates(group, to: &text) }
  }

  private func writeModels(to text: inout Document) {
    guard let group = record.groups.first(where: { $0.kind == "scaling" }) else { return }
    text.heading(2, "Time by model")
    text.paragraph("Updates of the same number of tokens; the time an operation takes must not grow with the model.")
    var table = DocumentTable(
      ["model", "tokens/s", "10⁶ operations a token", "ns a token", "ns a 10³ operations", "of sgemm"],
      alignments: [.left])
    for own in group.measurements where own.name != Figures.product {
      let tokens = Double(own.tokens ?? 1)
      table.add(
        [
          own.label, own.tokenRate.map(DecimalText.significant) ?? "",
          own.operations.map { DecimalText.significant($0 / tokens / 1e6) } ?? "",
          DecimalText.significant(own.median / tokens * 1e9),
          own.operations.map { DecimalText.fixed(own.median / $0 * 1e12, places: 3) } ?? "",
          FigureText.spread(group[Figures.product].flatMap { own.share(of: $0) }, FigureText.percent),
        ], from: group.origin)
    }
    text.table(table)
  }

  private func writeUpdates(_ group: MeasuredGroup, to text: inout Document) {
    text.heading(2, "Time by number of updates")
    let product = group[Figures.product]
    for own in group.measurements where own.name != Figures.product {
      guard let slowDown = Figures.slowDown(of: own, beside: product),
        let first = Spread(Array(own.seconds.prefix(10))),
        let last = Spread(Array(own.seconds.suffix(10)))
      else { continue }
      text.paragraph(
        "\(own.label), \(group.title), \(own.seconds.count) updates: the first ten take "
          + "\(FigureText.spread(first, FigureText.seconds)), the last ten \(FigureText.spread(last, FigureText.seconds)), "
          + "\(FigureText.ratio(slowDown.median)) times as long"
          + (product == nil ? "." : ", both counted in the time of a square product of the same rounds."))
    }
  }
}
