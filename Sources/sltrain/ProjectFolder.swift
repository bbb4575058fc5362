import Configuration
import Foundation

/// Where the project's files are: the nearest folder at or above the current one that has `experiments/`.
struct ProjectFolder {
  /// The project's root.
  let root: String

  /// Finds the project.
  ///
  /// - Throws: `Diagnostic` if there is none.
  init() throws {
    var folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("experiments").path) {
      guard folder.path != "/" else {
        throw Diagnostic(.usage, "no folder here or above has 'experiments'; run this from the project's folder")
      }
      folder = folder.deletingLastPathComponent()
    }
    root = folder.path
  }

  /// Specifications.
  var experiments: String { root + "/experiments" }
  /// Model configurations.
  var models: String { experiments + "/models" }
  /// Corpus specifications.
  var corpora: String { experiments + "/corpora" }
  /// Tables, figures and the records they come from.
  var results: String { root + "/results" }
  /// Downloads, token caches, checkpoints: what can be made again.
  var work: String { root + "/.work" }
  /// Downloads and prepared corpora.
  var data: String { work + "/data" }
}
