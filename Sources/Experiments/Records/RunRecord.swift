import Configuration
import Corpus
import Foundation
import Training

/// The names of a record's files.
enum RecordFile {
  /// The identity and the resolved specification.
  static let cell = "cell.json"
  /// One line an update and one an evaluation.
  static let metrics = "metrics.jsonl"
  /// What the run ended with.
  static let summary = "summary.json"
  /// The circumstances of the run.
  static let manifest = "manifest.json"
  /// The memory at each boundary between phases of the first updates.
  static let memory = "memory.json"
}

/// The folder of one run's record, complete or not.
public struct RunRecord: Sendable {
  /// The folder's path.
  public let folder: String
  /// What the run was asked to do.
  public let specification: CellSpecification
  /// The version of the arithmetic that it was run with.
  public let numerics: Int
  /// What the run ended with; nil while it is not complete.
  public let summary: RunSummary?
  /// The circumstances of the run.
  public let manifest: RunManifest?

  /// The folder's name, the identity at its end.
  public var id: String { (folder as NSString).lastPathComponent }

  /// Reads a record.
  ///
  /// - Throws: ``Diagnostic`` if it was written in another form, is damaged, or is not the run that its folder names.
  public init(folder: String) throws {
    self.folder = folder
    let file = folder + "/" + RecordFile.cell
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Diagnostic.file(folder, .data, "holds no '\(RecordFile.cell)' and is no record; delete it")
    }
    let cell = try ResolvedValue(json: data, file: file)
    let found = cell["format"]?.integerValue
    guard found == RecordFormat.version else {
      throw Diagnostic.file(
        file, .data,
        "is a record of format \(found.map(String.init) ?? "unknown"), and this version reads format "
          + "\(RecordFormat.version); delete the folder '\((folder as NSString).deletingLastPathComponent)', "
          + "and run reproduce again")
    }
    guard let identity = CellIdentity(stored: cell), identity.id == (folder as NSString).lastPathComponent else {
      throw Diagnostic.file(file, .data, "is not the run that its folder is named for; delete the folder")
    }
    specification = identity.specification
    numerics = identity.numerics
    summary = try Self.read(RecordFile.summary, in: folder).map {
      try RunSummary($0, file: "\(folder)/\(RecordFile.summary)")
    }
    manifest = try Self.read(RecordFile.manifest, in: folder).map(RunManifest.init)
  }

  /// The memory at each boundary between phases of the run's first updates and first evaluation; nil in a record from
  /// before it was kept.
  ///
  /// - Throws: ``Diagnostic`` if it is damaged.
  public func memoryTimeline() throws -> MemoryTimeline? { try MemoryTimeline(recordIn: folder) }

  private static func read(_ name: String, in folder: String) throws -> ResolvedValue? {
    let path = "\(folder)/\(name)"
    return try FileManager.default.contents(atPath: path).map { try ResolvedValue(json: $0, file: path) }
  }

  /// What the record says, or nil while it is not complete.
  public var outcome: CellOutcome? {
    guard let summary else { return nil }
    let training = specification.training
    return CellOutcome(
      id: id, recordPath: "\(RecordStore.runs)/\(id)", learningRate: training["learningRate"]?.doubleValue ?? 0,
      seed: UInt64(training["seed"]?.integerValue ?? 0), status: summary.status, evaluation: summary.evaluation,
      steps: summary.steps, tokensSeen: summary.tokensSeen, parameterCount: summary.parameterCount,
      peakBytes: summary.peakBytes, manifest: manifest)
  }
}

extension CellIdentity {
  /// The identity that a `cell.json` holds, or nil if it holds none.
  init?(stored cell: ResolvedValue) {
    guard let specification = CellSpecification(stored: cell), let numerics = cell["numerics"]?.integerValue,
      let rows = cell["data"]?["training"]?.stringValue, let rows = Digest(hexadecimal: rows),
      let evaluation = cell["data"]?["evaluation"]?.stringValue, let evaluation = Digest(hexadecimal: evaluation)
    else { return nil }
    let start = cell["startsFrom"]?.stringValue.flatMap(Digest.init(hexadecimal:))
    guard (specification.start == .seed) == (start == nil) else { return nil }
    self.init(specification, trainingRows: rows, evaluationRows: evaluation, numerics: numerics, start: start)
  }
}

extension CellSpecification {
  /// The specification that a `cell.json` holds, or nil if it holds none.
  init?(stored cell: ResolvedValue) {
    guard let training = cell["training"], let split = cell["evaluationSplit"]?.stringValue,
      let split = EvaluationSplit(rawValue: split)
    else { return nil }
    var start = Start.seed
    if let other = cell["start"] {
      guard let other = CellSpecification(stored: other) else { return nil }
      start = .finalModel(of: other)
    }
    self.init(training: training, split: split, start: start)
  }
}
