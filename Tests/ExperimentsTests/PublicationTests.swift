import Configuration
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Publishing a record, and comparing it with the published one")
struct PublicationTests {
  private let records: SmallRecord
  private let id = SmallRecord.identity().id

  init() throws { records = try SmallRecord() }

  private func published(_ name: String) -> String { SmallRecord.text("\(records.results.folder(of: id))/\(name)") }

  @Test("Where there is none, the record appears whole, and a second time changes nothing")
  func first() throws {
    let folder = try records.write(in: records.work)
    try "job".write(toFile: folder + "/job.json", atomically: true, encoding: .utf8)
    #expect(try records.results.publish(from: folder) == .published)
    let files = try FileManager.default.contentsOfDirectory(atPath: records.results.folder(of: id)).sorted()
    #expect(files == ["cell.json", "manifest.json", "metrics.jsonl", "summary.json"])
    for name in files { #expect(published(name) == SmallRecord.text("\(folder)/\(name)")) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: records.results.runsFolder) == [id])
    #expect(try records.results.publish(from: folder) == .unchanged)
  }

  @Test("The memory timeline goes with the record, and another one is no difference")
  func memory() throws {
    let folder = try records.write(in: records.work)
    try "one".write(toFile: folder + "/memory.json", atomically: true, encoding: .utf8)
    #expect(try records.results.publish(from: folder) == .published)
    #expect(published("memory.json") == "one")
    try "another".write(toFile: folder + "/memory.json", atomically: true, encoding: .utf8)
    #expect(try records.results.publish(from: folder) == .unchanged)
    #expect(published("memory.json") == "one")
  }

  @Test("The same numbers of another machine are a reproduction, and the published record stays, manifest and all")
  func reproduced() throws {
    try records.write(in: records.results, manifest: SmallRecord.manifest(core: "Zen", started: "2025-12-31T00:00:00Z"))
    let before = published("manifest.json")
    let folder = try records.write(in: records.work)
    #expect(try records.results.publish(from: folder) == .reproduced)
    #expect(published("manifest.json") == before)
  }

  @Test("Another loss is named with its update and with what may be why, and the record is replaced")
  func replaced() throws {
    var metrics = SmallRecord.metrics
    metrics[1] = metrics[1].replacingOccurrences(of: "6.0", with: "6.000000000000001")
    try records.write(in: records.results, metrics: metrics, manifest: SmallRecord.manifest(core: "Nehalem"))
    let folder = try records.write(in: records.work)
    #expect(
      try records.results.publish(from: folder)
        == .replaced("update 2: loss 6.000000000000001 there, 6.0 here (BLAS core 'Nehalem' there, 'Haswell' here)"))
    #expect(published("metrics.jsonl") == SmallRecord.text(folder + "/metrics.jsonl"))
    #expect(published("manifest.json") == SmallRecord.text(folder + "/manifest.json"))
  }

  @Test("Missing lines, another evaluation and another summary are named")
  func otherDifferences() throws {
    let folder = try records.write(in: records.work)
    func outcome(metrics: [String] = SmallRecord.metrics, summary: RunSummary = SmallRecord.summary) throws
      -> PublicationOutcome
    {
      try records.write(
        in: records.results, metrics: metrics, summary: summary, manifest: SmallRecord.manifest(started: "x"))
      return try records.results.publish(from: folder)
    }
    #expect(try outcome(metrics: Array(SmallRecord.metrics.prefix(1))) == .replaced("1 lines of metrics there, 3 here"))
    var metrics = SmallRecord.metrics
    metrics[2] = metrics[2].replacingOccurrences(of: "4.1", with: "4.2")
    #expect(try outcome(metrics: metrics) == .replaced("update 2, evaluation: correctedLoss 4.2 there, 4.1 here"))
    var summary = SmallRecord.summary
    summary.tokensSeen = 381
    #expect(try outcome(summary: summary) == .replaced("summary: tokensSeen 381 there, 380 here"))
    summary = SmallRecord.summary
    summary.peakBytes["workspace"] = 1024
    #expect(try outcome(summary: summary) == .replaced("summary, peakBytes: workspace 1024 there, 512 here"))
  }

  @Test("Peak bytes are not compared between runs with different numbers of threads, since each has its scratch")
  func threads() throws {
    var summary = SmallRecord.summary
    summary.peakBytes["workspace"] = 1024
    try records.write(in: records.results, summary: summary, manifest: SmallRecord.manifest(threads: 2))
    #expect(try records.results.publish(from: records.write(in: records.work)) == .reproduced)
  }

  @Test("A record of the same specification with other data goes when the new one comes")
  func superseded() throws {
    let old = SmallRecord.identity(data: "old rows")
    let other = SmallRecord.identity(rate: 0.1)
    try records.write(old, in: records.results)
    try records.write(other, in: records.results)
    #expect(try records.results.publish(from: records.write(in: records.work)) == .published)
    #expect(try records.results.records().map(\.id) == [other.id, id].sorted())
  }

  @Test("What a killed process left half-published is passed over, and removed")
  func leftovers() throws {
    try records.write(in: records.results)
    let dead = records.results.runsFolder + "/.\(id).999999999"
    let own = records.results.runsFolder + "/.\(id).\(getpid())"
    for folder in [dead, own] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    #expect(try records.results.records().map(\.id) == [id])
    records.results.removeLeftovers()
    #expect(!FileManager.default.fileExists(atPath: dead) && FileManager.default.fileExists(atPath: own))
  }

  @Test("A local record that is not whole is not published")
  func notWhole() throws {
    let folder = try records.write(in: records.work, summary: nil)
    #expect(
      diagnosticText { try records.results.publish(from: folder) }.contains("summary.json: error: cannot be read"))
    #expect(try records.results.records().isEmpty)
  }

  @Test("Results that cannot be written are reported as such")
  func unwritable() throws {
    try "a file".write(toFile: records.folder.path + "/results", atomically: true, encoding: .utf8)
    let message = diagnosticText { try records.results.publish(from: records.write(in: records.work)) }
    #expect(
      message
        == "\(records.results.runsFolder): error: the folder cannot be made; choose another place or free the name")
  }
}
