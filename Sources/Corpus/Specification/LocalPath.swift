import Configuration
import Foundation

/// A path on this machine as somebody wrote it, with `${NAME}` for variables of the environment.
public struct LocalPath: Equatable, Sendable {
  /// The path as written.
  public var text: String
  /// Where it is written: a relative path begins at this file's folder. Nil for a path of the command line, which
  /// begins at the working folder.
  public var place: Diagnostic.Place?

  /// A path of the command line.
  public init(_ text: String) { self.text = text }

  /// A path in a specification.
  public init(reading node: SpecificationNode) throws {
    text = try node.string()
    place = node.place
    guard !text.isEmpty else { throw node.error("expected a path") }
  }

  /// The names of the variables in the path.
  var variables: [String] { text.matches(of: /\$\{([A-Za-z0-9_]+)\}/).map { String($0.1) } }

  /// The path itself.
  ///
  /// - Throws: ``Diagnostic`` `.usage` if a variable is not set.
  func expanded(_ environment: [String: String]) throws -> String {
    for name in variables where (environment[name] ?? "").isEmpty {
      throw Diagnostic(.usage, at: place, "the environment variable '\(name)' is not set; set it to complete '\(text)'")
    }
    let path = text.replacing(/\$\{([A-Za-z0-9_]+)\}/) { environment[String($0.1)] ?? "" }
    guard !path.hasPrefix("/"), let file = place?.file else { return path }
    let folder = (file as NSString).deletingLastPathComponent
    return folder.isEmpty ? path : folder + "/" + path
  }

  /// Whether all variables in the path are set.
  func isSet(_ environment: [String: String]) -> Bool { variables.allSatisfy { !(environment[$0] ?? "").isEmpty } }
}
