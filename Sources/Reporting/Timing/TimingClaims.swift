import Configuration
import Experiments
import Training

/// The times of sizes, each at the largest batch that it was measured at, as claims ask for them.
///
/// A row is named as in the table, of the size at hand, or with a size: `SLTrain @ 350M`. What seeds are to a perplexity,
/// rounds are to a speed.
struct TimingClaimValues: ClaimValues {
  let source: TimingSource
  /// The size that rows without one are of; nil where there is none.
  let size: String?

  private var series: [(row: String, series: TimedSeries)] {
    source.measured.flatMap { measured -> [(String, TimedSeries)] in
      let label = measured.size.size.label
      let all = measured.record.groups.last?.result.series ?? []
      return all.map { ("\($0.name) @ \(label)", $0) } + (label == size ? all.map { ($0.name, $0) } : [])
    }
  }

  var rows: [String] { series.map(\.row) }

  func value(_ measure: ClaimQuantity.Measure, row: String, seed: UInt64?) -> Double? {
    guard let series = series.first(where: { $0.row == row })?.series else { return nil }
    switch measure {
    case .speed:
      let seconds = series.amortizedRoundSeconds
      guard let seed, seconds.indices.contains(Int(seed)) else { return nil }
      return Double(series.tokens) / seconds[Int(seed)]
    case .peak: return Double(series.peakBytes) / 1e9
    case .perplexity, .spread, .guess, .parameters, .memory, .found: return nil
    }
  }

  func seeds(of row: String) -> [UInt64] {
    (series.first { $0.row == row }?.series.roundSeconds ?? []).indices.map(UInt64.init)
  }

  func obstacle(_ measure: ClaimQuantity.Measure, row: String) -> String? {
    [.speed, .peak].contains(measure) ? nil : "'\(measure.rawValue)' is not measured in a table of times"
  }
}

/// What the times say of a claim.
struct TimingJudgement {
  let claim: TableClaim
  /// The size; nil of a claim over several.
  let size: String?
  let verdict: Verdict
  let published: Verdict?
}

extension TimingSpecification {
  /// The claims with their tests, read: to be done before anything is measured.
  ///
  /// - Throws: `Diagnostic` at the word of a test that is wrong, or at a row or a size that the table does not have.
  public func parsedClaims() throws -> [(claim: TableClaim, test: ClaimTest)] {
    let sizes = scales.flatMap { $0.sizes.map(\.size.label) }
    let names = rows.map(\.label) + rows.flatMap { row in sizes.map { "\(row.label) @ \($0)" } }
    return try claims.map { claim in
      let test = try ClaimTest(parsing: claim.test, at: claim.testPlace)
      try test.check(rows: names)
      return (claim, test)
    }
  }
}

extension TimingSource {
  /// Judges every claim at every size that it speaks of; one that names sizes once.
  func judgements() throws -> [TimingJudgement] {
    try specification.parsedClaims().flatMap { claim, test in
      if test.quantities.contains(where: { $0.pattern.contains(" @ ") }) {
        return [
          TimingJudgement(
            claim: claim, size: nil, verdict: .judging(test, on: TimingClaimValues(source: self, size: nil)),
            published: nil)
        ]
      }
      return scale.sizes.map(\.size).filter { claim.sizes.isEmpty || claim.sizes.contains($0.published ?? "") }.map {
        TimingJudgement(
          claim: claim, size: $0.label, verdict: .judging(test, on: TimingClaimValues(source: self, size: $0.label)),
          published: publishedVerdict(test, $0))
      }
    }
  }

  private func publishedVerdict(_ test: ClaimTest, _ size: TableSize) -> Verdict? {
    guard let published, let column = size.published, published.size(column) != nil else { return nil }
    let rows = specification.rows.compactMap { row in row.published.map { (row.label, $0) } }
    return .judging(test, on: PublishedClaimValues(table: published, size: column, publishedRows: rows))
  }
}

/// The claims, each with its verdicts and the numbers behind them.
struct TimingClaimSection {
  let judgements: [TimingJudgement]

  func add(to text: inout Document) {
    guard !judgements.isEmpty else { return }
    text.heading(2, "Claims")
    text.paragraph(
      "`speed` is tokens a second, a search of subspaces spread over the updates that it serves; `peak` is the most bytes of "
        + "tensors live at once, in G; both at the largest batch of a size. A speed is taken round by round; *undecided* "
        + "means that the 95 % bootstrap interval of the mean margin reaches over zero.")
    let claims = judgements.map(\.claim).reduce(into: [TableClaim]()) { if !$0.contains($1) { $0.append($1) } }
    text.list(
      claims.map { claim in
        Document.Item(
          "**\(claim.id)**: \(claim.statement) (\(claim.source)) `\(claim.test)`",
          inner: judgements.filter { $0.claim == claim }.map(Self.line))
      })
  }

  private static func line(_ judgement: TimingJudgement) -> String {
    let verdict = judgement.verdict
    let rounds = verdict.seeds > 0 ? " (\(verdict.seeds) round\(verdict.seeds == 1 ? "" : "s"))" : ""
    var line = "\(judgement.size ?? "Over the sizes"): \(verdict.outcome.marked): \(verdict.reason)\(rounds)"
    if let published = judgement.published, published.outcome != .notTested {
      line += "; published numbers: \(published.outcome.rawValue), \(published.reason)"
    }
    return line
  }
}
