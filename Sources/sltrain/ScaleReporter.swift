import Configuration
import Experiments
import Foundation
import Reporting

/// Writes the pages that gather what several tables say at a scale: the verdicts on all claims, and the audits.
struct ScaleReporter {
  /// What the command line calls the page of verdicts, in the place of a table's name.
  static let verdicts = "verdicts"

  private let environment: ExperimentEnvironment

  init(_ environment: ExperimentEnvironment) { self.environment = environment }

  /// Writes the verdicts on all claims and prints them.
  ///
  /// - Throws: `Diagnostic` if there is no such scale, if a specification or a record is wrong, or if the page cannot be
  ///   written.
  func writeVerdicts(scale word: String?) throws {
    let scale = try ScaleName(word)
    let report = VerdictReport(try ClaimSummary(scale: scale, environment: environment))
    let path = try report.write(into: folder(scale))
    print(report.markdown)
    print("written:\n  \(path)")
  }

  /// The audit of a name or of a file, or nil if that is something else.
  ///
  /// - Throws: `Diagnostic` that lists the known names, or at what is wrong in the audit.
  func audit(_ name: String) throws -> AuditSpecification? {
    let node = try SpecificationNode(file: environment.specificationFile(name))
    return AuditSpecification.describes(node) ? try AuditSpecification(reading: node) : nil
  }

  /// Refuses what gathers records and has nothing to run.
  ///
  /// - Throws: `Diagnostic` that says what writes it.
  func refuse(_ name: String) throws {
    guard try [Self.verdicts, PageReporter.name].contains(name) || audit(name) != nil else { return }
    throw Diagnostic(.usage, "'\(name)' gathers records and has nothing to run; use 'sltrain report \(name)'")
  }

  /// Writes an audit and prints it.
  ///
  /// - Throws: `Diagnostic` if there is no such scale, if a record is wrong, if a file cannot be written, or if gnuplot is
  ///   missing.
  func write(_ audit: AuditSpecification, scale word: String?) throws {
    let scale = try ScaleName(word)
    let report = AuditReport(try AuditSource(audit, scale: scale, environment: environment))
    print(report.markdown)
    print("written:")
    for file in try report.write(into: folder(scale)) { print("  \(file)") }
  }

  /// Writes the pages anew that a report at a scale may have changed: that scale's, and those of other scales that are there,
  /// which take a table that they do not offer from its own. None where no specification makes a claim.
  ///
  /// - Returns: the files' paths.
  func refresh(after scale: ScaleName) throws -> [String] {
    let audits = try environment.specificationNames.compactMap(audit)
    return try ScaleName.allCases.flatMap { other -> [String] in
      let isThere = FileManager.default.fileExists(atPath: "\(folder(other))/\(VerdictReport.fileName)")
      guard other == scale || isThere else { return [] }
      let summary = try ClaimSummary(scale: other, environment: environment)
      let verdicts = summary.entries.isEmpty ? [] : [try VerdictReport(summary).write(into: folder(other))]
      return try verdicts
        + audits.flatMap { audit in
          try AuditReport(AuditSource(audit, scale: other, environment: environment)).write(into: folder(other))
        }
    }
  }

  private func folder(_ scale: ScaleName) -> String { environment.results(at: scale).root }
}
