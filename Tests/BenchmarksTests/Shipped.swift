import Benchmarks
import Configuration
import Foundation
import Modeling
import TestSupport

/// The specification that is shipped, whole or with a part of its text in other words.
enum Shipped {
  static func models() throws -> ModelCatalogue { try ModelCatalogue(folder: Repository.experiments + "/models") }

  static func text() throws -> String {
    try String(contentsOfFile: Repository.experiments + "/bench.yaml", encoding: .utf8)
  }

  static func specification() throws -> BenchmarkSpecification { try read(text()) }

  /// Reads the shipped text with `old`, which must be in it, replaced.
  static func specification(replacing old: String, by new: String) throws -> BenchmarkSpecification {
    let text = try text()
    guard text.contains(old) else { throw NoSuchText(text: old) }
    return try read(text.replacingOccurrences(of: old, with: new))
  }

  private struct NoSuchText: Error { let text: String }

  private static func read(_ text: String) throws -> BenchmarkSpecification {
    try BenchmarkSpecification(reading: SpecificationNode(text: text, file: "bench.yaml"), models: models())
  }
}

/// A folder of a test's own, gone with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/benchmarks-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
