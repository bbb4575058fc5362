import ArgumentParser
import Configuration
import Experiments
import Modeling
import Training

/// Prints what a table would run.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Print a table's cells, fully resolved, and what they would cost; nothing is fetched or run.",
    discussion: """
      With --memory, the bytes of tensors that every row and size takes, by category, and whether they fit this \
      machine; also for a single run's specification, as 'train' takes it.
      """)

  @OptionGroup var options: TableOptions

  @Flag(help: "Print the planned memory in place of the cells.")
  var memory = false

  @Flag(help: "Print JSON: every cell's whole specification, or with --memory the planned bytes.")
  var json = false

  func run() throws {
    if try !SingleRun.isDescribed(by: options.table) { try options.refuseGathered(options.environment()) }
    if try !SingleRun.isDescribed(by: options.table), let timing = try options.environment().timing(options.table) {
      let runner = TimingCommandRunner(
        specification: timing, options: options, environment: try options.environment())
      let description = try TimingDescription(runner.plan())
      return print(json ? description.resolved.prettyJSON : description.text, terminator: "")
    }
    if try !SingleRun.isDescribed(by: options.table), let study = try options.environment().study(options.table) {
      let (scale, numbers) = try study.study(at: options.scale)
      print("\(study.name) at scale '\(scale.rawValue)': a study, which 'reproduce' runs as a whole\n  \(study.title)")
      return print(json ? numbers.resolved.prettyJSON : "  numbers     \(numbers.resolved.canonicalJSON)")
    }
    if memory { return try describeMemory() }
    let description = try PlanDescription(options.plan(options.environment()))
    print(json ? description.resolved.prettyJSON : description.text, terminator: "")
  }

  private func describeMemory() throws {
    let description: MemoryDescription
    if try SingleRun.isDescribed(by: options.table) {
      description = try MemoryDescription(SingleRun.specificationWithoutData(options.table), file: options.table)
    } else {
      let environment = try options.environment()
      description = try MemoryDescription(options.plan(environment), environment: environment)
    }
    print(json ? description.resolved.prettyJSON : description.text, terminator: "")
  }
}
