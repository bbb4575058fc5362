import Configuration
import Experiments
import Foundation

/// Where the project's files are: the nearest folder at or above the current one that has `experiments/`.
struct ProjectFolder {
  /// What the paths below begin with: nothing in the project's own folder, so that messages name files as a user would.
  private let prefix: String

  /// Finds the project.
  ///
  /// - Throws: `Diagnostic` if there is none.
  init() throws {
    let current = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    var folder = current
    while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("experiments").path) {
      guard folder.path != "/" else {
        throw Diagnostic(.usage, "no folder here or above has 'experiments'; run this from the project's folder")
      }
      folder = folder.deletingLastPathComponent()
    }
    prefix = folder.path == current.path ? "" : folder.path + "/"
  }

  /// Specifications.
  var experiments: String { prefix + "experiments" }
  /// Model configurations.
  var models: String { experiments + "/models" }
  /// Corpus specifications.
  var corpora: String { experiments + "/corpora" }
  /// Tables, figures and the records they come from.
  var results: String { prefix + "results" }
  /// Downloads, token caches, checkpoints: what can be made again.
  var work: String { prefix + ".work" }
  /// Downloads and prepared corpora.
  var data: String { work + "/data" }

  /// The project's folders as experiments see them.
  var environment: ExperimentEnvironment {
    ExperimentEnvironment(experimentsFolder: experiments, resultsFolder: results, workFolder: work)
  }
}
