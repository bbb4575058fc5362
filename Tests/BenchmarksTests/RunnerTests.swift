import Benchmarks
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Measuring", .serialized)
struct RunnerTests {
  @Test("At the smallest scale everything is measured, positive and finite, and the record is written")
  func everything() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/bench.json"
    let specification = try Shipped.specification()
    var told: [String] = []
    let runner = BenchmarkRunner(try specification.scale("smoke"), workers: 2, recordFile: file) {
      told.append($0.what)
    }
    let record = try runner.run()
    #expect(
      record.groups.map(\.name) == [
        "ceilings", "kernels", "layers/32x86-t128", "steps/16x1", "steps/32x2", "workers/16x1", "scaling/16x1-32x2",
        "growth/16x1",
      ])
    for group in record.groups {
      for measurement in group.measurements {
        let path = "\(group.name)/\(measurement.name)"
        #expect(!measurement.seconds.isEmpty, "\(path)")
        #expect(measurement.seconds.allSatisfy { $0 > 0 && $0.isFinite }, "\(path)")
        for rate in [measurement.operationRate, measurement.byteRate, measurement.tokenRate].compactMap(\.self) {
          #expect(rate > 0 && rate.isFinite, "\(path)")
        }
      }
      #expect(group.calibration.before > 0 && group.calibration.after > 0)
      #expect(group.ceilings.multiplyAdd(workers: 2) ?? 0 > 0 && group.ceilings.matrixProduct(workers: 1) ?? 0 > 0)
    }
    #expect(try BenchmarkRecord(file: file).groups.map(\.name) == record.groups.map(\.name))
    #expect(told.contains("steps/16x1: round 1 of 2, sltrain"))
    #expect(BenchmarkReport(specification, record: record, part: .own).missedCount == 0)
  }

  @Test("A selection measures its groups and the ceilings, and leaves the rest as it was")
  func selection() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/bench.json"
    var earlier = SyntheticRecord.record
    let old = SyntheticRecord.group(
      "growth/16x1", "old", [SyntheticRecord.measurement("sltrain", "SLTrain", tokens: 1, [1])])
    earlier.put(old)
    try earlier.write(to: file)
    let runner = BenchmarkRunner(try Shipped.specification().scale("smoke"), workers: 1, rounds: 1, recordFile: file)
    let record = try runner.run(Selection(parsing: "layers"))
    #expect(record.groups.map(\.name) == ["ceilings", "kernels", "layers/32x86-t128", "growth/16x1"])
    #expect(record["growth/16x1"] == old)
    #expect(record["kernels"] == earlier["kernels"])
    #expect(record["ceilings"] != earlier["ceilings"])
    #expect(record["layers/32x86-t128"]?.measurements.count == 5)
  }

  @Test("A selection of nothing is refused with the known groups")
  func nothing() throws {
    let folder = try TemporaryFolder()
    let runner = BenchmarkRunner(
      try Shipped.specification().scale("smoke"), workers: 1, recordFile: folder.path + "/bench.json")
    let text = diagnosticText { try runner.run(Selection(parsing: "steps/70b")) }
    #expect(
      text.hasPrefix("error: 'steps/70b' selects nothing; known: ceilings, kernels, layers/32x86-t128, steps/16x1"))
  }
}
