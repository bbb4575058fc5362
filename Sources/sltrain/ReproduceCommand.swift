import ArgumentParser
import Configuration
import Experiments
import Foundation

/// Runs what a table is missing, and writes and prints the table.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce", abstract: "Run what a table or figure is missing, then write and print it.",
    discussion: """
      Cells run side by side, each in a process of its own. What is complete is never run again; what was interrupted \
      goes on from its last checkpoint and ends with the same bits. Records that came with the repository are not taken \
      for your own: the cells are trained here, and compared with them.
      """)

  @OptionGroup var options: TableOptions

  @Option(help: "Cells side by side (default: the scale's).")
  var jobs: Int?

  @Option(help: "Threads of a cell (default: the scale's); the bits do not depend on it.")
  var workers: Int?

  @Flag(help: "Take records that came with the repository for done.")
  var trustRecords = false

  @Flag(help: "Also train at a scale that trains on request, such as paper.")
  var train = false

  @Flag(help: "Measure times again that were measured here before.")
  var again = false

  @Flag(help: "Print no progress.")
  var quiet = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
    if let workers { try Threads.check(workers) }
  }

  func run() throws {
    let environment = try options.environment()
    try options.refuseGathered(environment)
    let threads = workers ?? ProcessInfo.processInfo.activeProcessorCount
    if let timing = try environment.timing(options.table) {
      return try TimingCommandRunner(
        specification: timing, options: options, environment: environment, workers: threads
      ).measure(again: again, trustsRecords: trustRecords, isQuiet: quiet)
    }
    guard !again else {
      throw Diagnostic(
        .usage, "'\(options.table)' is no table of times; '--again' is for those, a complete cell is never run twice")
    }
    if let study = try environment.study(options.table) {
      return try StudyRunner(
        specification: study, scale: options.scale, environment: environment,
        workers: threads, isQuiet: quiet
      ).run()
    }
    let plan = try options.plan(environment)
    let console = StandardErrorConsole(isQuiet: quiet)
    let data = PlannedData(
      environment, workers: ProcessInfo.processInfo.activeProcessorCount,
      progress: PreparationPrinter(isQuiet: quiet).print)
    let runner = TableRunner(
      plan, environment: environment,
      options: RunOptions(jobs: jobs, workers: workers, trustsRecords: trustRecords, trainsOnRequest: train),
      console: console, rows: data.digests)
    let reporter = TableReporter(options: options, environment: environment)
    try reporter.check()
    let report = try runner.run()
    if plan.needsRuns { console.message(report.summary) }
    if !report.isInterrupted { try reporter.run() }
    if report.exitCode != 0 { throw ExitCode(report.exitCode) }
  }
}
