import Experiments
import Training

/// The speed of training: a table a size, with ratios to the baseline beside the published ones.
struct ThroughputSection {
  let source: TimingSource
  let marks: Marks

  func add(to text: inout Document) {
    for (size, record) in source.measured {
      text.heading(2, size.size.label)
      for group in record.groups {
        text.paragraph(Self.caption(size, record, group))
        text.table(table(size, group.result))
        text.list(group.result.series.compactMap(Self.search) + source.leftOut(size, group))
      }
      text.list(source.forms(size, record))
    }
  }

  static func caption(_ size: TimingSize, _ record: TimingRecord.Size, _ group: TimingRecord.Group) -> String {
    let rounds = group.result.series.first?.rounds.count ?? 0
    let place = group.result.staysLaidOut ? "all laid out together" : "each laid out anew in every round"
    return "\(group.batch.text) tokens a step; \(rounds) round\(rounds == 1 ? "" : "s") of \(size.steps) "
      + "step\(size.steps == 1 ? "" : "s") a row, the rows in turn, \(place)."
  }

  private func table(_ size: TimingSize, _ result: TimingResult) -> DocumentTable {
    let over = "over \(source.specification.baseline)"
    var table = DocumentTable([
      "\(size.size.label): method", "Seconds a step", "Tokens/s", "±", over, "Tokens/s with searches", over,
      "published", over, "Memory (G)",
    ])
    for row in source.specification.rows(at: size) {
      guard let series = result[row.label] else { continue }
      let number = source.number(.throughput, row, size)
      let searches = !series.searches.isEmpty
      let measured = [
        series.seconds.map { DecimalText.significant($0.median) } ?? "",
        series.tokensPerSecond.map { DecimalText.significant($0.median) } ?? "", Self.spread(series),
        ratio(result, row).map { DecimalText.fixed($0, places: 3) } ?? "",
        searches ? series.amortizedTokensPerSecond.map(DecimalText.significant) ?? "" : "",
        searches ? amortizedRatio(result, row).map { DecimalText.fixed($0, places: 3) } ?? "" : "",
      ]
      let origin = source.origin(of: size)
      table.add(
        [DocumentCell(row.label)] + measured.map { DocumentCell($0, from: origin) } + [
          marks.marked(number), publishedRatio(row, size),
          DocumentCell(DecimalText.fixed(Double(series.peakBytes) / 1e9, places: 2), from: origin),
        ])
    }
    return table
  }

  /// Half the distance between the slowest round and the fastest, as a share of the median.
  static func spread(_ series: TimedSeries) -> String {
    guard let spread = series.tokensPerSecond, spread.count > 1 else { return "" }
    return DecimalText.fixed(spread.halfWidth * 100, places: 1) + " %"
  }

  private func ratio(_ result: TimingResult, _ row: TimingRow) -> Double? {
    result.ratio(row.label, over: source.specification.baseline)?.median
  }

  private func amortizedRatio(_ result: TimingResult, _ row: TimingRow) -> Double? {
    guard let series = result[row.label], let ratio = ratio(result, row), let plain = series.tokensPerSecond?.median,
      let amortized = series.amortizedTokensPerSecond
    else { return nil }
    return ratio * amortized / plain
  }

  private func publishedRatio(_ row: TimingRow, _ size: TimingSize) -> DocumentCell {
    guard let number = source.number(.throughput, row, size), let baseline = source.baseline,
      let base = source.number(.throughput, baseline, size)
    else { return "" }
    return marks.derived(
      DecimalText.fixed(number.value / base.value, places: 3), from: number,
      how: "over that of \(source.specification.baseline)")
  }

  private static func search(_ series: TimedSeries) -> String? {
    guard let seconds = series.searchSeconds else { return nil }
    let count = series.searches.count
    return "\(series.name): a search of all subspaces takes \(DecimalText.significant(seconds)) s "
      + "(measured \(count == 1 ? "once" : "\(count) times")), every \(series.searchPeriod) updates: "
      + "\(DecimalText.significant(seconds / Double(series.searchPeriod))) s an update."
  }
}
