import ArgumentParser
import Configuration
import Experiments

/// What selects the cells of a table on the command line.
struct TableOptions: ParsableArguments {
  @Argument(help: "A specification under experiments/, by name (table-2), or a path to a YAML file.")
  var table: String

  @Option(help: "smoke, quick, desktop or paper (default: quick, or the first that the table has).")
  var scale: String?

  @Option(help: "Cells to run: patterns on row/size, separated by commas, such as 'sltrain*' or '*/60m-proxy'.")
  var only: String = ""

  @Option(
    help: "The seed of the final runs, in place of the scale's own; the report's files have names of their own then.")
  var seed: UInt64?

  /// The project's folders as experiments see them.
  func environment() throws -> ExperimentEnvironment {
    let project = try ProjectFolder()
    return ExperimentEnvironment(
      experimentsFolder: project.experiments, resultsFolder: project.results, workFolder: project.work)
  }

  /// Refuses what gathers records and has nothing to run.
  ///
  /// - Throws: `Diagnostic` that says what writes it.
  func refuseGathered(_ environment: ExperimentEnvironment) throws {
    guard try table == ScaleReporter.verdicts || ScaleReporter(environment).audit(table) != nil else { return }
    throw Diagnostic(.usage, "'\(table)' gathers records and has nothing to run; use 'sltrain report \(table)'")
  }

  /// The plan of what is selected.
  func plan(_ environment: ExperimentEnvironment) throws -> Plan {
    let table = try environment.table(table)
    let planner = Planner(table, scale: try table.scale(scale), resolver: try environment.resolver())
    return try planner.plan(selection: Selection(parsing: only), seeds: seed.map { [$0] })
  }
}
