import Experiments

extension AuditFinding {
  /// What the chosen rate gives over the paper's, row by row.
  static func learningRates(_ source: ReportSource, rows: [String]) -> AuditFinding {
    var table = DocumentTable([
      "Run", "Paper's rate", "PPL there", "Searched rate", "PPL there", "paper's over searched",
    ])
    var factors: [String] = []
    for entry in source.data.entries where rows.isEmpty || rows.contains(entry.row.label) {
      guard let rate = entry.paperRate, let choice = entry.choice, let factor = entry.paperOverSearched else {
        continue
      }
      let label = source.data.scale.sizes.count > 1 ? "\(entry.row.label), \(entry.size.label)" : entry.row.label
      factors.append("\(label) \(DecimalText.fixed(factor, places: 2))")
      table.add([
        DocumentCell("\(entry.row.label), \(entry.size.label)"), DocumentCell(DecimalText.plain(rate)),
        DocumentCell(
          entry.runsAtPaperRate.perplexityText(\.perplexity),
          from: .runs(entry.runsAtPaperRate, of: entry, isPaperRate: true)),
        DocumentCell(DecimalText.plain(choice.learningRate)),
        DocumentCell(entry.finals.perplexityText(\.perplexity), from: .runs(entry.finals, of: entry)),
        DocumentCell(DecimalText.fixed(factor, places: 3), from: Origin("The first of these over the second")),
      ])
    }
    guard !factors.isEmpty else {
      let what = rows.isEmpty ? "any row" : rows.joined(separator: "; ")
      return .missing(
        "\(source.data.specification.name) has no runs of \(what) at both the paper's rate and the searched one at this scale"
      )
    }
    return AuditFinding(
      effect: "at the paper's rate the perplexity is this many times that at the searched one: "
        + factors.joined(separator: "; "),
      tables: [("Corrected perplexities; factors over the seeds that both have.", table)])
  }

  /// The perplexities of some rows at every size, as factors of the first row's.
  static func rows(_ source: ReportSource, _ labels: [String]) -> AuditFinding {
    let labels = labels.isEmpty ? source.data.rows.map(\.label) : labels
    var table = DocumentTable(["Run", "PPL, corrected", "over \(labels.first ?? "")"])
    var effects: [String] = []
    for size in source.data.scale.sizes {
      let entries = labels.map { source.data.entry(row: $0, size: size.label) }
      guard let first = entries.first ?? nil else { continue }
      for (label, entry) in zip(labels, entries) {
        let factor = entry.flatMap { $0.finals.factor(over: first.finals) }
        table.add(
          [
            "\(label), \(size.label)", entry?.finals.perplexityText(\.perplexity) ?? "not made at this scale",
            factor.map { DecimalText.fixed($0, places: 3) } ?? "",
          ], from: entry.flatMap { .runs($0.finals, of: $0) })
        if label != labels.first, let factor {
          effects.append(
            "\(label) has \(DecimalText.fixed(factor, places: 3)) times the perplexity of \(labels[0]) (\(size.label))")
        }
      }
    }
    guard !effects.isEmpty else {
      return .missing(
        "\(source.data.specification.name) has no records of these rows at this scale: \(labels.joined(separator: "; "))"
      )
    }
    return AuditFinding(
      effect: effects.joined(separator: "; "),
      tables: [("Mean ± standard deviation over seeds; factors over the seeds that both have.", table)])
  }
}

extension [SeedOutcome] {
  /// The mean perplexity over another's, over the seeds that both have one of; nil without such a seed.
  func factor(over other: [SeedOutcome]) -> Double? {
    let seeds = filter { run in
      !([run].perplexities(\.perplexity).isEmpty)
        && !(other.filter { $0.seed == run.seed }.perplexities(\.perplexity).isEmpty)
    }.map(\.seed)
    guard let own = Statistics(filter { seeds.contains($0.seed) }.perplexities(\.perplexity)),
      let base = Statistics(other.filter { seeds.contains($0.seed) }.perplexities(\.perplexity))
    else { return nil }
    return own.mean / base.mean
  }
}

extension TableEntry {
  /// The perplexity at the paper's rate over that at the chosen one; nil where one of them is not known.
  var paperOverSearched: Double? { runsAtPaperRate.factor(over: finals) }
}
