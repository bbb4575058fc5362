import ArgumentParser
import Configuration
import Experiments
import Foundation

/// Runs what tables are missing, and writes and prints them.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce", abstract: "Run what a table or figure is missing, then write and print it.",
    discussion: """
      Cells run side by side, each in a process of its own. What is complete is never run again; what was interrupted \
      goes on from its last checkpoint and ends with the same bits. Records that came with the repository are not taken \
      for your own: the cells are trained here, and compared with them.

      Without a name, or with several, all of them are made: first it says what there is to run and about how long that \
      takes, and last what was made and what failed; a table that fails does not stop the others. Each is made at the \
      scale that is asked for, or is passed over where it has none such; with no scale asked for, at quick or its first. \
      'sltrain describe' says the same and runs nothing. Here a pattern of --only may also name a table: 'figure-*'.

      Examples:
        sltrain reproduce table-2 --only '*/60m-proxy/final'
        sltrain reproduce                           everything that this machine can
        sltrain reproduce table-2 table-7 --scale smoke
      """)

  @Argument(help: "Specifications under experiments/, by name (table-2), or paths to YAML files (default: all).")
  var names: [String] = []

  @OptionGroup var cells: CellOptions

  @Option(help: "Cells side by side (default: the scale's).")
  var jobs: Int?

  @Option(help: "Threads of a cell (default: the scale's); the bits do not depend on it.")
  var workers: Int?

  @Flag(help: "Take records that came with the repository for done.")
  var trustRecords = false

  @Flag(help: "Also train at a scale that trains on request, such as paper.")
  var train = false

  @Flag(help: "Measure times again that were measured here before, and run studies again.")
  var again = false

  @Flag(help: "Print no progress.")
  var quiet = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
    if let workers { try Threads.check(workers) }
  }

  func run() throws {
    let environment = try ProjectFolder().environment
    try names.forEach(ScaleReporter(environment).refuse)
    let console = StandardErrorConsole(isQuiet: quiet)
    let code: Int32
    if names.count == 1 {
      code = try reproduce(names[0], environment, console)
    } else {
      let all = try Reproductions(names, options, in: environment)
      console.message(all.announcement)
      code = all.run(console: console)
    }
    if code != 0 { throw ExitCode(code) }
  }

  private func reproduce(
    _ name: String, _ environment: ExperimentEnvironment, _ console: any RunConsole
  ) throws -> Int32 {
    let experiment = try environment.experiment(name)
    if again, case .table = experiment {
      throw Diagnostic(
        .usage,
        "'\(name)' is no table of times and no study; '--again' is for those, a complete cell is never run twice")
    }
    let reproduction = try experiment.reproduction(options, in: environment)
    let report = try reproduction.run(console: console)
    if !report.isInterrupted { try reproduction.report().show() }
    return report.exitCode
  }

  private var options: ReproductionOptions {
    ReproductionOptions(
      request: cells.request,
      run: RunOptions(jobs: jobs, workers: workers, trustsRecords: trustRecords, trainsOnRequest: train), again: again,
      workers: workers ?? ProcessInfo.processInfo.activeProcessorCount, isQuiet: quiet)
  }
}
