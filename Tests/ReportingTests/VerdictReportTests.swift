import Configuration
import Experiments
import Foundation
import Reporting
import TestSupport
import Testing

@Suite("The page of verdicts") struct VerdictReportTests {
  /// A table with a claim for each kind of verdict, one that the published numbers do not bear out among them.
  private func source() throws -> ReportSource {
    var table = SyntheticTable()
    table.losses = SyntheticTable.losses([
      "Full-Rank": [60.1, 61, 60.4], "Low-Rank, zero start": [125, 124.2, 125.1],
      "Low-Rank, SVD start": [68.1, 69.2, 68.8], "GaLore": [61, 63, 62], "SLTrain": [61.5, 62.5, 61.7],
    ])
    table.paperRateLosses = SyntheticTable.losses(["Full-Rank": [50.1, 51, 50.4], "SLTrain": [61.5, 62.5, 61.7]])
    table.claims = [
      ("close", "ppl(SLTrain) <= 1.07 * ppl(Full-Rank)"), ("better-than-galore", "ppl(SLTrain) < ppl(GaLore)"),
      ("low-rank-fails", "min(ppl(Low-Rank*)) >= 1.8 * ppl(Full-Rank)"), ("relora", "ppl(SLTrain) < ppl(ReLoRA)"),
      ("less-memory", "mem(SLTrain) <= 0.77 * mem(Full-Rank)"), ("tiny", "param(SLTrain) < 0.5 * param(Full-Rank)"),
    ]
    table.abstract = ["close", "less-memory"]
    return try table.source()
  }

  private func summary(at scale: ScaleName = .desktop) throws -> ClaimSummary {
    let source = try source()
    return ClaimSummary(scale: scale, entries: try source.summarizedClaims(), training: TrainedRange(of: [source]))
  }

  @Test("It is this text")
  func golden() throws {
    try Golden.expect(VerdictReport(try summary()).markdown, in: "verdicts.md")
  }

  @Test("A claim links the final runs of the rows that it names, and what is counted links none")
  func evidence() throws {
    let entries = try summary().entries
    let close = try #require(entries.first { $0.claim.id == "close" })
    #expect(close.evidence.map(\.label).prefix(2) == ["Full-Rank, 60M proxy, seed 1", "Full-Rank, 60M proxy, seed 2"])
    #expect(close.evidence.count == 6 && close.evidence[5].path == "runs/sltrain-final-0.003-3")
    #expect(try #require(entries.first { $0.claim.id == "less-memory" }).evidence.isEmpty)
    #expect(try #require(entries.first { $0.claim.id == "relora" }).evidence.isEmpty)
  }

  @Test("Only readings that say otherwise qualify a verdict")
  func remarks() throws {
    let close = try #require(try summary().entries.first { $0.claim.id == "close" })
    let remarks = try #require(close.findings.first).remarks
    #expect(remarks.count == 2)
    #expect(remarks[0].hasPrefix("at the paper's own rates") && remarks[0].contains("**does not hold**"))
    #expect(remarks[1] == "the search ended on the edge of its grid for SLTrain")
  }

  @Test("What another scale says is named and linked there")
  func otherScale() throws {
    let text = VerdictReport(try summary(at: .smoke)).markdown
    #expect(text.contains("[table-2](../desktop/table-2.md), close, scale `desktop`."))
    #expect(text.contains("(../desktop/runs/sltrain-final-0.003-3)"))
  }

  @Test("A claim fails if it fails at one size, and is undecided if it is so at one and holds at the others")
  func outcomes() throws {
    let entry = try #require(try summary().entries.first)
    func outcome(_ outcomes: Verdict.Outcome...) -> Verdict.Outcome {
      ClaimSummary.Entry(
        claim: entry.claim, specification: "t", title: "", scale: .quick, topic: .perplexity,
        findings: outcomes.map { .init(size: "s", verdict: Verdict($0, reason: ""), published: nil, remarks: []) },
        evidence: []
      ).outcome
    }
    #expect(outcome(.holds, .doesNotHold, .undecided) == .doesNotHold)
    #expect(outcome(.holds, .undecided, .notTested) == .undecided)
    #expect(outcome(.notTested, .holds) == .holds)
    #expect(outcome(.notTested) == .notTested && outcome() == .notTested)
  }
}

@Suite("The claims of the specifications that are shipped") struct ShippedClaimTests {
  private let environment = ExperimentEnvironment(
    experimentsFolder: Repository.experiments, resultsFolder: "/nowhere", workFolder: "/nowhere")

  @Test(
    "Without a record nothing that is measured has a verdict, and what is counted has one",
    arguments: ScaleName.allCases)
  func withoutRecords(scale: ScaleName) throws {
    let summary = try ClaimSummary(scale: scale, environment: environment)
    let claims =
      try environment.tables().flatMap(\.claims) + environment.timings().flatMap(\.claims)
      + environment.studies().flatMap(\.claims)
    #expect(summary.entries.count == claims.count)
    #expect(summary.training == nil)
    for entry in summary.entries {
      let isCounted = [.parameters, .estimatedMemory].contains(entry.topic)
      if !isCounted { #expect(entry.outcome == .notTested, "\(entry.specification) \(entry.claim.id)") }
      #expect(entry.evidence.isEmpty)
      #expect(entry.claim.statement.hasSuffix(".") && !entry.claim.source.isEmpty, "\(entry.claim.id)")
    }
    guard scale == .paper else { return }
    let counted = summary.entries.filter { [.parameters, .estimatedMemory].contains($0.topic) && $0.outcome != .holds }
    // The text says 58.2M where the shapes, and table 2, have 58.07.
    #expect(counted.map(\.claim.id) == ["full-rank-parameters-60m"])
  }

  @Test("Claims come in the order of their tables' numbers, figures first")
  func order() throws {
    let names = try ClaimSummary(scale: .quick, environment: environment).entries.map(\.specification)
    let unique = names.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
    #expect(unique.count == Set(unique).count)
    #expect(unique.firstIndex(of: "table-2")! < unique.firstIndex(of: "table-3")!)
    #expect(try environment.tables().map(\.name).suffix(2) == ["table-9", "table-10"])
  }
}
