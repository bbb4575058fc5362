import Experiments

/// The claims, each with its verdict at every size, the numbers behind it, and the readings that say otherwise.
struct ClaimSection {
  let source: ReportSource
  let judgements: [ClaimJudgement]

  func add(to text: inout Document) {
    guard !judgements.isEmpty else { return }
    text.heading(2, "Claims")
    text.paragraph(explanation)
    let scale = source.data.scale
    let sizes = (scale.sizes + (scale.memory?.sizes ?? [])).map(\.label).reduce(into: [String]()) { sizes, label in
      if !sizes.contains(label), judgements.contains(where: { $0.size == label }) { sizes.append(label) }
    }
    var table = DocumentTable(["Claim"] + sizes, alignments: [.left] + sizes.map { _ in .left })
    for claim in claims {
      table.add(
        [DocumentCell(claim.statement)]
          + sizes.map { size in
            judgements.first { $0.claim.id == claim.id && $0.size == size }.map {
              DocumentCell($0.verdict.outcome.marked)
            }
              ?? ""
          })
    }
    text.table(table)
    text.list(claims.map(details), under: "The numbers behind each verdict")
  }

  /// How many verdicts there are of each kind, in a sentence.
  var summary: String {
    guard !judgements.isEmpty else { return "" }
    let kinds: [(outcome: Verdict.Outcome, one: String, many: String)] = [
      (.holds, "holds", "hold"), (.doesNotHold, "does not hold", "do not hold"),
      (.undecided, "is undecided", "are undecided"), (.notTested, "is not tested", "are not tested"),
    ]
    let counts = kinds.compactMap { kind in
      let count = judgements.filter { $0.verdict.outcome == kind.outcome }.count
      return count > 0 ? "\(count) \(count == 1 ? kind.one : kind.many)" : nil
    }
    let sizes = Set(judgements.map(\.size)).count
    let over = sizes > 1 ? " at \(sizes) sizes" : ""
    return "\(claims.count) \(claims.count == 1 ? "claim" : "claims")\(over): " + counts.joined(separator: ", ")
      + "; see [Claims](#claims)."
  }

  private var claims: [TableClaim] {
    judgements.map(\.claim).reduce(into: []) { claims, claim in
      if !claims.contains(where: { $0.id == claim.id }) { claims.append(claim) }
    }
  }

  private var explanation: String {
    var sentences: [String] = []
    if judgements.contains(where: \.isLearned) {
      sentences.append(
        "A verdict goes by the corrected perplexity of the runs at the searched rates. With several seeds the margin is "
          + "taken seed by seed; *undecided* means that the 95 % bootstrap interval of its mean reaches over zero.")
    }
    let measures = Set(judgements.flatMap(\.measures))
    if !measures.isDisjoint(with: [.parameters, .memory]) {
      sentences.append("Parameters and memory are those of the published sizes.")
    }
    if measures.contains(.peak) {
      sentences.append("`peak` is the most memory that a run had live at once, in G, measured or predicted.")
    }
    if judgements.contains(where: \.isLearned) { sentences.append(requirement) }
    return sentences.joined(separator: " ")
  }

  private var requirement: String {
    let needed = source.data.specification.requirements
    let seeds = needed.seeds > 1 ? " and \(needed.seeds) seeds" : ""
    return "A claim about perplexity needs \(DecimalText.significant(needed.tokensPerParameter)) training tokens for "
      + "every parameter of the full-rank model\(seeds); below that the order is that of early optimisation."
  }

  /// A claim's test and, for each size, what it comes to.
  private func details(_ claim: TableClaim) -> Document.Item {
    Document.Item(
      "**\(claim.id)** (\(claim.source)): `\(claim.test)`",
      inner: judgements.filter { $0.claim.id == claim.id }.map(Self.line))
  }

  private static func line(_ judgement: ClaimJudgement) -> String {
    let verdict = judgement.verdict
    let seeds = verdict.seeds > 0 ? " (\(verdict.seeds) seed\(verdict.seeds == 1 ? "" : "s"))" : ""
    var clauses = ["\(judgement.size): \(verdict.outcome.rawValue): \(verdict.reason)\(seeds)"]
    clauses += readings(judgement).map(\.text) + qualifications(judgement)
    if let published = judgement.published {
      clauses.append(
        "published numbers: \(published.outcome == .notTested ? "" : published.outcome.rawValue + ", ")"
          + published.reason)
    }
    return clauses.joined(separator: "; ")
  }

  /// What qualifies a verdict: readings that say otherwise, bytes that are predicted, searches that ended on an edge.
  static func remarks(_ judgement: ClaimJudgement) -> [String] {
    readings(judgement).filter(\.saysOtherwise).map(\.text) + qualifications(judgement)
  }

  /// The other readings of a claim about learning.
  private static func readings(_ judgement: ClaimJudgement) -> [(text: String, saysOtherwise: Bool)] {
    guard judgement.isLearned else { return [] }
    let known = judgement.rowsWithoutPaperRate.isEmpty ? "" : ", where they are known,"
    return [
      ("by the paper's evaluation", judgement.byPaperEvaluation),
      ("at the paper's own rates\(known)", judgement.atPaperRates),
    ].compactMap { name, other in
      reading(name, other, than: judgement.verdict).map { ($0, other.outcome != judgement.verdict.outcome) }
    }
  }

  private static func qualifications(_ judgement: ClaimJudgement) -> [String] {
    guard judgement.verdict.outcome != .notTested else { return [] }
    let predicted = judgement.predictedRows.joined(separator: "; ")
    let edges = judgement.rowsAtEdge.joined(separator: "; ")
    return (predicted.isEmpty ? [] : ["predicted: \(predicted)"])
      + (edges.isEmpty ? [] : ["the search ended on the edge of its grid for \(edges)"])
  }

  private static func reading(_ name: String, _ other: Verdict, than verdict: Verdict) -> String? {
    if other.outcome == verdict.outcome {
      if verdict.outcome == .notTested { return nil }
      return "\(name) the same" + (other.reason == verdict.reason ? "" : " (\(other.reason))")
    }
    let outcome = other.outcome == .notTested ? "not tested" : "**\(other.outcome.rawValue)**"
    return "\(name) \(outcome) (\(other.reason))"
  }
}
