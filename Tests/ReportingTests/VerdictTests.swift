import Foundation
import Reporting
import Testing

@Suite("Verdicts") struct VerdictTests {
  /// The judgement of one test on a table whose perplexities, by seed, are given.
  private func judgement(
    _ test: String, _ perplexities: [String: [Double]], change: (inout SyntheticTable) -> Void = { _ in }
  ) throws -> ClaimJudgement {
    var table = SyntheticTable()
    table.losses = SyntheticTable.losses(perplexities)
    table.claims = [("claim", test)]
    change(&table)
    return try #require(table.source().judgements().first)
  }

  private let close = "ppl(SLTrain) <= 1.07 * ppl(Full-Rank)"

  @Test("A claim holds where every seed meets it")
  func holds() throws {
    let verdict = try judgement(close, ["Full-Rank": [60, 61, 62], "SLTrain": [61, 62, 63]]).verdict
    #expect(verdict == Verdict(.holds, reason: "62.00 ≤ 65.27", seeds: 3))
  }

  @Test("A claim does not hold where every seed misses it")
  func doesNotHold() throws {
    let verdict = try judgement(close, ["Full-Rank": [60, 61, 62], "SLTrain": [71, 72, 73]]).verdict
    #expect(verdict == Verdict(.doesNotHold, reason: "72.00 > 65.27", seeds: 3))
  }

  @Test("Seeds are paired: a margin that is small beside the spread of seeds, but the same in each, decides")
  func paired() throws {
    let values = ["GaLore": [50.0, 60, 70], "SLTrain": [49.5, 59.5, 69.5]]
    #expect(try judgement("ppl(SLTrain) < ppl(GaLore)", values).verdict.outcome == .holds)
  }

  @Test("A claim is undecided where the interval of the margin reaches over zero")
  func undecided() throws {
    let values = ["GaLore": [61.0, 63, 62], "SLTrain": [61.5, 62.5, 61.7]]
    let verdict = try judgement("ppl(SLTrain) < ppl(GaLore)", values).verdict
    #expect(verdict.outcome == .undecided)
    #expect(verdict.reason == "61.90 < 62.00, margin −0.500 to 0.500")
  }

