import ArgumentParser
import Configuration
import Experiments

/// Prints what a table would run.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Print a table's cells, fully resolved, and what they would cost; nothing is fetched or run.")

  @OptionGroup var options: TableOptions

  @Flag(help: "Print every cell's whole specification as JSON.")
  var json = false

  func run() throws {
    let description = try PlanDescription(options.plan(options.environment()))
    print(json ? description.resolved.prettyJSON : description.text, terminator: "")
  }
}
