import Configuration
import Foundation

/// What a specification describes that can be reproduced.
public enum Experiment: Sendable {
  /// A table of the paper, with the figures that are drawn from its cells.
  case table(TableSpecification)
  /// A table of times.
  case timing(TimingSpecification)
  /// A study.
  case study(StudySpecification)

  /// The name of the files that come out.
  public var name: String {
    switch self {
    case .table(let table): table.name
    case .timing(let timing): timing.name
    case .study(let study): study.name
    }
  }

  /// The file that it was read from.
  public var file: String {
    switch self {
    case .table(let table): table.file
    case .timing(let timing): timing.file
    case .study(let study): study.file
    }
  }

  /// The scales that it offers, the smallest first.
  public var scales: [ScaleName] {
    let offered: [ScaleName] =
      switch self {
      case .table(let table): table.scales.map(\.name)
      case .timing(let timing): timing.scales.map(\.name)
      case .study(let study): study.scales
      }
    return ScaleName.allCases.filter(offered.contains)
  }

  /// The scale of a name; where none is named `quick`, or the first that there is. Nil where it is not offered.
  public func scale(_ name: ScaleName?) -> ScaleName? {
    guard let name else { return scales.contains(.quick) ? .quick : scales.first }
    return scales.contains(name) ? name : nil
  }
}

extension ExperimentEnvironment {
  /// What the specification of a name or of a file describes; for a figure, the table that it is drawn from.
  ///
  /// - Throws: ``Diagnostic`` that lists the known names, or at what is wrong in the specification.
  public func experiment(_ name: String) throws -> Experiment {
    if let timing = try timing(name) { return .timing(timing) }
    if let study = try study(name) { return .study(study) }
    return .table(try table(name))
  }

  /// The names of everything in the folder of specifications that can be reproduced, `table-2` before `table-10`.
  ///
  /// A figure that is drawn from a table's cells comes with the table; other files, such as that of the benchmarks, are
  /// passed over.
  /// - Throws: ``Diagnostic`` if a file is no YAML.
  public func experimentNames() throws -> [String] {
    try specificationNames.sorted { $0.compare($1, options: .numeric) == .orderedAscending }.filter { name in
      let keys = try SpecificationNode(file: "\(experimentsFolder)/\(name).yaml").members().map(\.key)
      return keys.contains { ["table", "extends", "study"].contains($0) }
    }
  }

  /// Everything that can be reproduced.
  ///
  /// - Throws: ``Diagnostic`` at what is wrong in a specification.
  public func experiments() throws -> [Experiment] { try experimentNames().map(experiment) }

  /// All tables of cells, in the same order.
  ///
  /// - Throws: ``Diagnostic`` at what is wrong in a specification.
  public func tables() throws -> [TableSpecification] {
    try experiments().compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  /// All tables of times, in the same order.
  ///
  /// - Throws: ``Diagnostic`` at what is wrong in a specification.
  public func timings() throws -> [TimingSpecification] {
    try experiments().compactMap { if case .timing(let timing) = $0 { timing } else { nil } }
  }

  /// All studies, in the same order.
  ///
  /// - Throws: ``Diagnostic`` at what is wrong in a specification.
  public func studies() throws -> [StudySpecification] {
    try experiments().compactMap { if case .study(let study) = $0 { study } else { nil } }
  }
}
