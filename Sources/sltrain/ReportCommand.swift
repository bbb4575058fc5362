import ArgumentParser
import Configuration
import Foundation

/// Writes a table from the records that are there; runs nothing.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write and print a table from the records that are there; run nothing.",
    discussion: """
      'report verdicts' writes and prints the verdicts on all claims of all tables at a scale, 'report audit' the known \
      problems of the published numbers; 'report page' writes all that there is of a scale as one page of HTML, \
      results/quick/report.html.
      """)

  @OptionGroup var options: TableOptions

  func run() throws {
    let environment = try ProjectFolder().environment
    let (name, scale) = (options.table, options.cells.scale)
    let pages = ScaleReporter(environment)
    if name == PageReporter.name { return try PageReporter(environment).run(scale: scale) }
    if name == ScaleReporter.verdicts { return try pages.writeVerdicts(scale: scale) }
    if let audit = try pages.audit(name) { return try pages.write(audit, scale: scale) }
    let choices = ReproductionOptions(
      request: options.cells.request, workers: ProcessInfo.processInfo.activeProcessorCount)
    try environment.experiment(name).reproduction(choices, in: environment).report().show()
  }
}
