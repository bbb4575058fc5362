import ArgumentParser
import Configuration
import Foundation

/// Writes a table from the records that are there; runs nothing.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write and print a table from the records that are there; run nothing.")

  @OptionGroup var options: TableOptions

  func run() throws {
    let environment = try ProjectFolder().environment
    let choices = ReproductionOptions(
      request: options.cells.request, workers: ProcessInfo.processInfo.activeProcessorCount)
    try environment.experiment(options.table).reproduction(choices, in: environment).report().show()
  }
}
