import ArgumentParser
import Configuration
import Experiments

/// What selects the cells of a table on the command line.
struct CellOptions: ParsableArguments {
  @Option(help: "smoke, quick, desktop or paper (default: quick, or the first that the table has).")
  var scale: String?

  @Option(help: "Cells to run: patterns on row/size, separated by commas, such as 'sltrain*' or '*/60m-proxy'.")
  var only: String = ""

  @Option(
    help: "The seed of the final runs, in place of the scale's own; the report's files have names of their own then.")
  var seed: UInt64?

  /// What is asked for of any table.
  var request: CellRequest { CellRequest(scale: scale, selection: Selection(parsing: only), seed: seed) }
}

/// A table and what is selected of it.
struct TableOptions: ParsableArguments {
  @Argument(help: "A specification under experiments/, by name (table-2), or a path to a YAML file.")
  var table: String

  @OptionGroup var cells: CellOptions
}

/// What is asked for of a table: the scale, the cells, the seed.
struct CellRequest {
  /// The scale's name, or nil for the table's default.
  var scale: String?
  var selection = Selection.all
  /// The seed of the final runs, or nil for the scale's own.
  var seed: UInt64?

  /// The plan of what is asked for of a table.
  ///
  /// - Throws: `Diagnostic` at the first setting that is wrong, or if a pattern selects nothing.
  func plan(_ table: TableSpecification, _ environment: ExperimentEnvironment) throws -> Plan {
    try Planner(table, scale: table.scale(scale), resolver: environment.resolver())
      .plan(selection: selection, seeds: seed.map { [$0] })
  }
}
