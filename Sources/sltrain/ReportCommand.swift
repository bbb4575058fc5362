import ArgumentParser
import Configuration

/// Writes a table from the records that are there; runs nothing.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write and print a table from the records that are there; run nothing.")

  @OptionGroup var options: TableOptions

  func run() throws { try TableReporter(options: options, environment: options.environment()).run() }
}
