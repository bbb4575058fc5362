import Configuration
import Corpus
import Foundation
import Methods
import Modeling

/// Where the project's files are, and the methods that it knows.
public struct ExperimentEnvironment: Sendable {
  /// The folder of specifications, with `models` and `corpora` in it.
  public var experimentsFolder: String
  /// The folder of tables and records, one folder a scale in it.
  public var resultsFolder: String
  /// The folder of what can be made again: runs in progress, checkpoints, prepared data.
  public var workFolder: String
  /// The folder of downloads and prepared data, which is in ``workFolder`` unless runs go elsewhere than their data.
  public var dataFolder: String
  /// The methods that a row can name.
  public var registry: MethodRegistry

  /// Creates an environment.
  public init(
    experimentsFolder: String, resultsFolder: String, workFolder: String, registry: MethodRegistry = .standard
  ) {
    self.experimentsFolder = experimentsFolder
    self.resultsFolder = resultsFolder
    self.workFolder = workFolder
    dataFolder = workFolder + "/data"
    self.registry = registry
  }

  /// The folder of corpora.
  public var corporaFolder: String { experimentsFolder + "/corpora" }

  /// The models that a size can name.
  ///
  /// - Throws: ``Diagnostic`` if a file of models is wrong.
  public func models() throws -> ModelCatalogue { try ModelCatalogue(folder: experimentsFolder + "/models") }

  /// The resolver of training runs.
  public func resolver() throws -> TrainingResolver {
    .standard(registry: registry, models: try models(), corporaFolder: corporaFolder)
  }

  /// What prepares data, each kind once for all runs.
  public func dataPreparer(
    workers: Int = 1, progress: @escaping @Sendable (PreparationEvent) -> Void = { _ in }
  ) -> DataPreparer {
    DataPreparer(cacheRoot: dataFolder, workers: workers, progress: progress)
  }

  /// The published records of a scale.
  public func results(at scale: ScaleName) -> RecordStore {
    RecordStore(root: "\(resultsFolder)/\(scale.rawValue)")
  }

  /// The runs of a scale that were made here.
  public func work(at scale: ScaleName) -> RecordStore {
    RecordStore(root: "\(workFolder)/runs/\(scale.rawValue)")
  }

  /// The specification of a table by its name, or of a file by its path; for a figure, that of the table it is drawn from.
  ///
  /// - Throws: ``Diagnostic`` that lists the known names.
  public func table(_ name: String) throws -> TableSpecification {
    let file = try specificationFile(name)
    let node = try SpecificationNode(file: file)
    guard FigureSpecification.describes(node) else { return try TableSpecification(file: file) }
    let table = try specificationFile(FigureSpecification(reading: node).table)
    guard try !FigureSpecification.describes(SpecificationNode(file: table)) else {
      throw Diagnostic.file(file, .usage, "is drawn from '\(table)', which is a figure; 'of' must name a table")
    }
    return try TableSpecification(file: table)
  }

  /// The study of a name or of a file, or nil if that is a table or a figure.
  ///
  /// - Throws: ``Diagnostic`` that lists the known names, or at what is wrong in the study.
  public func study(_ name: String) throws -> StudySpecification? {
    let node = try SpecificationNode(file: specificationFile(name))
    guard !TimingSpecification.describes(node) else { return nil }
    return StudySpecification.describes(node) ? try StudySpecification(reading: node, environment: self) : nil
  }

  /// The table of times of a name or of a file, or nil if it is something else.
  ///
  /// - Throws: ``Diagnostic`` that lists the known names, or at what is wrong in the table.
  public func timing(_ name: String) throws -> TimingSpecification? {
    let node = try SpecificationNode(file: specificationFile(name))
    return TimingSpecification.describes(node) ? try TimingSpecification(reading: node) : nil
  }

  /// The figures that are drawn from a table's cells, by name.
  ///
  /// - Throws: ``Diagnostic`` if a figure's specification is wrong.
  public func figures(of table: TableSpecification) throws -> [FigureSpecification] {
    try specificationNames.compactMap { name in
      let node = try SpecificationNode(file: "\(experimentsFolder)/\(name).yaml")
      guard FigureSpecification.describes(node) else { return nil }
      let figure = try FigureSpecification(reading: node)
      return figure.table == table.name ? figure : nil
    }
  }

  /// The names of all specifications, ascending.
  public var specificationNames: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: experimentsFolder)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// The file of a specification, by its name or by a path.
  ///
  /// - Throws: ``Diagnostic`` that lists the known names.
  public func specificationFile(_ name: String) throws -> String {
    if name.hasSuffix(".yaml") { return name }
    let known = specificationNames
    guard known.contains(name) else {
      throw Diagnostic(.usage, "unknown table or figure '\(name)'; " + Suggestion.clause(for: name, in: known))
    }
    return "\(experimentsFolder)/\(name).yaml"
  }
}
