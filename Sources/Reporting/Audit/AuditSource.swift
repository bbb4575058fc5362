import Configuration
import Experiments

/// All that an audit is made from: its specification, and the tables, studies and published numbers that it names.
public struct AuditSource: Sendable {
  /// What is audited.
  public let specification: AuditSpecification
  /// The scale asked for.
  public let scale: ScaleName
  /// The tables that measurements ask, by name.
  public let tables: [String: ReportSource]
  /// The records of the studies that measurements ask, by name, with the scale that they are of.
  public let studies: [String: (scale: ScaleName, result: StudyResult)]
  /// The published numbers, by file.
  public let published: [String: PublishedTable]

  /// Creates a source; `tables` holds every table that a measurement names.
  public init(
    _ specification: AuditSpecification, scale: ScaleName, tables: [String: ReportSource],
    studies: [String: (scale: ScaleName, result: StudyResult)], published: [String: PublishedTable]
  ) {
    (self.specification, self.scale) = (specification, scale)
    (self.tables, self.studies, self.published) = (tables, studies, published)
  }

  /// Reads what an audit names, at a scale; what does not offer it is read at its default one.
  ///
  /// - Throws: `Diagnostic` at a table, study, row or published number that there is not.
  public init(_ specification: AuditSpecification, scale: ScaleName, environment: ExperimentEnvironment) throws {
    var tables: [String: ReportSource] = [:]
    var studies: [String: (scale: ScaleName, result: StudyResult)] = [:]
    var published: [String: PublishedTable] = [:]
    for measurement in specification.problems.flatMap(\.measurements) {
      let name = measurement.specification
      if measurement.kind == .study {
        studies[name] = try Self.study(measurement, scale, environment)
      } else if tables[name] == nil {
        let table = try environment.table(name)
        tables[name] = try ReportSource(table, scale: table.scale(nearest: scale), environment: environment)
      }
      try tables[name].map { try Self.check(measurement, $0) }
    }
    for reference in specification.problems.flatMap(\.published) {
      let table =
        try published[reference.file]
        ?? PublishedTable(contentsOf: "\(environment.experimentsFolder)/published/\(reference.file)")
      published[reference.file] = table
      guard table.number(reference.quantity, row: reference.row, size: reference.size) != nil else {
        throw reference.node.error(
          "'\(reference.file)' has no \(reference.quantity.rawValue) of '\(reference.row)' at '\(reference.size)'")
      }
    }
    self.init(specification, scale: scale, tables: tables, studies: studies, published: published)
  }

  private static func check(_ measurement: AuditSpecification.Measurement, _ table: ReportSource) throws {
    let known = table.data.specification.rows.map(\.label)
    for row in measurement.rows where !known.contains(row) {
      throw measurement.node.error("there is no row '\(row)'; " + Suggestion.clause(for: row, in: known))
    }
  }

  /// The record of a study at a scale, else the one at `quick`; nil where there is neither.
  private static func study(
    _ measurement: AuditSpecification.Measurement, _ scale: ScaleName, _ environment: ExperimentEnvironment
  ) throws -> (scale: ScaleName, result: StudyResult)? {
    guard let study = try environment.study(measurement.specification) else {
      throw measurement.node.error("'\(measurement.specification)' is no study")
    }
    for scale in [scale, .quick] {
      let path = "\(environment.results(at: scale).root)/\(study.name).json"
      if let record = try StudyRecord(contentsOf: path) { return (scale, record.result) }
    }
    return nil
  }
}
