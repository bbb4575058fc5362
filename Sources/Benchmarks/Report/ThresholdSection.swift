import Reporting

/// What must come out, and whether it did.
struct ThresholdSection {
  let thresholds: [Threshold]
  let record: BenchmarkRecord

  func write(to text: inout Document) {
    guard !thresholds.isEmpty else { return }
    text.heading(2, "Thresholds")
    var table = DocumentTable(
      ["threshold", "verdict", "measured", "needed", "rounds", "figure"],
      alignments: [.left, .left, .right, .right, .right, .left])
    for threshold in thresholds {
      let spread = threshold.spread(in: record)
      let origin = record.groups.first { threshold.path.hasPrefix($0.name + "/") }?.origin
      table.add([
        DocumentCell(threshold.id), DocumentCell(threshold.verdict(in: record).rawValue),
        DocumentCell(FigureText.spread(spread, FigureText.ratio), from: origin),
        DocumentCell(Self.text(threshold.bound)), DocumentCell(spread.map { String($0.count) } ?? "", from: origin),
        DocumentCell(Self.figure(threshold)),
      ])
    }
    text.table(table)
  }

  private static func text(_ bound: Threshold.Bound) -> String {
    switch bound {
    case .least(let least): "≥ \(FigureText.ratio(least))"
    case .most(let most): "≤ \(FigureText.ratio(most))"
    }
  }

  private static func figure(_ threshold: Threshold) -> String {
    switch threshold.quantity {
    case .shareOfProduct:
      "operations a second of `\(threshold.path)`, over those of the best square product in the same rounds"
    case .speed: "tokens a second of `\(threshold.path)`, over those of `\(threshold.other ?? "")`"
    case .slowDown where threshold.path.hasPrefix("growth/"):
      "the last ten updates' time of `\(threshold.path)`, over the first ten's"
    case .slowDown:
      "the time that an operation takes in a larger model, over that in a smaller one: the largest of all pairs"
    }
  }
}
