import Benchmarks
import Foundation
import TestSupport
import Testing

@Suite("Records of benchmarks")
struct RecordTests {
  @Test("A record reads back as it was written")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/results/bench.json"
    try SyntheticRecord.record.write(to: file)
    #expect(try BenchmarkRecord(file: file) == SyntheticRecord.record)
  }

  @Test("Without a file there is nothing, and a damaged one is refused")
  func damaged() throws {
    let folder = try TemporaryFolder()
    #expect(try BenchmarkRecord(file: folder.path + "/none.json").groups.isEmpty)
    for (text, message) in [
      ("{\"version\": 1, \"groups\": [{}]}", "has a group that is not whole"),
      ("{\"version\": 0, \"groups\": []}", "is no record of benchmarks of this version"), ("[", "is not valid JSON"),
    ] {
      let file = folder.path + "/bad.json"
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      #expect(diagnosticText { try BenchmarkRecord(file: file) }.hasPrefix("\(file): error: \(message)"))
    }
  }

  @Test("A group takes the place of the one of its name, in the plan's order")
  func putting() {
    var record = SyntheticRecord.record
    let count = record.groups.count
    var group = record.groups[3]
    group.title = "another"
    record.put(group)
    #expect(record.groups.count == count && record["steps/60m"]?.title == "another")
    record.sort(as: ["steps/60m", "ceilings", "unknown"])
    #expect(record.groups.map(\.name) == ["steps/60m", "ceilings"])
  }
}
