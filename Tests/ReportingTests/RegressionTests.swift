import Configuration
import Experiments
import Foundation
import Reporting
import TestSupport
import Testing
import Training

@Suite("The regression gate")
struct RegressionTests {
  private static let rules = """
    regression: smoke
    workers: 2
    rules:
      - {kind: loss, tolerance: 0, elsewhere: 0.01}
      - {kind: count, tolerance: 0}
      - {kind: bytes, tolerance: 0}
      - {kind: value, tolerance: 0, elsewhere: 0.01}
      - {kind: speed, metrics: 'table-3', tolerance: 0.4, elsewhere: not-compared, note: Steps of milliseconds.}
      - {kind: speed, tolerance: not-compared}
    """

  private func specification(_ text: String = rules) throws -> RegressionSpecification {
    try RegressionSpecification(reading: SpecificationNode(text: text, file: "regress.yaml"))
  }

  private static let here = RegressionCircumstances(
    blasCore: "Haswell", blasConfiguration: "OpenBLAS 0.3.21", numerics: 2, processor: "A processor",
    allocator: "jemalloc", compiler: "Swift")

  private static let metrics = [
    Metric("table-2/sltrain/60m/final/seed-42/loss", .loss, 3.25),
    Metric("table-2/sltrain/60m/parameters", .count, 1000),
    Metric("table-2/sltrain/60m/final/seed-42/peak-bytes/total", .bytes, 123_456),
    Metric("table-3/sltrain/9m/2x64/speed-over-full-rank", .speed, 1.5),
    Metric("figure-12/ba/4/speed-over-w", .speed, 2),
    Metric("second-moment/fp32/20/value", .value, 0.5),
  ]

  private static func build(
    _ metrics: [Metric] = metrics, in circumstances: RegressionCircumstances = here
  ) -> RegressionBaseline { RegressionBaseline(scale: .smoke, circumstances: circumstances, metrics: metrics) }

  /// The baseline beside a build in which one number is another.
  private func comparison(
    _ path: String, _ number: Double?, in circumstances: RegressionCircumstances = here
  ) throws -> RegressionComparison {
    var build = Self.build(in: circumstances)
    build.metrics[path]?.number = number ?? 0
    if number == nil { build.metrics[path] = nil }
    return RegressionComparison(build, with: Self.build(), specification: try specification())
  }

  @Test("Numbers that are the same are the same, and say so in one line")
  func same() throws {
    let comparison = RegressionComparison(Self.build(), with: Self.build(), specification: try specification())
    #expect(comparison.verdict == .same && comparison.verdict.rawValue == 0)
    #expect(comparison.markdown == "6 numbers: 5 the same, 1 not compared.\n")
  }

  @Test(
    "A number that changed has the code of its direction, and a line",
    arguments: [
      ("table-2/sltrain/60m/final/seed-42/loss", 3.25.nextUp, 2, "+1.37e-14 %"),
      ("table-2/sltrain/60m/final/seed-42/loss", 3.25.nextDown, 4, "−1.37e-14 %"),
      ("table-2/sltrain/60m/final/seed-42/loss", .nan, 2, "nan"),
      ("table-2/sltrain/60m/final/seed-42/loss", .infinity, 2, "inf"),
      ("table-2/sltrain/60m/parameters", 1001, 2, "1001 | +0.100 %"),
      ("table-2/sltrain/60m/parameters", 999, 4, "−0.100 %"),
      ("table-2/sltrain/60m/final/seed-42/peak-bytes/total", 123_457, 2, "123456 | 123457"),
      ("table-2/sltrain/60m/final/seed-42/peak-bytes/total", 0, 4, "−100 %"),
      ("table-3/sltrain/9m/2x64/speed-over-full-rank", 0.85, 2, "± 40 %"),
      ("table-3/sltrain/9m/2x64/speed-over-full-rank", 2.15, 4, "+43.3 %"),
      ("second-moment/fp32/20/value", 0.49, 2, "the same"),
      ("second-moment/fp32/20/value", 0.51, 2, "the same"),
    ] as [(String, Double, Int32, String)])
  func changes(path: String, number: Double, code: Int32, text: String) throws {
    let comparison = try comparison(path, number)
    #expect(comparison.verdict.rawValue == code)
    let line = comparison.markdown.split(separator: "\n").first { $0.contains("`\(path)`") }
    #expect(line?.contains(text) == true, "\(comparison.markdown)")
    #expect(line?.contains(code == 2 ? "**worse**" : "**better**") == true)
    #expect(comparison.summary.contains("4 the same, 1 \(code == 2 ? "worse" : "better")"))
  }

