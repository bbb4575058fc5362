import Foundation

/// A user's mistake or an outside fault: one line that says where, what was found, what was expected and what to do.
///
/// Prints as `file:line:column: error: message` when it has a place, in the form that editors can jump to.
public struct Diagnostic: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kinds of fault, each with the exit code that the command line ends with (the codes of `sysexits.h`).
  public enum Kind: Int32, Sendable {
    /// The command line or a specification is wrong.
    case usage = 64
    /// A data file is damaged, foreign or does not fit.
    case data = 65
    /// Something outside is missing: a network, a tool, a library.
    case unavailable = 69
    /// A file cannot be written.
    case cannotWrite = 73
  }

  /// A position in a text file; `line` and `column` count from 1.
  public struct Place: Equatable, Sendable {
    /// The file's path as the user gave it.
    public var file: String
    /// The line, or nil where the whole file is meant.
    public var line: Int?
    /// The column, or nil where the whole line is meant.
    public var column: Int?

    /// Creates a place.
    public init(file: String, line: Int? = nil, column: Int? = nil) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// The kind of fault.
  public var kind: Kind
  /// Where it is, if it is in a file.
  public var place: Place?
  /// What was found, what was expected and what to do, without a line break.
  public var message: String

  /// Creates a diagnostic.
  public init(_ kind: Kind, at place: Place? = nil, _ message: String) {
    self.kind = kind
    self.place = place
    self.message = message.replacingOccurrences(of: "\n", with: " ")
  }

  /// A fault of a whole file.
  public static func file(_ path: String, _ kind: Kind, _ message: String) -> Diagnostic {
    Diagnostic(kind, at: Place(file: path), message)
  }

  /// The exit code of a command that ends with this diagnostic.
  public var exitCode: Int32 { kind.rawValue }

  /// The line that the user reads.
  public var description: String {
    var prefix = ""
    if let place {
      prefix = place.file
      if let line = place.line { prefix += ":\(line)" }
      if let column = place.column { prefix += ":\(column)" }
      prefix += ": "
    }
    return "\(prefix)error: \(message)"
  }
}
