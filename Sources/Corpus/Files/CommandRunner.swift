import Configuration
import Foundation

/// Runs the programs that fetch files; a test puts its own in their place.
package struct CommandRunner: Sendable {
  /// What a program left.
  package struct Outcome: Sendable {
    /// Its exit status; 127 where it is not installed.
    package var status: Int32
    /// The last line that says something, of both its outputs.
    package var lastLine: String

    /// Creates an outcome.
    package init(status: Int32, lastLine: String) {
      self.status = status
      self.lastLine = lastLine
    }
  }

  /// Runs a program, looked up on the path, with arguments, and waits for it.
  package var run: @Sendable (_ arguments: [String]) throws -> Outcome

  /// Creates a runner.
  package init(run: @escaping @Sendable ([String]) throws -> Outcome) { self.run = run }

  /// The runner that really starts programs.
  package static let system = CommandRunner { arguments in
    let log = NSTemporaryDirectory() + "/corpus-command-\(getpid())-\(UUID().uuidString).log"
    defer { unlink(log) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    // A file and not a pipe: nothing has to be drained while the program runs.
    let created = FileManager.default.createFile(atPath: log, contents: nil)
    let output = created ? FileHandle(forWritingAtPath: log) ?? .nullDevice : .nullDevice
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw Diagnostic(
        .unavailable, "'\(arguments.first ?? "")' cannot be started; install it, or fetch the file by hand")
    }
    process.waitUntilExit()
    let text = FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let last = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
    return Outcome(status: process.terminationStatus, lastLine: last.map { String($0.prefix(300)) } ?? "")
  }
}
