import ArgumentParser
import Configuration
import Experiments
import Foundation

/// Prints what a table would run.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Print a table's cells, fully resolved, and what they would cost; nothing is fetched or run.",
    discussion: """
      Without a name, what 'reproduce' would run of each table and about how long that would take.

      With --memory, the bytes of tensors that every row and size takes, by category, and whether they fit this \
      machine; also for a single run's specification, as 'train' takes it.
      """)

  @Argument(
    help: "A specification under experiments/, by name (table-2), or a path to a YAML file (default: all, a line each)."
  )
  var table: String?

  @OptionGroup var cells: CellOptions

  @Flag(help: "Print the planned memory in place of the cells.")
  var memory = false

  @Flag(help: "Print JSON: every cell's whole specification, or with --memory the planned bytes.")
  var json = false

  func validate() throws {
    if table == nil, memory || json { throw ValidationError("--memory and --json go with the name of a table") }
  }

  func run() throws {
    guard let table else { return try describeAll() }
    if memory, try SingleRun.isDescribed(by: table) {
      return show(try MemoryDescription(SingleRun.specificationWithoutData(table), file: table))
    }
    let environment = try ProjectFolder().environment
    try ScaleReporter(environment).refuse(table)
    switch try environment.experiment(table) {
    case .timing(let timing):
      let plan = try TimingReproduction(timing, options: options, environment: environment).plan
      let description = try TimingDescription(plan)
      print(json ? description.resolved.prettyJSON : description.text, terminator: "")
    case .study(let specification):
      let study = try StudyReproduction(specification, options: options, environment: environment)
      let heading = "\(study.name) at scale '\(study.scale.rawValue)': a study, which 'reproduce' runs as a whole"
      print("\(heading)\n  \(specification.title)")
      print(json ? study.study.resolved.prettyJSON : "  numbers     \(study.study.resolved.canonicalJSON)")
    case .table(let specification):
      let plan = try cells.request.plan(specification, environment)
      if memory { return show(try MemoryDescription(plan, environment: environment)) }
      let description = try PlanDescription(plan)
      print(json ? description.resolved.prettyJSON : description.text, terminator: "")
    }
  }

  private var options: ReproductionOptions {
    ReproductionOptions(request: cells.request, workers: ProcessInfo.processInfo.activeProcessorCount)
  }

  private func describeAll() throws {
    print(try Reproductions([], options, in: ProjectFolder().environment).announcement)
  }

  private func show(_ description: MemoryDescription) {
    print(json ? description.resolved.prettyJSON : description.text, terminator: "")
  }
}
