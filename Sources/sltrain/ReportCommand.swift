import ArgumentParser
import Configuration
import Experiments
import Reporting

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
    let environment = try options.environment()
    let pages = ScaleReporter(environment)
    if options.table == PageReporter.name { return try PageReporter(environment).run(scale: options.scale) }
    if options.table == ScaleReporter.verdicts { return try pages.writeVerdicts(scale: options.scale) }
    if let audit = try pages.audit(options.table) { return try pages.write(audit, scale: options.scale) }
    if let timing = try environment.timing(options.table) {
      return try TimingCommandRunner(specification: timing, options: options, environment: environment).report()
    }
    if let study = try environment.study(options.table) {
      let report = try StudyReport(study, scale: options.scale, environment: environment)
      return try StudyRunner.write(report, into: environment.results(at: study.study(at: options.scale).scale).root)
    }
    try TableReporter(options: options, environment: environment).run()
  }
}
