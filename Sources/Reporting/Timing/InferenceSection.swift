import Experiments
import Training

/// Forward passes: memory and speed by batch, what the largest batch comes to against the baseline, and where one row
/// overtakes another.
struct InferenceSection {
  let source: TimingSource
  let marks: Marks

  func add(to text: inout Document) {
    guard !source.measured.isEmpty else { return }
    text.heading(2, "At the largest batch")
    text.table(summary)
    for (size, record) in source.measured {
      text.heading(2, size.size.label)
      if record.groups.count > 1 {
        let figure = TimingFigures.name(source.specification, size)
        text.figure("\(figure).svg", caption: "Tokens a second of \(size.size.label)")
      }
      text.paragraph(caption(size, record))
      text.table(
        table("tokens/s", size, record) { $0.tokensPerSecond.map { DecimalText.significant($0.median) } ?? "" })
      text.table(table("± of them", size, record) { ThroughputSection.spread($0) })
      text.table(
        table("memory (MB)", size, record) { DecimalText.fixed(Double($0.peakBytes) / 1e6, places: 1) })
      text.list(
        source.specification.crossovers.compactMap { Self.crossover($0, record) }
          + record.groups.flatMap { source.leftOut(size, $0) } + source.forms(size, record))
    }
  }

  private func caption(_ size: TimingSize, _ record: TimingRecord.Size) -> String {
    let places = Set(record.groups.map(\.result.staysLaidOut))
    let place =
      places == [true] ? "all laid out together" : "laid out anew in every round where they do not fit together"
    let rounds = "\(size.rounds) round\(size.rounds == 1 ? "" : "s")"
    let steps = "\(size.steps) pass\(size.steps == 1 ? "" : "es")"
    return "\(rounds) of \(steps) a row, the rows in turn, \(place). Memory: all tensors of the model and its "
      + "temporaries."
  }

  private func table(
    _ what: String, _ size: TimingSize, _ record: TimingRecord.Size, _ cell: (TimedSeries) -> String
  ) -> DocumentTable {
    var table = DocumentTable(["\(size.size.label): \(what)"] + record.groups.map(\.batch.text))
    for row in source.specification.rows(at: size) {
      table.add(
        [DocumentCell(row.label)]
          + record.groups.map { group in
            DocumentCell(group.result[row.label].map(cell) ?? "", from: source.origin(of: size))
          })
    }
    return table
  }

  private var summary: DocumentTable {
    let baseline = source.specification.baseline
    var table = DocumentTable(
      ["Size", "Method", "Tokens", "Memory (G)", "saved", "published", "Tokens/s", "over \(baseline)", "published"],
      alignments: [.left, .left])
    for (size, record) in source.measured {
      guard let group = record.groups.last, let base = group.result[baseline] else { continue }
      for row in source.specification.rows(at: size) {
        guard let series = group.result[row.label] else { continue }
        let saved = (1 - Double(series.peakBytes) / Double(base.peakBytes)) * 100
        let origin = source.origin(of: size)
        func ours(_ text: String?) -> DocumentCell { DocumentCell(text ?? "", from: origin) }
        table.add([
          DocumentCell(size.size.label), DocumentCell(row.label), DocumentCell(group.batch.text),
          ours(DecimalText.fixed(Double(series.peakBytes) / 1e9, places: 3)),
          ours(row.label == baseline ? "" : DecimalText.fixed(saved, places: 1) + " %"),
          marks.marked(source.number(.peakMemory, row, size)),
          ours(series.tokensPerSecond.map { DecimalText.significant($0.median) }),
          ours(group.result.ratio(row.label, over: baseline).map { DecimalText.fixed($0.median, places: 3) }),
          marks.marked(source.number(.throughput, row, size)),
        ])
      }
    }
    return table
  }

  /// From which batch on the second row is faster than the first.
  static func crossover(_ pair: (first: String, second: String), _ record: TimingRecord.Size) -> String? {
    let leads = record.groups.compactMap { group -> (tokens: Double, lead: Double)? in
      guard let first = group.result[pair.first]?.tokensPerSecond?.median,
        let second = group.result[pair.second]?.tokensPerSecond?.median
      else { return nil }
      return (Double(group.batch.tokens), second - first)
    }
    guard let last = leads.last else { return nil }
    let name = "\(pair.second) against \(pair.first)"
    guard last.lead > 0 else {
      return leads.contains { $0.lead > 0 }
        ? "\(name): faster at some batches, but not at the largest."
        : "\(name): faster at no batch that was measured."
    }
    guard let index = leads.lastIndex(where: { $0.lead <= 0 }) else {
      return "\(name): faster at every batch that was measured."
    }
    let (below, above) = (leads[index], leads[index + 1])
    let tokens = below.tokens + (above.tokens - below.tokens) * -below.lead / (above.lead - below.lead)
    return "\(name): faster from about \(DecimalText.significant(tokens)) tokens a batch on, read linearly between "
      + "\(DecimalText.plain(below.tokens)) and \(DecimalText.plain(above.tokens))."
  }
}
