import Configuration
import Experiments
import Foundation
import Reporting

/// What the page shows of benchmarks: this program's own figures, and those beside another program.
public struct BenchmarkParts {
  private let environment: ExperimentEnvironment
  private let scale: ScaleName

  /// Creates the parts of a page of a scale.
  public init(_ environment: ExperimentEnvironment, scale: ScaleName) {
    (self.environment, self.scale) = (environment, scale)
  }

  /// A part for every record that there is of the project's benchmarks.
  ///
  /// - Throws: `Diagnostic` if a specification, a record or a drawing cannot be read.
  public func all() throws -> [PagePart] {
    let models = try environment.models()
    return try environment.specificationNames.flatMap { name -> [PagePart] in
      let node = try SpecificationNode(file: "\(environment.experimentsFolder)/\(name).yaml")
      guard BenchmarkSpecification.describes(node) else { return [] }
      let specification = try BenchmarkSpecification(reading: node, models: models)
      return try [BenchmarkReport.Part.own, .peer].compactMap { try part($0, of: specification) }
    }
  }

  private func part(_ part: BenchmarkReport.Part, of specification: BenchmarkSpecification) throws -> PagePart? {
    // Benchmarks of whole machines belong to no scale of the tables; the smallest models have a folder of their own.
    let isSmoke = scale == .smoke
    let folder = environment.resultsFolder + (isSmoke ? "/smoke" : "") + "/\(specification.name)"
    let file = "\(folder)/\(part.rawValue).json"
    guard FileManager.default.fileExists(atPath: file) else { return nil }
    let report = BenchmarkReport(specification, record: try BenchmarkRecord(file: file), part: part)
    let drawing = "\(part.rawValue).svg"
    let isDrawn = FileManager.default.fileExists(atPath: "\(folder)/\(drawing)")
    return try PagePart(
      name: part.rawValue, title: report.title, circumstances: isSmoke ? "scale smoke" : "scale desktop",
      document: report.document(figure: isDrawn ? drawing : nil), folder: folder,
      base: (isSmoke ? "" : "../") + "\(specification.name)/")
  }
}
