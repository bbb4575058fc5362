import Configuration
import Files
import Foundation
import Modeling
import Training

/// The times of a table at a scale, size by size, as they are stored: `table-3.json`.
public struct TimingRecord: Equatable, Sendable {
  /// A measurement: all rows at one batch.
  public struct Group: Equatable, Sendable {
    /// The batch.
    public var batch: BatchShape
    /// The times.
    public var result: TimingResult

    /// Creates a group.
    public init(batch: BatchShape, result: TimingResult) {
      self.batch = batch
      self.result = result
    }
  }

  /// A size that was measured as a whole.
  public struct Size: Equatable, Sendable {
    /// The size's label.
    public var label: String
    /// The digest of what was measured, ``TimingSizePlan/identity``.
    public var identity: String
    /// The measurements, a batch each.
    public var groups: [Group]
    /// Machine, sources, and when it was.
    public var manifest: RunManifest
    /// The version of the arithmetic.
    public var numerics: Int

    /// Creates a size.
    public init(label: String, identity: String, groups: [Group], manifest: RunManifest, numerics: Int) {
      self.label = label
      self.identity = identity
      self.groups = groups
      self.manifest = manifest
      self.numerics = numerics
    }
  }

  /// The sizes that were measured.
  public var sizes: [Size]

  /// Creates a record.
  public init(sizes: [Size] = []) { self.sizes = sizes }

  /// The size of a label.
  public subscript(label: String) -> Size? { sizes.first { $0.label == label } }

  /// Takes a size in, in the place of an earlier measurement of it.
  public mutating func take(_ size: Size) {
    if let index = sizes.firstIndex(where: { $0.label == size.label }) {
      sizes[index] = size
    } else {
      sizes.append(size)
    }
  }

  /// Reads a record, or gives an empty one where there is no file.
  ///
  /// - Throws: ``Diagnostic`` if the file is damaged.
  public init(contentsOf path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      self.init()
      return
    }
    let value = try ResolvedValue(json: data, file: path)
    let sizes = try (value["sizes"]?.arrayValue).map { try $0.map { try Size($0, file: path) } }
    guard let sizes else { throw Self.damaged(path) }
    self.init(sizes: sizes)
  }

  /// Writes the record, whole or not at all.
  ///
  /// - Throws: ``Diagnostic`` if the file cannot be written.
  public func write(to path: String) throws {
    let value = ResolvedValue.object(["sizes": .array(sizes.map(\.resolved))])
    try AtomicFileWriter.makeFolder((path as NSString).deletingLastPathComponent)
    try AtomicFileWriter.write(value.prettyJSON.utf8, to: path)
  }

  fileprivate static func damaged(_ path: String) -> Diagnostic {
    .file(path, .data, "is no record of times, or a damaged one; delete it and measure again")
  }
}

extension TimingRecord.Size {
  fileprivate var resolved: ResolvedValue {
    .object([
      "label": .string(label), "identity": .string(identity), "manifest": manifest.resolved,
      "numerics": .integer(numerics),
      "groups": .array(
        groups.map { group in
          .object([
            "rows": .integer(group.batch.rows), "length": .integer(group.batch.length),
            "staysLaidOut": .bool(group.result.staysLaidOut),
            "series": .array(group.result.series.map(\.resolved)),
          ])
        }),
    ])
  }

  fileprivate init(_ value: ResolvedValue, file: String) throws {
    guard let label = value["label"]?.stringValue, let identity = value["identity"]?.stringValue,
      let numerics = value["numerics"]?.integerValue, let manifest = value["manifest"],
      let groups = value["groups"]?.arrayValue
    else { throw TimingRecord.damaged(file) }
    self.init(
      label: label, identity: identity,
      groups: try groups.map { group in
        guard let rows = group["rows"]?.integerValue, let length = group["length"]?.integerValue,
          let stays = group["staysLaidOut"]?.boolValue, let series = group["series"]?.arrayValue
        else { throw TimingRecord.damaged(file) }
        return TimingRecord.Group(
          batch: .init(rows: rows, length: length),
          result: TimingResult(
            series: try series.map {
              guard let series = TimedSeries($0) else { throw TimingRecord.damaged(file) }
              return series
            }, staysLaidOut: stays))
      }, manifest: RunManifest(manifest), numerics: numerics)
  }
}

extension TimedSeries {
  /// The series as it is stored, its times to the microsecond.
  var resolved: ResolvedValue {
    func seconds(_ value: Double) -> ResolvedValue { .number((value * 1e6).rounded() / 1e6) }
    var members: [String: ResolvedValue] = [
      "row": .string(name), "tokens": .integer(tokens), "workers": .integer(workers),
      "searchPeriod": .integer(searchPeriod), "liveBytes": .integer(liveBytes), "peakBytes": .integer(peakBytes),
      "seconds": .array(rounds.map { .array($0.map(seconds)) }), "searches": .array(searches.map(seconds)),
    ]
    if !forms.isEmpty { members["forms"] = .string(forms) }
    return .object(members)
  }

  init?(_ value: ResolvedValue) {
    guard let name = value["row"]?.stringValue, let tokens = value["tokens"]?.integerValue,
      let workers = value["workers"]?.integerValue, let period = value["searchPeriod"]?.integerValue,
      let live = value["liveBytes"]?.integerValue, let peak = value["peakBytes"]?.integerValue,
      let rounds = value["seconds"]?.arrayValue, let searches = value["searches"]?.arrayValue
    else { return nil }
    self.init(name: name, tokens: tokens, workers: workers, searchPeriod: period)
    (liveBytes, peakBytes) = (live, peak)
    forms = value["forms"]?.stringValue ?? ""
    self.searches = searches.compactMap(\.doubleValue)
    self.rounds = rounds.map { ($0.arrayValue ?? []).compactMap(\.doubleValue) }
  }
}
