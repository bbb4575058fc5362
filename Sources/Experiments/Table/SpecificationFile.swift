import Configuration
import Foundation

/// Specification files that build on others.
enum SpecificationFile {
  /// Reads a file and lays it over the one that its key `extends` names, and that over its own base, and so on.
  ///
  /// A base is named relative to the file that extends it. Every value keeps the file and the place that it came from.
  /// - Throws: ``Diagnostic`` if a file cannot be read, or if a file extends itself in the end.
  static func read(_ file: String) throws -> SpecificationNode {
    var seen: Set<String> = []
    return try read(file, seen: &seen)
  }

  private static func read(_ file: String, seen: inout Set<String>) throws -> SpecificationNode {
    let node = try SpecificationNode(file: file)
    seen.insert(identity(of: file))
    guard let base = try node.members().first(where: { $0.key == "extends" })?.value else { return node }
    let folder = (file as NSString).deletingLastPathComponent
    let baseFile = (folder as NSString).appendingPathComponent(try base.string())
    guard FileManager.default.fileExists(atPath: baseFile) else {
      throw base.error("no such file: '\(baseFile)'; 'extends' is relative to this file")
    }
    guard !seen.contains(identity(of: baseFile)) else {
      throw base.error("'\(baseFile)' extends this file itself, so that neither has an end")
    }
    return node.removing(["extends"]).merged(over: try read(baseFile, seen: &seen))
  }

  private static func identity(of file: String) -> String {
    URL(fileURLWithPath: file).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
