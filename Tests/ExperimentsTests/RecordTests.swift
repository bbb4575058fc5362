import Configuration
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Records and their store")
struct RecordTests {
  private let records: SmallRecord

  init() throws { records = try SmallRecord() }

  @Test("A record reads back as it was written")
  func roundTrip() throws {
    let identity = SmallRecord.identity()
    try records.write(in: records.results)
    let record = try #require(try records.results.record(of: identity.id))
    #expect(record.summary == SmallRecord.summary && record.manifest == SmallRecord.manifest())
    #expect(record.specification == identity.specification && record.id == identity.id)
    let outcome = try #require(record.outcome)
    #expect(outcome.recordPath == "runs/\(identity.id)" && outcome.learningRate == 0.003 && outcome.seed == 42)
    #expect(outcome.evaluation?.correctedLoss == 4.1 && outcome.peakBytes["total"] == 9000)
    #expect(try records.results.record(of: "not-there") == nil)
  }

  @Test(
    "A summary keeps how the run ended, losses that are not finite included",
    arguments: [
      RunSummary(
        status: .diverged(step: 7), evaluation: nil, steps: 7, tokensSeen: 1, parameterCount: 2, peakBytes: [:]),
      RunSummary(
        status: .complete, evaluation: .init(paperLoss: .infinity, correctedLoss: 0.1 + 0.2, batches: 1, tokens: 1),
        steps: 1,
        tokensSeen: 1, parameterCount: 2, peakBytes: ["optimizer state": 3]),
    ])
  func summaries(summary: RunSummary) throws {
    let text = summary.resolved.prettyJSON
    #expect(try RunSummary(ResolvedValue(json: Data(text.utf8), file: "a"), file: "a") == summary)
  }

  @Test("A record without a summary is not complete")
  func incomplete() throws {
    let identity = SmallRecord.identity()
    try records.write(in: records.results, summary: nil)
    #expect(try records.results.record(of: identity.id)?.outcome == nil)
    #expect(try records.results.index().outcomes.isEmpty)
  }

  @Test("A record of another format is refused and never misread")
  func otherFormat() throws {
    let folder = try records.write(in: records.results)
    let file = folder + "/cell.json"
    let text = SmallRecord.text(file)
    func message(_ text: String) throws -> String {
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      return diagnosticText { try records.results.records() }
    }
    #expect(
      try message(text.replacingOccurrences(of: "\"format\": 1", with: "\"format\": 0"))
        == "\(file): error: is a record of format 0, and this version reads format 1; delete the folder "
        + "'\(records.results.runsFolder)', and run reproduce again")
    #expect(try message("{}").contains("is a record of format unknown, and this version reads format 1"))
    #expect(try message("{").contains("is not valid JSON"))
  }

  @Test("A record that is not what its folder says, or that is damaged, is refused")
  func damaged() throws {
    let folder = try records.write(in: records.results)
    let summary = folder + "/summary.json"
    try "{\"status\": \"complete\"}".write(toFile: summary, atomically: true, encoding: .utf8)
    #expect(
      diagnosticText { try records.results.records() }
        == "\(summary): error: has no 'steps'; the record is damaged: delete its folder, and run reproduce again")
    let cell = folder + "/cell.json"
    let other = SmallRecord.identity(rate: 0.1).resolved.prettyJSON
    try other.write(toFile: cell, atomically: true, encoding: .utf8)
    #expect(
      diagnosticText { try records.results.records() }
        == "\(cell): error: is not the run that its folder is named for; delete the folder")
    try FileManager.default.removeItem(atPath: cell)
    #expect(
      diagnosticText { try records.results.records() }
        == "\(folder): error: holds no 'cell.json' and is no record; delete it")
  }

  @Test("The index finds records by specification, and passes over those of another arithmetic")
  func index() throws {
    let old = SmallRecord.identity(rate: 0.01, numerics: 0)
    try records.write(in: records.results)
    try records.write(old, in: records.results)
    let index = try records.results.index()
    #expect(
      index.outcomes.keys.sorted { $0.hexadecimal < $1.hexadecimal } == [SmallRecord.identity().specification.digest])
    #expect(index.otherNumerics == [old.id])
  }

  @Test("Two records that answer one specification are an error: a report could not choose")
  func ambiguous() throws {
    try records.write(in: records.results)
    try records.write(SmallRecord.identity(data: "other rows"), in: records.results)
    let message = diagnosticText { try records.results.index() }
    #expect(message.hasPrefix("\(records.results.runsFolder): error: '"))
    #expect(message.hasSuffix("answer the same specification with other data; delete the one that is old"))
  }
}