  @Test("Within its tolerance a ratio is the same; one that is only noise is not compared")
  func tolerances() throws {
    for ratio in [0.91, 2.09] {
      #expect(try comparison("table-3/sltrain/9m/2x64/speed-over-full-rank", ratio).verdict == .same)
    }
    #expect(try comparison("figure-12/ba/4/speed-over-w", 0.1).verdict == .same)
  }

  @Test("A number that vanished is as bad as a worse one; a new one asks for the baseline to be moved")
  func vanishedAndNew() throws {
    let vanished = try comparison("table-2/sltrain/60m/parameters", nil)
    #expect(vanished.verdict == .worse && vanished.markdown.contains("**vanished**"))
    let more = Self.build(Self.metrics + [Metric("table-6/x/parameters", .count, 1)])
    let new = RegressionComparison(more, with: Self.build(), specification: try specification())
    #expect(new.verdict == .better && new.markdown.contains("`table-6/x/parameters`"))
    #expect(new.markdown.contains("**new**"))
  }

  @Test("What is worse decides, whatever else is better")
  func both() throws {
    var build = Self.build()
    build.metrics["table-2/sltrain/60m/parameters"]?.number = 999
    build.metrics["table-2/sltrain/60m/final/seed-42/loss"]?.number = 3.5
    let comparison = RegressionComparison(build, with: Self.build(), specification: try specification())
    #expect(comparison.verdict == .worse && comparison.differences.map(\.change) == [.worse, .better])
  }

  @Test("With other kernels losses may differ by a share, and bytes may not")
  func otherKernels() throws {
    var zen = Self.here
    zen.blasCore = "Zen"
    let loss = "table-2/sltrain/60m/final/seed-42/loss"
    let close = try comparison(loss, 3.26, in: zen)
    #expect(close.verdict == .same)
    #expect(close.markdown.contains("loss: the OpenBLAS core is 'Zen', and the baseline's 'Haswell'"))
    #expect(try comparison(loss, 3.3, in: zen).verdict == .worse)
    #expect(try comparison("table-2/sltrain/60m/parameters", 1001, in: zen).verdict == .worse)
    var other = Self.here
    other.blasConfiguration = "OpenBLAS 0.3.26"
    #expect(try comparison(loss, 3.26, in: other).verdict == .same)
  }

  @Test("On another processor ratios of speed are not compared, and losses are as ever")
  func otherProcessor() throws {
    var other = Self.here
    other.processor = "Another"
    #expect(try comparison("table-3/sltrain/9m/2x64/speed-over-full-rank", 0.1, in: other).verdict == .same)
    #expect(
      try comparison("table-2/sltrain/60m/final/seed-42/loss", 3.25.nextUp, in: other).verdict == .worse)
  }

  @Test("Only what is selected is compared: the rest has not vanished")
  func selection() throws {
    let build = Self.build(Self.metrics.filter { $0.path.hasPrefix("table-3") })
    let comparison = RegressionComparison(
      build, with: Self.build(), specification: try specification(), isSelected: Selection(["table-3"]).contains)
    #expect(comparison.verdict == .same && comparison.sameCount == 1)
  }

  @Test("A baseline reads back as it was written, with numbers that no JSON has")
  func file() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/baseline/smoke.json"
    #expect(try RegressionBaseline(contentsOf: path) == nil)
    var baseline = Self.build(Self.metrics + [Metric("a/loss", .loss, .infinity), Metric("a/b", .loss, 0.1 + 0.2)])
    baseline.notes = ["A note."]
    try baseline.write(to: path)
    #expect(try RegressionBaseline(contentsOf: path) == baseline)
    try "{}".write(toFile: path, atomically: true, encoding: .utf8)
    let fault = #expect(throws: Diagnostic.self) { try RegressionBaseline(contentsOf: path) }
    #expect(fault?.kind == .data && fault?.description.contains("make baseline") == true)
  }

  @Test(
    "A rule that is missing, or cannot be, is refused where it stands",
    arguments: [
      ("  - {kind: count, tolerance: 0}\n", "", "no rule is for every 'count'"),
      ("kind: bytes, tolerance: 0", "kind: bytes, tolerance: 0, elsewhere: 1", "is the same on every machine"),
      ("kind: bytes, tolerance: 0", "kind: bytes, tolerance: -1", "expected a share"),
      ("kind: bytes", "kind: byte", "did you mean 'bytes'"),
      ("workers: 2", "workers: 2\ncounted: [papper]", "did you mean 'paper'"),
    ])
  func mistakes(old: String, new: String, message: String) throws {
    let text = Self.rules.replacing(old, with: new)
    try #require(text != Self.rules)
    let fault = #expect(throws: Diagnostic.self) { try specification(text) }
    #expect(fault?.description.contains(message) == true, "\(fault?.description ?? "")")
    #expect(fault?.description.hasPrefix("regress.yaml:") == true)
  }

  @Test("The shipped rules hold losses, counts and bytes to the last bit, and name why speed is not")
  func shipped() throws {
    let node = try SpecificationNode(file: Repository.experiments + "/regress.yaml")
    let specification = try RegressionSpecification(reading: node)
    for kind in [Metric.Kind.loss, .count, .bytes, .value] {
      #expect(specification.rule(for: Metric("table-2/x", kind, 1)).tolerance == .share(0))
    }
    let speed = specification.rule(for: Metric("table-3/sltrain/9m/2x64/speed-over-full-rank", .speed, 1))
    #expect(speed.tolerance != .notCompared && !speed.note.isEmpty)
  }
}

