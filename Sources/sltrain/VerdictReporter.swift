import Configuration
import Experiments
import Foundation
import Reporting

/// Writes the verdicts on all claims of all specifications at a scale.
struct VerdictReporter {
  /// What the command line calls it, in the place of a table's name.
  static let name = "verdicts"

  private let environment: ExperimentEnvironment

  init(_ environment: ExperimentEnvironment) { self.environment = environment }

  /// Writes the page and prints it.
  ///
  /// - Throws: `Diagnostic` if there is no such scale, if a specification or a record is wrong, or if the page cannot be
  ///   written.
  func run(scale word: String?) throws {
    let scale = try ScaleName(word)
    let report = VerdictReport(try ClaimSummary(scale: scale, environment: environment))
    let path = try report.write(into: environment.results(at: scale).root)
    print(report.markdown)
    print("written:\n  \(path)")
  }

  /// Writes the pages anew that a report at a scale may have changed: that scale's, and those of other scales that are there,
  /// which take a table that they do not offer from its own. None where no specification makes a claim.
  ///
  /// - Returns: the pages' paths.
  func refresh(after scale: ScaleName) throws -> [String] {
    try ScaleName.allCases.compactMap { other in
      let folder = environment.results(at: other).root
      let isThere = FileManager.default.fileExists(atPath: "\(folder)/\(VerdictReport.fileName)")
      guard other == scale || isThere else { return nil }
      let summary = try ClaimSummary(scale: other, environment: environment)
      return summary.entries.isEmpty ? nil : try VerdictReport(summary).write(into: folder)
    }
  }
}
