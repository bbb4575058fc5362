import Configuration
import Foundation

/// Which shards of C4's English part are read, and where they come from.
///
/// The data set is 1024 training files and 8 validation files, gzip-packed JSON lines with the text under `text`.
public struct C4Shards: Equatable, Sendable {
  /// One shard.
  public struct Shard: Equatable, Sendable {
    /// Its split: train or validation; the corpus's tuning share is taken from the training shards.
    public var split: Split
    /// Its number, from 0.
    public var number: Int

    /// Its file name: `c4-train.00003-of-01024.json.gz`.
    public var name: String {
      let prefix = split == .validation ? "c4-validation" : "c4-train"
      return prefix + String(format: ".%05d-of-%05d.json.gz", number, split == .validation ? 8 : 1024)
    }
  }

  /// The shards, those for training first.
  public var shards: [Shard]
  /// A folder where they may be, itself or under `en`; relative to the specification's file.
  public var folder: LocalPath?
  /// The address under which `en/NAME` is, with the data set's revision in it; nil if nothing may be downloaded.
  public var baseURL: String?
  /// The SHA-256 of shards by name, for those that are pinned by content.
  public var digests: [String: Digest]

  static let keys = ["folder", "baseURL", "trainShards", "validationShards", "sha256"]

  init(reading mapping: SpecificationMapping) throws {
    let train = try Self.range(mapping, "trainShards", of: 1024)
    let validation = try Self.range(mapping, "validationShards", of: 8)
    shards = train.map { Shard(split: .train, number: $0) } + validation.map { Shard(split: .validation, number: $0) }
    folder = try mapping.optionalNode("folder").map(LocalPath.init(reading:))
    baseURL = try mapping.optionalNode("baseURL")?.string()
    guard folder != nil || baseURL != nil else {
      throw mapping.node.error("C4 needs a 'folder' to read from or a 'baseURL' to download from")
    }
    digests = [:]
    let names = shards.map(\.name)
    for (name, place, value) in try mapping.optionalNode("sha256")?.members() ?? [] {
      guard names.contains(name) else {
        throw Diagnostic(
          .usage, at: place, "'\(name)' is no shard of this corpus; \(Suggestion.clause(for: name, in: names))")
      }
      guard let digest = Digest(hexadecimal: try value.string()) else {
        throw value.error("expected a SHA-256 of 64 hexadecimal digits")
      }
      digests[name] = digest
    }
  }

  private static func range(_ mapping: SpecificationMapping, _ key: String, of total: Int) throws -> Range<Int> {
    let own = try mapping.requiredNode(key).mapping(keys: ["first", "count"])
    let first = try own.integer("first", default: 0, in: 0..<total)
    let count = try own.integer("count", in: 1...(total - first))
    return first..<(first + count)
  }

  /// Where a shard is in the user's folder; nil if it is not there or no folder is named.
  func localPath(of name: String, _ environment: [String: String]) throws -> String? {
    guard let folder, folder.isSet(environment) else { return nil }
    let root = try folder.expanded(environment)
    return ["\(root)/\(name)", "\(root)/en/\(name)"].first { FileManager.default.fileExists(atPath: $0) }
  }

  /// A shard that has no digest of its own is pinned by its name and the address, which holds the revision.
  var identity: ResolvedValue {
    .object([
      "baseURL": baseURL.map { .string($0) } ?? .null,
      "shards": .array(
        shards.map {
          .object(["name": .string($0.name), "sha256": digests[$0.name].map { .string($0.hexadecimal) } ?? .null])
        }),
    ])
  }
}
