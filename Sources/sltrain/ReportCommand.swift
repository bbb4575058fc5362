import ArgumentParser
import Configuration
import Experiments
import Reporting

/// Writes a table from the records that are there; runs nothing.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write and print a table from the records that are there; run nothing.",
    discussion: """
      'report verdicts' writes and prints the verdicts on all claims of all tables at a scale; 'report page' writes all \
      that there is of a scale as one page of HTML: results/quick/report.html.
      """)

  @OptionGroup var options: TableOptions

  func run() throws {
    let environment = try options.environment()
    if options.table == VerdictReporter.name { return try VerdictReporter(environment).run(scale: options.scale) }
    if options.table == PageReporter.name { return try PageReporter(environment).run(scale: options.scale) }
    if let timing = try environment.timing(options.table) {
      return try TimingCommandRunner(specification: timing, options: options, environment: environment).report()
    }
    if let study = try environment.study(options.table) {
      let (scale, _) = try study.study(at: options.scale)
      let report = try StudyReport(study, scale: scale.rawValue, environment: environment)
      print(report.markdown + "\nwritten:")
      for file in try report.write(into: environment.results(at: scale).root) { print("  \(file)") }
      return
    }
    try TableReporter(options: options, environment: environment).run()
  }
}
