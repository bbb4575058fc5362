import Configuration
import Files
import Foundation

/// Everything that was measured, group by group: a run that selects some groups leaves the others as they were.
public struct BenchmarkRecord: Equatable, Sendable {
  /// Raised when the form of the file changes; a file of another form is measured anew.
  private static let version = 1

  /// The groups in the order in which they are measured.
  public var groups: [MeasuredGroup]

  /// Creates a record.
  public init(groups: [MeasuredGroup] = []) { self.groups = groups }

  /// A group by its name, or nil if it was not measured.
  public subscript(name: String) -> MeasuredGroup? { groups.first { $0.name == name } }

  /// A measurement by its path, `steps/60m/full-rank`, or nil if it was not measured.
  public func measurement(at path: String) -> Measurement? {
    groups.lazy.compactMap { group in
      path.hasPrefix(group.name + "/") ? group[String(path.dropFirst(group.name.count + 1))] : nil
    }.first
  }

  /// Puts a group in the place of the one of its name, or at the end.
  public mutating func put(_ group: MeasuredGroup) {
    if let index = groups.firstIndex(where: { $0.name == group.name }) {
      groups[index] = group
    } else {
      groups.append(group)
    }
  }

  /// Brings the groups into the order of a plan, and leaves out those that it does not know.
  public mutating func sort(as names: [String]) {
    groups = names.compactMap { self[$0] }
  }

  /// Reads a record; nothing where there is no file.
  ///
  /// - Throws: `Diagnostic` if the file is damaged.
  public init(file: String) throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      self.init()
      return
    }
    let value = try ResolvedValue(json: data, file: file)
    guard value["version"]?.integerValue == Self.version, let groups = value["groups"]?.arrayValue else {
      throw Self.damaged(file, "is no record of benchmarks of this version")
    }
    self.init(groups: try groups.map { try MeasuredGroup($0, file: file) })
  }

  /// Writes the record, whole or not at all.
  ///
  /// - Throws: `Diagnostic` if the file cannot be written.
  public func write(to file: String) throws {
    let value = ResolvedValue.object(["version": .integer(Self.version), "groups": .array(groups.map(\.resolved))])
    try AtomicFileWriter.write(value.prettyJSON.utf8, to: file)
  }

  static func damaged(_ file: String, _ what: String) -> Diagnostic {
    Diagnostic.file(file, .data, "\(what); delete it, and measure again")
  }
}
