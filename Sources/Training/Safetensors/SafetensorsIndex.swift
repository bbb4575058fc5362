import Configuration
import Foundation

/// The index of a sharded checkpoint: which file holds which tensor, under `weight_map`.
struct SafetensorsIndex {
  /// A file of the checkpoint, and the tensors that the index says it holds.
  struct Shard {
    var path: String
    var names: Set<String>
  }

  /// The index file's path.
  let path: String
  /// The files, ordered by name.
  let shards: [Shard]

  /// Reads an index.
  ///
  /// - Throws: `Diagnostic` if the file is no index, or names a file outside its own folder.
  init(path: String) throws {
    self.path = path
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Diagnostic.file(path, .data, "no such file, or it cannot be read")
    }
    guard let map = try ResolvedValue(json: data, file: path)["weight_map"]?.objectValue, !map.isEmpty else {
      throw Diagnostic.file(path, .data, "has no 'weight_map'; expected a mapping from tensors to files")
    }
    var names: [String: Set<String>] = [:]
    for (name, value) in map {
      guard let file = value.stringValue, !file.isEmpty, !file.contains("/") else {
        throw Diagnostic.file(path, .data, "the file of tensor '\(name)' must be a name in the same folder")
      }
      names[file, default: []].insert(name)
    }
    let folder = (path as NSString).deletingLastPathComponent
    shards = names.sorted { $0.key < $1.key }.map { file, names in
      Shard(path: (folder as NSString).appendingPathComponent(file), names: names)
    }
  }

  /// Checks that a shard holds exactly what the index lists for it.
  ///
  /// - Throws: `Diagnostic` naming the tensors that are missing or extra.
  func check(_ header: SafetensorsHeader, of shard: Shard) throws {
    let found = Set(header.entries.keys)
    let missing = shard.names.subtracting(found)
    guard missing.isEmpty else {
      throw Diagnostic.file(shard.path, .data, "lacks what \(path) lists: \(list(missing))")
    }
    let extra = found.subtracting(shard.names)
    guard extra.isEmpty else {
      throw Diagnostic.file(shard.path, .data, "holds what \(path) does not list for it: \(list(extra))")
    }
  }
}

/// Names in order, the first few in full: `'a', 'b' and 3 more`.
func list(_ names: some Collection<String>) -> String {
  let shown = names.sorted().prefix(6).map { "'\($0)'" }.joined(separator: ", ")
  return names.count > 6 ? shown + " and \(names.count - 6) more" : shown
}
