import Configuration
import Files
import Foundation

/// Remembers what has been found out about files, so that a large download is hashed once and not at every start.
///
/// A finding holds as long as the file's size and time of change stay as they were. It lives in a small JSON file of
/// its own under the cache root.
package struct DigestLedger: Sendable {
  private let folder: String

  /// A ledger in a cache root.
  package init(cacheRoot: String) { folder = cacheRoot + "/digests" }

  /// The SHA-256 of a file, remembered or computed.
  ///
  /// - Throws: ``Diagnostic`` `.data` if the file cannot be read.
  package func digest(ofFile path: String) throws -> Digest {
    let text = try finding("sha256", ofFile: path) { try Digest(ofFile: path).hexadecimal }
    // An entry that somebody edited is worth no more than none.
    return try Digest(hexadecimal: text) ?? Digest(ofFile: path)
  }

  /// A finding about a file under a name, remembered or computed by `body`.
  package func finding(_ name: String, ofFile path: String, _ body: () throws -> String) throws -> String {
    let stamp = try Self.stamp(of: path)
    let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    let entry = "\(folder)/\(Digest(of: absolute + "\n" + name).prefix(24)).json"
    if let data = FileManager.default.contents(atPath: entry),
      let known = try? ResolvedValue(json: data, file: entry), known["stamp"]?.stringValue == stamp,
      known["path"]?.stringValue == absolute, let value = known[name]?.stringValue
    {
      return value
    }
    let value = try body()
    let known = ResolvedValue.object(["path": .string(absolute), "stamp": .string(stamp), name: .string(value)])
    try AtomicFileWriter.write(known.prettyJSON.utf8, to: entry, isSynced: false)
    return value
  }

  /// Size and time of change in nanoseconds.
  private static func stamp(of path: String) throws -> String {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic.file(path, .data, "no such file, or it is not a regular file")
    }
    return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(status.st_ino)"
  }
}
