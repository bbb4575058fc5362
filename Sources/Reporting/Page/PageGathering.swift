import Configuration
import Experiments
import Foundation

extension ReportPage {
  /// Gathers the page of a scale: every specification of the project at that scale, or where it has none at its default.
  ///
  /// - Parameters:
  ///   - others: parts that are made by other rooms, shown behind the rest.
  ///   - draw: draws what the page shows of a table beside the figures of its report, into a folder.
  /// - Throws: `Diagnostic` if a specification, a record or a file of published numbers is wrong; what `draw` throws.
  public init(
    scale: ScaleName, environment: ExperimentEnvironment, others: [PagePart] = [],
    draw: (Figure, _ folder: String) throws -> Void = { _, _ in }
  ) throws {
    let gathering = PageGathering(scale: scale, environment: environment)
    let tables = try environment.tables().map { table in
      let writer = try ReportWriter(
        table, scale: table.scale(nearest: scale).name.rawValue, environment: environment)
      return try gathering.part(writer, writer.pageDocument(draw: draw))
    }
    self.init(
      scale: scale, claims: try ClaimSummary(scale: scale, environment: environment),
      audits: try environment.audits().map(gathering.part),
      parts: Self.ordered(
        try tables + environment.timings().map(gathering.part) + environment.studies().map(gathering.part)) + others)
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

  func part(_ writer: ReportWriter, _ document: Document) throws -> PagePart {
    let data = writer.source.data
    let runs = data.entries.flatMap { entry in
      entry.outcomes + entry.search.compactMap(\.outcome) + entry.atPaperRate.compactMap(\.outcome)
    }
    return try PagePart(
      name: data.specification.name, title: data.specification.title, circumstances: words(writer.scale),
      document: document, folder: writer.folder, base: base(writer.scale), runs: runs,
      measurements: data.memory.compactMap(\.outcome),
      figures: environment.figures(of: data.specification).map { ($0.name, $0.title) })
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
