import Benchmarks
import Configuration
import Experiments
import Files
import Foundation
import Reporting

/// Writes the page of a scale.
struct PageReporter {
  /// What the command line calls it, in the place of a table's name.
  static let name = "page"

  private let environment: ExperimentEnvironment

  init(_ environment: ExperimentEnvironment) { self.environment = environment }

  /// Draws what the page alone shows, and writes the page.
  ///
  /// - Throws: `Diagnostic` if there is no such scale, if a specification or a record is wrong, if gnuplot is missing, or if
  ///   the page cannot be written.
  func run(scale word: String?) throws {
    let scale = try ScaleName(word)
    var drawings: [String] = []
    let page = try ReportPage(
      scale: scale, environment: environment, others: BenchmarkParts(environment, scale: scale).all()
    ) { figure, folder in
      try figure.draw(into: folder)
      drawings.append("\(folder)/\(figure.name).svg")
    }
    let folder = environment.results(at: scale).root
    let path = "\(folder)/\(ReportPage.fileName)"
    try AtomicFileWriter.makeFolder(folder)
    try AtomicFileWriter.write(page.html.utf8, to: path)
    print("written:")
    for file in drawings + [path] { print("  \(file)") }
  }
}
