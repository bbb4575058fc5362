import Benchmarks
import Foundation
import TestSupport
import Testing

@Suite("The pages of benchmarks")
struct ReportTests {
  @Test("The page of a record is this text")
  func golden() throws {
    let text = try BenchmarkReport(Shipped.specification(), record: SyntheticRecord.record, part: .own).markdown
    try Golden.expect(text, in: "bench.md")
  }

  @Test("What slows the products down as much is no growth of the time of an update")
  func growth() throws {
    func series(_ name: String, _ first: Double, _ last: Double) -> Benchmarks.Measurement {
      SyntheticRecord.measurement(
        name, name, [Double](repeating: first, count: 10) + [Double](repeating: last, count: 10))
    }
    let (update, product) = (series("update", 2, 3), series("product", 0.1, 0.15))
    #expect(Figures.slowDown(of: update, beside: nil)?.median == 1.5)
    let growth = try #require(Figures.slowDown(of: update, beside: product)?.median)
    #expect(abs(growth - 1) < 1e-12)
    #expect(Figures.slowDown(of: SyntheticRecord.measurement("short", "short", [1, 1]), beside: nil) == nil)
  }

  @Test("A threshold is met, missed or not measured")
  func verdicts() throws {
    let record = SyntheticRecord.record
    let thresholds = try Shipped.specification().thresholds
    let verdicts = Dictionary(uniqueKeysWithValues: thresholds.map { ($0.id, $0.verdict(in: record)) })
    // 5e11 / 3.2 over 18e10: 0.868.
    #expect(verdicts["full-rank-60m"] == .met)
    #expect(verdicts["full-rank-350m"] == .notMeasured)
    // 3.2 / 2 = 1.6.
    #expect(verdicts["sltrain-60m"] == .met)
    // 6 / 3.5 = 1.71.
    #expect(verdicts["two-workers"] == .missed)
    // 9e-12 over 1e-11 seconds an operation.
    #expect(verdicts["time-by-model"] == .met)
    // 0.11 over 0.1.
    #expect(verdicts["time-by-steps"] == .missed)
    #expect(verdicts["pytorch-full-rank"] == .notMeasured)
  }

  @Test("A figure's value is the one that is worked out by hand")
  func values() throws {
    let record = SyntheticRecord.record
    let thresholds = Dictionary(uniqueKeysWithValues: try Shipped.specification().thresholds.map { ($0.id, $0) })
    func value(_ id: String) -> Double? { thresholds[id]?.spread(in: record)?.median }
    #expect(abs(try #require(value("full-rank-60m")) - 5e11 / 3.2 / 18e10) < 1e-12)
    #expect(value("sltrain-60m") == 1.6)
    #expect(abs(try #require(value("time-by-model")) - 0.9) < 1e-12)
    #expect(abs(try #require(value("time-by-steps")) - 1.1) < 1e-12)
    #expect(value("sltrain-1b") == nil)
  }

  @Test("The page of another program has its thresholds and no other")
  func peers() throws {
    let ours = SyntheticRecord.measurement("full-rank", "Full-Rank", operations: 5e11, tokens: 2048, [3, 3, 6])
    let theirs = SyntheticRecord.measurement(
      "pytorch-full-rank", "PyTorch 2, full-rank", operations: 5e11, tokens: 2048, [4.5, 4.5, 9])
    var group = SyntheticRecord.group("pytorch/60m", "60M, 8 x 256 tokens", [ours, theirs])
    group.machine.peer = "PyTorch 2 (2 threads)"
    let report = try BenchmarkReport(
      Shipped.specification(), record: BenchmarkRecord(groups: [group]), part: .peer)
    #expect(report.summary == "1 met, 0 missed, 2 not measured" && report.missedCount == 0)
    let text = report.markdown
    #expect(text.contains("### 60M, 8 x 256 tokens, beside PyTorch 2 (2 threads)\n"))
    #expect(text.contains("| PyTorch 2, full-rank |"))
    #expect(text.contains(" 1.50 (1.50–1.50) |"))
    #expect(!text.contains("two-workers") && !text.contains("What the machine can do"))
  }

  @Test("The figure has a bar for every method and model, and a gap where one was not measured")
  func figure() throws {
    let record = SyntheticRecord.record
    let figure = try #require(BenchmarkFigure(record).figure(name: "bench"))
    #expect(
      figure.data == """
        # model  tokens/s of the first  'Full-Rank'  'SLTrain'  'GaLore'
        "60M, 8 x 256 tokens" 640.00 1.000 1.600 0.800

        """)
    #expect(BenchmarkFigure(BenchmarkRecord()).figure(name: "bench") == nil)
  }
}