  @Test("What is lost can be compared with what training had gained over a guess at random among the vocabulary")
  func guesses() throws {
    let values = ["Full-Rank": [20.0, 20, 20], "SLTrain": [40.0, 40, 40]]
    let vocabulary = try Double(#require(judgementSource().data.entries.first).model.vocabularySize)
    let share = Foundation.log(2) / Foundation.log(vocabulary / 20)
    for (factor, outcome) in [(0.99, Verdict.Outcome.holds), (1.01, .doesNotHold)] {
      let test =
        "log(ppl(SLTrain) / ppl(Full-Rank)) >= \(share * factor) * log(guess(Full-Rank) / ppl(Full-Rank))"
      #expect(try judgement(test, values).verdict.outcome == outcome)
    }
    #expect(try judgement("ppl(SLTrain) >= guess(SLTrain)", values).verdict.outcome == .doesNotHold)
  }

  private func judgementSource() throws -> ReportSource { try SyntheticTable().source() }

  @Test("Of several comparisons all must hold")
  func conjunction() throws {
    let values = ["Full-Rank": [60.0, 61, 62], "SLTrain": [61.0, 62, 63], "GaLore": [40.0, 41, 42]]
    let verdict = try judgement("\(close) and ppl(SLTrain) < ppl(GaLore)", values).verdict
    #expect(verdict.outcome == .doesNotHold)
    #expect(verdict.reason == "62.00 ≤ 65.27; 62.00 ≥ 41.00")
  }

  @Test("'min' takes the best of the rows that a pattern matches, seed by seed")
  func choice() throws {
    let values = [
      "SLTrain": [30.0, 30, 30], "Low-Rank, zero start": [49.0, 60, 60], "Low-Rank, SVD start": [60.0, 52, 53],
    ]
    let verdict = try judgement("ppl(SLTrain) <= 0.6 * min(ppl(Low-Rank*))", values).verdict
    // 0.6 of 49, 52 and 53: two of the three seeds meet the claim.
    #expect(verdict.outcome == .undecided)
    #expect(verdict.reason.hasPrefix("30.00 ≤ 30.80"))
  }

  @Test(
    "A claim about learning is not tested below the tokens a parameter that it needs",
    arguments: [(9.4, Verdict.Outcome.notTested), (9.6, .holds)])
  func tokens(tokens: Double, outcome: Verdict.Outcome) throws {
    let values = ["Full-Rank": [60.0, 61, 62], "SLTrain": [61.0, 62, 63]]
    let verdict = try judgement(close, values) { $0.tokensPerParameter = tokens }.verdict
    #expect(verdict.outcome == outcome)
    if outcome == .notTested {
      #expect(verdict.reason == "SLTrain saw 9.40 tokens a parameter, the claim needs 9.50")
    }
  }

  @Test("A claim is not tested without records, after a divergence, or with too few seeds")
  func obstacles() throws {
    let values = ["Full-Rank": [60.0, 61, 62], "SLTrain": [61.0, 62, 63]]
    func reason(_ change: (inout SyntheticTable) -> Void) throws -> String {
      let verdict = try judgement(close, values, change: change).verdict
      #expect(verdict.outcome == .notTested)
      return verdict.reason
    }
    #expect(try reason { $0.losses["Full-Rank"] = nil } == "there is no record of Full-Rank")
    #expect(try reason { $0.losses["Full-Rank"]?[2] = nil } == "seed 2 of Full-Rank has no record")
    #expect(try reason { $0.diverged["SLTrain"] = 2 } == "SLTrain diverged at step 17 with seed 2")
    #expect(try reason { $0.hopeless = ["SLTrain"] } == "every rate tried for SLTrain diverged")
    #expect(try reason { $0.seedsNeeded = 5 } == "SLTrain has 3 of the 5 seeds that the claim needs")
    #expect(try reason { $0.losses["SLTrain"]?[1] = 1e9 } == "SLTrain has no finite perplexity with seed 1")
  }

  @Test("A claim about parameters or memory needs no record and is counted at the published size")
  func counted() throws {
    let claim = try judgement("param(SLTrain) <= 0.75 * param(Full-Rank) and mem(SLTrain) < mem(GaLore)", [:])
    #expect(claim.verdict == Verdict(.holds, reason: "43.53 ≤ 43.56; 0.267 < 0.280"))
    #expect(!claim.isLearned)
  }

  @Test("A judgement says what the paper's rates, its evaluation and the published numbers come to")
  func readings() throws {
    let values = ["Full-Rank": [60.0, 61, 62], "SLTrain": [61.0, 62, 63]]
    let judgement = try judgement(close, values) {
      $0.paperRateLosses = SyntheticTable.losses(["Full-Rank": [60, 61, 62], "SLTrain": [80, 81, 82]])
    }
    #expect(judgement.verdict.outcome == .holds)
    #expect(judgement.atPaperRates.outcome == .doesNotHold)
    // exp(10/11 · ln p), the paper's evaluation over ten batches.
    #expect(judgement.byPaperEvaluation.reason == "42.60 ≤ 44.92")
    #expect(judgement.published == Verdict(.holds, reason: "34.15 ≤ 36.44", seeds: 1))
  }

  @Test("A judgement names the rows whose search ended on the edge of its grid")
  func edges() throws {
    let values = ["Full-Rank": [60.0, 61, 62], "SLTrain": [61.0, 62, 63]]
    // The synthetic table's SLTrain ends there, and no other row.
    #expect(try judgement(close, values).rowsAtEdge == ["SLTrain"])
    #expect(try judgement("param(SLTrain) < 1 and ppl(Full-Rank) < 99", values).rowsAtEdge.isEmpty)
  }

  @Test("A claim about other sizes is not judged")
  func sizes() throws {
    var table = SyntheticTable()
    table.claims = [("claim", close)]
    table.claimSizes = ["1B"]
    #expect(try table.source().judgements().isEmpty)
    table.claimSizes = ["60M", "1B"]
    #expect(try table.source().judgements().map(\.size) == ["60M proxy"])
  }

  @Test("A test that comes to no finite number decides nothing")
  func infinite() throws {
    let verdict = try judgement("ppl(SLTrain) / 0 < 2", ["SLTrain": [61.0, 62, 63]]).verdict
    #expect(verdict == Verdict(.notTested, reason: "the test gives no finite number", seeds: 3))
  }
}
