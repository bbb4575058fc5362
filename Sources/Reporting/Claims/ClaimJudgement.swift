import Experiments

/// What the numbers say of a claim at one size, and whether another reading of them would say otherwise.
public struct ClaimJudgement: Sendable {
  /// The claim.
  public let claim: TableClaim
  /// The size, by its label.
  public let size: String
  /// What decides: the token-weighted perplexity of the runs at the searched rates.
  public let verdict: Verdict
  /// The same by the paper's evaluation.
  public let byPaperEvaluation: Verdict
  /// The same at the paper's own learning rates; rows whose own is not known stay at the searched one.
  public let atPaperRates: Verdict
  /// The rows that the claim speaks of whose own learning rate is not known.
  public let rowsWithoutPaperRate: [String]
  /// The rows that the claim speaks of whose best rate lies on the edge of the grid: a better one may lie beyond it.
  public let rowsAtEdge: [String]
  /// The same of the published numbers, or nil where the size stands for no published one.
  public let published: Verdict?
  /// What the claim speaks of.
  public let measures: [ClaimQuantity.Measure]
  /// The rows that the claim speaks of whose memory is predicted and not measured.
  public var predictedRows: [String] = []

  /// Whether the claim speaks of perplexity; of the others every reading is the same.
  public var isLearned: Bool { measures.contains(where: \.isLearned) }
}

extension TableSpecification {
  /// The claims with their tests, read.
  ///
  /// Called before anything is trained, so that a slip in a claim does not cost a run.
  /// - Throws: `Diagnostic` at the word of a test that is wrong, or at a row that the table does not have.
  public func parsedClaims() throws -> [(claim: TableClaim, test: ClaimTest)] {
    try claims.map { claim in
      let test = try ClaimTest(parsing: claim.test, at: claim.testPlace)
      try test.check(rows: rows.map(\.label))
      return (claim, test)
    }
  }
}

extension ReportSource {
  /// Judges every claim at every size that it speaks of, in the order of the specification.
  ///
  /// - Throws: `Diagnostic` at a test that cannot be read.
  public func judgements() throws -> [ClaimJudgement] {
    let claims = try data.specification.parsedClaims()
    return claims.flatMap { claim, test in
      sizes(of: test).filter { claim.sizes.isEmpty || claim.sizes.contains($0.column) }.map { size in
        ClaimJudgement(
          claim: claim, size: size.label, verdict: verdict(test, size, ClaimReading()),
          byPaperEvaluation: verdict(test, size, ClaimReading(evaluation: .paper)),
          atPaperRates: verdict(test, size, ClaimReading(rate: .paper)),
          rowsWithoutPaperRate: rows(of: test, size) { $0.paperRate == nil },
          rowsAtEdge: rows(of: test, size) { $0.choice?.edge != nil }, published: publishedVerdict(test, size),
          measures: test.quantities.map(\.measure),
          predictedRows: memory(of: size).filter { result in
            !result.isMeasured
              && test.quantities.contains { $0.measure == .peak && $0.matches(result.row.label) }
          }.map(\.row.label))
      }
    }
  }

  /// The sizes that a test can be judged at: perplexities are of those that are trained, peaks of those that are
  /// measured, and what is counted of both.
  private func sizes(of test: ClaimTest) -> [TableSize] {
    let sizes =
      test.isLearned
      ? data.scale.sizes : test.asks(for: .peak) ? data.scale.memory?.sizes ?? [] : countedSizes
    // A size beyond the published ones is counted and trained, but no claim of the paper's table is about it.
    let published = sizes.filter { $0.published != nil }
    return published.isEmpty ? sizes : published
  }

  private func verdict(_ test: ClaimTest, _ size: TableSize, _ reading: ClaimReading) -> Verdict {
    let values = TableClaimValues(
      entries: entries(of: size), requirements: data.specification.requirements, reading: reading,
      footprints: publishedFootprints(of: size), memory: memory(of: size))
    return Verdict.judging(test, on: values)
  }

  /// The rows whose perplexity a test asks for and that something is true of.
  private func rows(of test: ClaimTest, _ size: TableSize, where isMeant: (TableEntry) -> Bool) -> [String] {
    let asked = test.quantities.filter(\.measure.isLearned)
    return entries(of: size).filter { entry in
      isMeant(entry) && asked.contains { $0.matches(entry.row.label) }
    }.map(\.row.label)
  }

  private func publishedVerdict(_ test: ClaimTest, _ size: TableSize) -> Verdict? {
    guard let published, let column = size.published, published.size(column) != nil else { return nil }
    let rows = data.specification.rows.compactMap { row in row.published.map { (row.label, $0) } }
    return Verdict.judging(test, on: PublishedClaimValues(table: published, size: column, publishedRows: rows))
  }
}
