import Configuration
import Experiments
import Foundation
import TestSupport

/// Records of made-up runs in a folder of their own.
final class SmallRecord {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var work: RecordStore { RecordStore(root: folder.path + "/work") }
  var results: RecordStore { RecordStore(root: folder.path + "/results") }

  static func identity(rate: Double = 0.003, data: String = "rows", numerics: Int? = nil) -> CellIdentity {
    let training = ResolvedValue.object([
      "method": .object(["name": .string("sltrain")]), "learningRate": .number(rate), "seed": .integer(42),
      "model": .object(["name": .string("tiny")]), "checkpointEvery": .integer(5),
    ])
    let specification = CellSpecification(training: training, split: .validation)
    let rows = Digest(of: data)
    return numerics.map { CellIdentity(specification, trainingRows: rows, evaluationRows: rows, numerics: $0) }
      ?? CellIdentity(specification, trainingRows: rows, evaluationRows: rows)
  }

  static let summary = RunSummary(
    status: .complete, evaluation: .init(paperLoss: 3.5, correctedLoss: 4.1, batches: 6, tokens: 480), steps: 2,
    tokensSeen: 380, parameterCount: 900, peakBytes: ["weights": 3600, "workspace": 512, "total": 9000])

  static func manifest(threads: Int = 1, core: String = "Haswell", started: String = "2026-01-01T00:00:00Z")
    -> RunManifest
  {
    RunManifest(
      commit: "abc", isDirty: false, processor: "a processor", blasCore: core, blasConfiguration: "OpenBLAS",
      threads: threads, allocator: "jemalloc", compiler: "Swift 6.3", requestedFor: "a test", started: started,
      ended: started, seconds: 1.5, tokensPerSecond: 253.3)
  }

  static let metrics = [
    #"{"gradientNorm":1.5,"learningRate":0.0,"loss":6.25,"step":1,"tokens":190}"#,
    #"{"gradientNorm":1.25,"learningRate":0.003,"loss":6.0,"step":2,"tokens":380}"#,
    #"{"evaluation":{"batches":6,"correctedLoss":4.1,"paperLoss":3.5,"tokens":480},"step":2}"#,
  ]

  /// Writes a record and returns its folder; without a summary it is not complete.
  @discardableResult
  func write(
    _ identity: CellIdentity = identity(), in store: RecordStore, metrics: [String] = metrics,
    summary: RunSummary? = summary, manifest: RunManifest = manifest()
  ) throws -> String {
    let folder = store.folder(of: identity.id)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func write(_ text: String, _ name: String) throws {
      try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
    }
    try write(identity.resolved.prettyJSON, "cell.json")
    try write(metrics.joined(separator: "\n") + "\n", "metrics.jsonl")
    try write(manifest.resolved.prettyJSON, "manifest.json")
    if let summary { try write(summary.resolved.prettyJSON, "summary.json") }
    return folder
  }

  /// A file's text.
  static func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