@Suite("The numbers of a build")
struct MetricTests {
  @Test("A table has the losses, counts and bytes of every run, and what is counted of every row")
  func table() throws {
    var table = SyntheticTable(losses: SyntheticTable.losses(["SLTrain": [20, 21, 22]]))
    table.diverged = ["GaLore": 2]
    let source = try table.source()
    let metrics = source.data.metrics("table-2")
    let paths = metrics.map(\.path)
    #expect(Set(paths).count == paths.count)
    let size = try #require(source.data.entries.first).size.slug
    let final = "table-2/sltrain/\(size)/final/seed-1"
    #expect(metrics.first { $0.path == "\(final)/loss" } == Metric("\(final)/loss", .loss, log(20)))
    #expect(metrics.contains(Metric("\(final)/peak-bytes/total", .bytes, 12_345_678)))
    #expect(metrics.contains { $0.path == "table-2/relora/\(size)/parameters" && $0.kind == .count })
    #expect(metrics.contains(Metric("table-2/sltrain/\(size)/search/0.001/loss", .loss, 5.25)))
    #expect(metrics.contains(Metric("table-2/galore/\(size)/final/seed-2/diverged-at", .value, 17)))
    #expect(!paths.contains { $0.hasPrefix("table-2/full-rank/\(size)/final/") })
  }

  @Test("A study has its points, in bytes where they are megabytes, and how much faster each line is than the first")
  func study() {
    let result = StudyResult(
      curves: [.init(label: "BA + S", points: [.init(x: 2, y: 0.9248, parts: ["sparse index": 0.00992])])],
      times: [
        .init(label: "W", points: [.init(x: 2, y: 3)]), .init(label: "BA + S", points: [.init(x: 2, y: 2)]),
      ], remarks: [])
    #expect(
      result.metrics("figure-12", quantity: .megabytes) == [
        Metric("figure-12/ba-s/2/value", .bytes, 924_800),
        Metric("figure-12/ba-s/2/value/sparse-index", .bytes, 9920),
        Metric("figure-12/ba-s/2/speed-over-w", .speed, 1.5),
      ])
    #expect(result.metrics("x", quantity: .plain).first == Metric("x/ba-s/2/value", .value, 0.9248))
  }

  @Test("Times have the bytes of each row, and its speed over the row that ratios are over")
  func times() {
    func series(_ name: String, _ seconds: Double) -> TimedSeries {
      var series = TimedSeries(name: name, tokens: 100, workers: 2)
      series.rounds = [[seconds], [seconds]]
      (series.liveBytes, series.peakBytes) = (10, 20)
      return series
    }
    let manifest = RunManifest(
      commit: "", isDirty: false, processor: "", blasCore: "", blasConfiguration: "", threads: 2, allocator: "",
      compiler: "", requestedFor: "", started: "", ended: "", seconds: 1, tokensPerSecond: 0)
    let result = TimingResult(series: [series("W", 3), series("S", 2)], staysLaidOut: true)
    let record = TimingRecord(sizes: [
      .init(
        label: "9M", identity: "", groups: [.init(batch: .init(rows: 1, length: 100), result: result)],
        manifest: manifest, numerics: 1)
    ])
    let metrics = record.metrics("table-3", over: "W")
    #expect(metrics.contains(Metric("table-3/w/9m/1x100/peak-bytes", .bytes, 20)))
    #expect(metrics.filter { $0.kind == .speed } == [Metric("table-3/s/9m/1x100/speed-over-w", .speed, 1.5)])
  }
}
