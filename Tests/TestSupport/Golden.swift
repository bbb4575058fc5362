import Foundation
import Testing

/// Texts that are kept beside the tests, and that only a change on purpose may change.
public enum Golden {
  /// Set this environment variable to write the texts anew.
  private static let recordVariable = "SLTRAIN_RECORD_GOLDEN"

  /// Expects a text to be the one kept in `Golden/<name>` beside the test's file, and says which lines differ.
  ///
  /// - Throws: what reading or writing the file throws.
  public static func expect(
    _ text: String, in name: String, besides test: String = #filePath, location: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
    if ProcessInfo.processInfo.environment[recordVariable] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    for (found, expected) in zip(text.components(separatedBy: "\n"), golden.components(separatedBy: "\n")) {
      #expect(found == expected, sourceLocation: location)
    }
    #expect(text == golden, sourceLocation: location)
  }
}
