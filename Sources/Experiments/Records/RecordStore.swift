import Configuration
import Foundation
import Tensors

/// The records of one scale: a folder `runs` with one folder a run.
public struct RecordStore: Sendable {
  static let runs = "runs"

  /// The scale's folder.
  public let root: String

  /// Creates a store; nothing is read or written yet.
  public init(root: String) { self.root = root }

  /// Where the records are.
  public var runsFolder: String { "\(root)/\(Self.runs)" }

  /// Where the record of a run is.
  public func folder(of id: String) -> String { "\(runsFolder)/\(id)" }

  /// The record of a run, or nil if there is none.
  ///
  /// - Throws: ``Diagnostic`` if it is damaged or of another form.
  public func record(of id: String) throws -> RunRecord? {
    let folder = folder(of: id)
    guard FileManager.default.fileExists(atPath: "\(folder)/\(RecordFile.cell)") else { return nil }
    return try RunRecord(folder: folder)
  }

  /// All records, by name; what a killed process left half-published is passed over.
  ///
  /// - Throws: ``Diagnostic`` at the first that is damaged or of another form.
  public func records() throws -> [RunRecord] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: runsFolder) else { return [] }
    return try names.filter { !$0.hasPrefix(".") }.sorted().map { try RunRecord(folder: folder(of: $0)) }
  }

  /// The records that can be read, in no order: for an estimate, which a damaged record is no reason to go without.
  public func readableRecords() -> [RunRecord] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runsFolder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.compactMap { try? RunRecord(folder: folder(of: $0)) }
  }

  /// The complete records by the digest of their specification, for a report, which has no data to know identities from.
  ///
  /// - Throws: ``Diagnostic`` if two records of this version answer the same specification.
  public func index() throws -> RecordIndex {
    var index = RecordIndex(outcomes: [:], otherNumerics: [])
    for record in try records() {
      guard let outcome = record.outcome else { continue }
      guard record.numerics == Numerics.version else {
        index.otherNumerics.append(record.id)
        continue
      }
      let digest = record.specification.digest
      if let other = index.outcomes.updateValue(outcome, forKey: digest) {
        throw Diagnostic.file(
          runsFolder, .data,
          "'\(other.id)' and '\(outcome.id)' answer the same specification with other data; delete the one that is old")
      }
    }
    return index
  }
}

/// The complete records of a scale by the digest of their specification.
public struct RecordIndex: Sendable {
  /// The outcomes.
  public var outcomes: [Digest: CellOutcome]
  /// Records that another version of the arithmetic made: they answer nothing.
  public var otherNumerics: [String]

  /// Creates an index.
  public init(outcomes: [Digest: CellOutcome], otherNumerics: [String] = []) {
    self.outcomes = outcomes
    self.otherNumerics = otherNumerics
  }

  /// The complete ones of some records; where two answer the same specification, the last.
  public init(_ records: [RunRecord]) {
    let complete = records.filter { $0.numerics == Numerics.version }.compactMap { record in
      record.outcome.map { (record.specification.digest, $0) }
    }
    self.init(outcomes: Dictionary(complete) { $1 })
  }

  /// What is known of a cell.
  public func outcome(of cell: PlannedCell) -> CellOutcome? { outcomes[cell.specification.digest] }
}
