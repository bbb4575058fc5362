import Experiments
import Foundation

extension AuditFinding {
  /// What the authors' evaluation does: `exp(S/(n + 1))` for a sum `S` of n batch means, beside `exp(S/n)`.
  static func evaluation(_ source: ReportSource, _ marks: Marks) -> AuditFinding {
    let runs = source.data.entries.flatMap { entry in
      entry.outcomes.compactMap { outcome in outcome.evaluation.map { (entry: entry, evaluation: $0) } }
    }
    var finding = AuditFinding(effect: "")
    if let published = source.published { finding.tables.append(unbiased(published, marks)) }
    guard !runs.isEmpty else {
      finding.effect = "no run of \(source.data.specification.name) has a record at this scale"
      finding.isMeasured = false
      return finding
    }
    let shares = runs.map { 1 - $0.evaluation.paperPerplexity / $0.evaluation.undonePerplexity }
    let weights = runs.map { abs($0.evaluation.undonePerplexity / $0.evaluation.perplexity - 1) }
    let batches = Set(runs.map(\.evaluation.batches)).sorted()
    finding.effect =
      "with n of \(AuditText.list(batches.map(String.init))) every perplexity is reported \(AuditText.percent(shares)) too low; "
      + "with the factor undone it is the token-weighted one to within \(AuditText.percent(weights.max() ?? 0, places: 3))"
    finding.tables.insert(ours(source), at: 0)
    return finding
  }

  private static func ours(_ source: ReportSource) -> (caption: String, table: DocumentTable) {
    var table = DocumentTable(["Run", "n", "PPL as reported", "factor undone", "token-weighted", "too low by"])
    for entry in source.data.entries {
      let evaluations = entry.outcomes.compactMap(\.evaluation)
      guard let reported = Statistics(evaluations.map(\.paperPerplexity))?.mean,
        let undone = Statistics(evaluations.map(\.undonePerplexity))?.mean,
        let weighted = Statistics(evaluations.map(\.perplexity))?.mean
      else { continue }
      table.add(
        [
          "\(entry.row.label), \(entry.size.label)",
          Set(evaluations.map(\.batches)).sorted().map(String.init).joined(separator: "; "),
          DecimalText.fixed(reported, places: 2), DecimalText.fixed(undone, places: 2),
          DecimalText.fixed(weighted, places: 2), AuditText.percent(1 - reported / undone),
        ], from: .runs(entry.finals, of: entry))
    }
    return ("Means over the seeds of the final runs of \(source.data.specification.name).", table)
  }

  private static func unbiased(
    _ published: PublishedTable, _ marks: Marks
  ) -> (caption: String, table: DocumentTable) {
    var table = DocumentTable(["Published, factor undone"] + published.sizes.map(\.label))
    for row in published.rows {
      table.add(
        [DocumentCell(row)]
          + published.sizes.map { size -> DocumentCell in
            guard let number = published.number(.perplexity, row: row, size: size.label),
              let value = published.unbiasedPerplexity(row: row, size: size.label)
            else { return "" }
            let batches = number.evaluationBatches ?? size.evaluationBatches ?? 0
            return DocumentCell(
              "\(marks.marked(number).text) → \(DecimalText.fixed(value, places: 2)) (n = \(batches))",
              from: .derived(from: number, in: published, how: "with the factor n/(n + 1) undone"))
          })
    }
    return ("The published perplexities p as exp(ln p · (n + 1)/n), with the n of the official scripts.", table)
  }
}

extension CellOutcome.Evaluation {
  /// The perplexity of the paper's loss with the factor n/(n + 1) undone: that of the mean over the batches.
  var undonePerplexity: Double { exp(paperLoss * Double(batches + 1) / Double(batches)) }
}

/// Words of an audit.
enum AuditText {
  /// A share as a percentage.
  static func percent(_ share: Double, places: Int = 1) -> String {
    DecimalText.fixed(100 * share, places: places) + " %"
  }

  /// The range of some shares as percentages.
  static func percent(_ shares: [Double]) -> String {
    let ends = [shares.min() ?? .nan, shares.max() ?? .nan].map { DecimalText.fixed(100 * $0, places: 1) }
    return (ends[0] == ends[1] ? ends[0] : ends.joined(separator: " to ")) + " %"
  }

  /// Words with commas between, and `and` before the last.
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
