import Configuration
import Files
import Foundation
import MemoryAccounting
import Tensors
import Training

/// The file `memory.json` of a record. Its requested bytes and its temporaries are the same in every run of a cell,
/// what the allocator and the system say of resident bytes is not; so it is no part of what records are compared by.
extension MemoryTimeline {
  /// Reads the timeline of a record; nil where there is none.
  ///
  /// - Throws: ``Diagnostic`` if it is damaged.
  public init?(recordIn folder: String) throws {
    let path = "\(folder)/\(RecordFile.memory)"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let value = try ResolvedValue(json: data, file: path)
    guard let timeline = MemoryTimeline(value) else {
      throw RecordFault.damaged(path, "has a phase or a category that is not whole")
    }
    self = timeline
  }

  /// Writes the timeline into a record.
  func record(in folder: String) throws {
    try AtomicFileWriter.write(resolved.prettyJSON.utf8, to: "\(folder)/\(RecordFile.memory)")
  }

  /// The timeline as it is stored.
  public var resolved: ResolvedValue {
    .object([
      "allocator": .string(Memory.allocator),
      "parts": .array(
        parts.map { part in
          .object(["moment": .string(part.moment.name), "samples": .array(part.samples.map(\.resolved))])
        }),
    ])
  }

  /// Reads a stored timeline; nil where something is missing.
  public init?(_ value: ResolvedValue) {
    guard let parts = value["parts"]?.arrayValue else { return nil }
    self.init()
    for part in parts {
      guard let moment = part["moment"]?.stringValue.flatMap(Moment.init(name:)),
        let samples = part["samples"]?.arrayValue.map({ $0.map(MemorySample.init) }),
        samples.allSatisfy({ $0 != nil })
      else { return nil }
      add(Part(moment, samples: samples.compactMap { $0 }))
    }
  }
}

extension MemorySample {
  fileprivate var resolved: ResolvedValue {
    var members: [String: ResolvedValue] = [
      "phase": .string(phase.name), "workspaceInUse": .integer(workspaceInUse),
      "bytes": .object(
        Dictionary(
          uniqueKeysWithValues: bytes.filter { $0.value.requested > 0 }.map { ($0.key.rawValue, $0.value.resolved) })),
    ]
    members["residentSet"] = residentSet.map(ResolvedValue.integer)
    if !disagreements.isEmpty {
      members["disagreements"] = .array(disagreements.map(\.rawValue).sorted().map(ResolvedValue.string))
    }
    return .object(members)
  }

  fileprivate init?(_ value: ResolvedValue) {
    guard let phase = value["phase"]?.stringValue.flatMap(Phase.init(name:)),
      let workspaceInUse = value["workspaceInUse"]?.integerValue, let stored = value["bytes"]?.objectValue
    else { return nil }
    // What took nothing is not stored.
    var bytes = Dictionary(
      uniqueKeysWithValues: MemoryCategory.allCases.map { ($0, MemoryReading(requested: 0, usable: 0)) })
    for (name, value) in stored {
      guard let category = MemoryCategory(rawValue: name), let reading = MemoryReading(value) else { return nil }
      bytes[category] = reading
    }
    let names = value["disagreements"]?.arrayValue ?? []
    self.init(
      phase: phase, bytes: bytes, workspaceInUse: workspaceInUse, residentSet: value["residentSet"]?.integerValue,
      disagreements: Set(names.compactMap { $0.stringValue.flatMap(MemoryCategory.init(rawValue:)) }))
  }
}

extension MemoryReading {
  fileprivate var resolved: ResolvedValue {
    var members: [String: ResolvedValue] = ["requested": .integer(requested), "usable": .integer(usable)]
    members["allocated"] = allocated.map(ResolvedValue.integer)
    members["resident"] = resident.map(ResolvedValue.integer)
    return .object(members)
  }

  fileprivate init?(_ value: ResolvedValue) {
    guard let requested = value["requested"]?.integerValue, let usable = value["usable"]?.integerValue else {
      return nil
    }
    self.init(
      requested: requested, usable: usable, allocated: value["allocated"]?.integerValue,
      resident: value["resident"]?.integerValue)
  }
}
