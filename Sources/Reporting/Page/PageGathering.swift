import Configuration
import Experiments
import Foundation

extension ReportPage {
  /// Gathers the page of a scale: every specification of the project at that scale, or where it has none at its default.
  ///
  /// - Parameter others: parts that are made by other rooms, shown behind the rest.
  /// - Throws: `Diagnostic` if a specification, a record or a file of published numbers is wrong.
  public init(scale: ScaleName, environment: ExperimentEnvironment, others: [PagePart] = []) throws {
    let gathering = PageGathering(scale: scale, environment: environment)
    let sources = try environment.tables().map {
      try ReportSource($0, scale: $0.scale(nearest: scale), environment: environment)
    }
    self.init(
      scale: scale, claims: try ClaimSummary(scale: scale, environment: environment),
      audits: try environment.audits().map(gathering.part),
      parts: Self.ordered(
        try sources.map(gathering.part) + environment.timings().map(gathering.part)
          + environment.studies().map(gathering.part)) + others)
  }

  /// Draws what the page of a scale shows beside the figures of the reports: the loss of every run.
  ///
  /// - Returns: the drawings' paths.
  /// - Throws: `Diagnostic` if a record is wrong, gnuplot is missing, or a file cannot be written.
  public static func drawRuns(scale: ScaleName, environment: ExperimentEnvironment) throws -> [String] {
    try environment.tables().flatMap { table in
      try ReportWriter(table, scale: table.scale(nearest: scale).name.rawValue, environment: environment).drawRuns()
    }
  }

  /// Tables of the paper first, then its figures, then what is not in it; by number.
  private static func ordered(_ parts: [PagePart]) -> [PagePart] {
    let kinds = ["table-", "figure-"]
    return parts.sorted { first, second in
      let ranks = [first, second].map { part in kinds.firstIndex { part.name.hasPrefix($0) } ?? kinds.count }
      guard ranks[0] == ranks[1] else { return ranks[0] < ranks[1] }
      return first.name.compare(second.name, options: [.numeric, .forcedOrdering]) == .orderedAscending
    }
  }
}

/// Makes the parts of a page from what the project has.
private struct PageGathering {
  let scale: ScaleName
  let environment: ExperimentEnvironment

  func part(_ source: ReportSource) throws -> PagePart {
    let table = source.data.specification
    let own = source.data.scale.name
    let folder = environment.results(at: own).root
    let writer = try ReportWriter(table, scale: own.rawValue, environment: environment)
    let runs = source.data.entries.flatMap { entry in
      entry.outcomes + entry.search.compactMap(\.outcome) + entry.atPaperRate.compactMap(\.outcome)
    }
    return try PagePart(
      name: table.name, title: table.title, circumstances: words(own), document: writer.pageDocument(), folder: folder,
      base: base(own), runs: runs, measurements: source.data.memory.compactMap(\.outcome),
      figures: environment.figures(of: table).map { ($0.name, $0.title) })
  }

  func part(_ audit: AuditSpecification) throws -> PagePart {
    let source = try AuditSource(audit, scale: scale, environment: environment)
    return try PagePart(
      name: audit.name, title: audit.title, circumstances: words(scale), document: AuditReport(source).document,
      folder: environment.results(at: scale).root, base: "")
  }

  func part(_ timing: TimingSpecification) throws -> PagePart {
    let own = try timing.scale(nearest: scale)
    let source = try TimingSource(timing, scale: own, environment: environment)
    return try PagePart(
      name: timing.name, title: timing.title, circumstances: words(own.name),
      document: TimingReport(source).document(), folder: environment.results(at: own.name).root, base: base(own.name))
  }

  func part(_ study: StudySpecification) throws -> PagePart {
    let own = study.scales.contains(scale) ? scale : try study.study(at: nil).scale
    do {
      let report = try StudyReport(study, scale: own, environment: environment)
      return try PagePart(
        name: study.name, title: study.title, circumstances: words(own), document: report.document(),
        folder: environment.results(at: own).root, base: base(own))
    } catch let problem as Diagnostic {
      return PagePart(
        name: study.name, title: study.title, circumstances: words(own),
        reason: "Nothing to show: it \(problem.message).",
        base: base(own))
    }
  }

  private func words(_ own: ScaleName) -> String {
    "scale \(own.rawValue)" + (own == scale ? "" : ", as it has no \(scale.rawValue) scale")
  }

  private func base(_ own: ScaleName) -> String { own == scale ? "" : "../\(own.rawValue)/" }
}

extension ExperimentEnvironment {
  /// All audits, by name.
  ///
  /// - Throws: `Diagnostic` if a specification is wrong.
  public func audits() throws -> [AuditSpecification] {
    try specificationNames.compactMap { name in
      let node = try SpecificationNode(file: specificationFile(name))
      return AuditSpecification.describes(node) ? try AuditSpecification(reading: node) : nil
    }
  }
}
