import ArgumentParser
import Configuration

/// Writes a table from the records that are there; runs nothing.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write and print a table from the records that are there; run nothing.",
    discussion: "'report verdicts' writes and prints the verdicts on all claims of all tables at a scale.")

  @OptionGroup var options: TableOptions

  func run() throws {
    let environment = try options.environment()
    if options.table == VerdictReporter.name { return try VerdictReporter(environment).run(scale: options.scale) }
    if let timing = try environment.timing(options.table) {
      return try TimingCommandRunner(specification: timing, options: options, environment: environment).report()
    }
    if let study = try environment.study(options.table) {
      throw Diagnostic(
        .usage,
        "'\(study.name)' is a study, whose page is written when it is run; use 'sltrain reproduce \(study.name)', which takes "
          + "seconds")
    }
    try TableReporter(options: options, environment: environment).run()
  }
}
