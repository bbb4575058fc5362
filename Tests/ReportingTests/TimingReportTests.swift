import Configuration
import Experiments
import Foundation
import Reporting
import TestSupport
import Testing
import Training

/// Tables of times that nobody measured: the specification is real, the times are made up.
private enum SyntheticTimes {
  static func table(_ kind: String, claims: String) throws -> TimingSpecification {
    let text = """
      study: \(kind)
      name: table-3
      title: Times
      source: the paper, table 3
      baseline: W
      rows:
        - {label: W, method: full-rank}
        - {label: G, method: {name: galore, rank: 4}}
        - {label: S, published: none, note: Not in the paper., method: {name: sltrain, rank: 4, density: 0.1, alpha: 4}}
      \(kind == "inference" ? "crossovers: [{from: S, to: G}, {from: W, to: S}, {from: G, to: W}]" : "")
      scales:
        quick:
          description: Two sizes.
          sizes:
            - {label: small, published: 1M, training: {model: x}, batches: [{rows: 1, length: 8}], rounds: 3}
            - {label: large, published: 2M, training: {model: y}, batches: [{rows: 1, length: 8}], rounds: 3}
      claims: [\(claims)]
      notes: [A note.]
      """
    return try TimingSpecification(reading: SpecificationNode(text: text, file: "table-3.yaml"))
  }

  static let published = """
    {name: Table 3, paper: The paper, sources: {own: the paper}, notes: {all: Of one GPU.}, sizes: {1M: {}, 2M: {}},
     throughput: {W: {status: recalled, source: own, 1M: 1000, 2M: 500}, G: {status: confirmed, source: own, 1M: 900}}}
    """

  static let manifest = RunManifest(
    commit: "", isDirty: false, processor: "A processor", blasCore: "Haswell", blasConfiguration: "", threads: 2,
    allocator: "jemalloc 5.3.0", compiler: "", requestedFor: "", started: "2026-01-02T03:04:05Z", ended: "",
    seconds: 61.25, tokensPerSecond: 0)

  static func series(
    _ name: String, _ seconds: [Double], tokens: Int = 100, search: Double? = nil, peak: Int = 2_000_000_000
  ) -> TimedSeries {
    var series = TimedSeries(name: name, tokens: tokens, workers: 2, searchPeriod: search == nil ? 1 : 200)
    series.forms = name == "S" ? "factored" : ""
    series.rounds = seconds.map { [$0] }
    series.searches = search.map { [$0] } ?? []
    (series.liveBytes, series.peakBytes) = (peak, peak)
    return series
  }

  static func size(_ label: String, _ groups: [(rows: Int, [TimedSeries])]) -> TimingRecord.Size {
    TimingRecord.Size(
      label: label, identity: "",
      groups: groups.map {
        .init(batch: .init(rows: $0.rows, length: 100), result: TimingResult(series: $0.1, staysLaidOut: true))
      }, manifest: manifest, numerics: 1)
  }

  static func source(_ table: TimingSpecification, _ sizes: [TimingRecord.Size]) throws -> TimingSource {
    TimingSource(
      table, scale: try table.scale(nil), record: TimingRecord(sizes: sizes),
      published: try PublishedTable(reading: SpecificationNode(text: published, file: "published.yaml")))
  }
}

@Suite("Reports of times") struct TimingReportTests {
  private let claims = """
    {id: slower, statement: S is slower., source: the text, test: speed(S) < speed(W)},
    {id: close, statement: G is close., source: the text, test: speed(G) >= 0.9 * speed(W)},
    {id: growing, statement: The larger the better., source: the text, test: 'speed("S @ large") > speed("S @ small")'}
    """

  private var sizes: [TimingRecord.Size] {
    [
      SyntheticTimes.size(
        "small",
        [
          (
            1,
            [
              SyntheticTimes.series("W", [1, 1.1, 1]), SyntheticTimes.series("G", [1, 1, 1.2], search: 20),
              SyntheticTimes.series("S", [0.5, 0.5, 0.5], peak: 1_200_000_000),
            ]
          )
        ])
    ]
  }

  private func compare(_ text: String, with name: String) throws {
    try Golden.expect(text, in: "\(name).md")
  }

  @Test("The report of training times is this text")
  func throughput() throws {
    let table = try SyntheticTimes.table("throughput", claims: claims)
    try compare(TimingReport(SyntheticTimes.source(table, sizes)).markdown(), with: "throughput")
  }

  @Test("The report of forward passes is this text, its crossovers read linearly between the batches")
  func inference() throws {
    // Tokens a second: W 100, G 50 and then 200, S 80 and then 90.
    let group = [
      (
        1,
        [
          SyntheticTimes.series("W", [1]), SyntheticTimes.series("G", [2]), SyntheticTimes.series("S", [1.25]),
        ]
      ),
      (
        9,
        [
          SyntheticTimes.series("W", [9], tokens: 900), SyntheticTimes.series("G", [4.5], tokens: 900),
          SyntheticTimes.series("S", [10], tokens: 900, peak: 500_000_000),
        ]
      ),
    ]
    let table = try SyntheticTimes.table("inference", claims: claims)
    let text = try TimingReport(SyntheticTimes.source(table, [SyntheticTimes.size("small", group)])).markdown()
    // G is 30 behind S at 100 tokens and 110 ahead at 900.
    #expect(text.contains("G against S: faster from about 271 tokens a batch on, read linearly between 100 and 900."))
    #expect(text.contains("S against W: faster at no batch that was measured."))
    #expect(text.contains("W against G: faster at some batches, but not at the largest."))
    try compare(text, with: "inference")
  }

  @Test("A claim is judged round by round, and is not tested where a size has not been measured")
  func verdicts() throws {
    let table = try SyntheticTimes.table("throughput", claims: claims)
    let text = try TimingReport(SyntheticTimes.source(table, sizes)).markdown()
    #expect(text.contains("  - small: **does not hold**: 200.00 ≥ 96.97"))
    #expect(text.contains("  - large: not tested at this scale: S is not in the table at this scale"))
    #expect(text.contains("Over the sizes: not tested at this scale: S @ large is not in the table"))
    #expect(text.contains("Not measured so far: large."))
  }

  @Test("A claim that names a row or a size that is not there is refused before anything is measured")
  func claimMistakes() throws {
    let wrong = #"{id: a, statement: A., source: B, test: 'speed("S @ huge") > 1'}"#
    let found = #expect(throws: Diagnostic.self) {
      try SyntheticTimes.table("throughput", claims: wrong).parsedClaims()
    }
    #expect(found?.description.contains("there is no row 'S @ huge'") == true)
  }
}
