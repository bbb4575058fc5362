import Configuration
import Foundation

/// How the record that a run left here compares with the one that the results hold.
public enum RecordComparison: Equatable, Sendable {
  /// All numbers are the same, to the last bit.
  case identical
  /// Something differs; the text says what, and what may be why.
  case different(String)

  /// Compares two complete records of one cell: first the metrics, line by line, then the summary.
  ///
  /// Peak bytes are compared only where both ran with the same number of threads, since each thread has its scratch.
  static func compare(published: String, local: String) throws -> RecordComparison {
    let circumstances = try circumstances(published, local)
    func different(_ what: String) -> RecordComparison {
      .different(circumstances.isEmpty ? what : "\(what) (\(circumstances.joined(separator: "; ")))")
    }
    if let difference = try metricsDifference(published, local) { return different(difference) }
    let theirs = try RunRecord(folder: published)
    let ours = try RunRecord(folder: local)
    guard var before = theirs.summary, var after = ours.summary else {
      return different("the published record is not complete")
    }
    if theirs.manifest?.threads != ours.manifest?.threads {
      before.peakBytes = [:]
      after.peakBytes = [:]
    }
    if before == after { return .identical }
    return different(difference(in: "summary", before.resolved, after.resolved) ?? "the summary differs")
  }

  /// The first metric that differs: `update 12: loss 3.25 there, 3.26 here`.
  private static func metricsDifference(_ published: String, _ local: String) throws -> String? {
    let paths = [published, local].map { "\($0)/\(RecordFile.metrics)" }
    let contents = paths.map { FileManager.default.contents(atPath: $0) ?? Data() }
    guard contents[0] != contents[1] else { return nil }
    let lines = contents.map { $0.split(separator: 0x0A) }
    for (theirs, ours) in zip(lines[0], lines[1]) where theirs != ours {
      let before = try ResolvedValue(json: Data(theirs), file: paths[0])
      let after = try ResolvedValue(json: Data(ours), file: paths[1])
      let step = (before["step"]?.integerValue).map { "update \($0)" } ?? "the metrics"
      return difference(in: step, before, after) ?? "\(step) is written otherwise"
    }
    return "\(lines[0].count) lines of metrics there, \(lines[1].count) here"
  }

  /// The first member, in the order of names, that two values do not share.
  private static func difference(in what: String, _ before: ResolvedValue, _ after: ResolvedValue) -> String? {
    let keys = Set((before.objectValue ?? [:]).keys).union((after.objectValue ?? [:]).keys)
    for key in keys.sorted() where before[key] != after[key] {
      if before[key]?.objectValue != nil, after[key]?.objectValue != nil {
        return difference(in: "\(what), \(key)", before[key] ?? .null, after[key] ?? .null)
      }
      let there = before[key]?.canonicalJSON ?? "nothing"
      let here = after[key]?.canonicalJSON ?? "nothing"
      return "\(what): \(key) \(there) there, \(here) here"
    }
    return nil
  }

  /// What differs between the runs beside their numbers, and may be why the numbers do.
  private static func circumstances(_ published: String, _ local: String) throws -> [String] {
    guard let before = try RunRecord(folder: published).manifest, let after = try RunRecord(folder: local).manifest
    else { return [] }
    let pairs = [
      ("BLAS core", before.blasCore, after.blasCore), ("OpenBLAS", before.blasConfiguration, after.blasConfiguration),
      ("compiler", before.compiler, after.compiler), ("processor", before.processor, after.processor),
    ]
    return pairs.compactMap { $1 == $2 || $1.isEmpty || $2.isEmpty ? nil : "\($0) '\($1)' there, '\($2)' here" }
  }
}
