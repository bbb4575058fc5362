import Configuration
@preconcurrency import Foundation

/// What a command says on its standard streams.
enum StandardStreams {
  /// Writes to standard error; where nobody can read that, a run is worth more than its progress.
  static func report(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

  /// Waits until everything printed has been taken.
  ///
  /// - Throws: `Diagnostic` if some of it was lost.
  static func flush() throws {
    guard fflush(stdout) == 0, ferror(stdout) == 0 else {
      throw Diagnostic(.cannotWrite, "standard output cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
