import Experiments

/// Of a table whose rows repeat one run: the mean of all, and how far repetitions and seeds spread it.
struct RepetitionSection {
  let source: ReportSource

  func add(to text: inout Document) {
    guard let repetitions = source.data.specification.repetitions else { return }
    var table = DocumentTable(["Size", "Mean PPL, corrected", "± over \(repetitions)", "± over seeds", "Best", "Worst"])
    for size in source.data.scale.sizes {
      let runs = source.entries(of: size).map { $0.finals.perplexities(\.perplexity) }
      guard let spread = RepetitionSpread(runs) else { continue }
      let all = runs.flatMap(\.self)
      table.add([
        size.label, DecimalText.fixed(spread.mean, places: 2), Self.text(spread.overRepetitions, spread.mean),
        Self.text(spread.overSeeds, spread.mean), DecimalText.fixed(all.min() ?? .nan, places: 2),
        DecimalText.fixed(all.max() ?? .nan, places: 2),
      ])
    }
    guard !table.isEmpty else { return }
    text.heading(2, "Spread")
    text.paragraph(
      "*± over \(repetitions)*: the standard deviation over the \(repetitions) of a seed, pooled over the seeds; *± over "
        + "seeds*: that over the seeds of one of the \(repetitions), pooled likewise.")
    text.table(table)
  }

  /// A deviation, and what it is of the mean.
  private static func text(_ deviation: Double?, _ mean: Double) -> String {
    deviation.map { "\(DecimalText.fixed($0, places: 2)) (\(DecimalText.fixed(100 * $0 / mean, places: 2)) %)" } ?? ""
  }
}
