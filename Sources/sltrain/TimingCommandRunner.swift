import Configuration
import Experiments
import Foundation
import Reporting

/// Measures a table of times, writes it and prints it.
struct TimingCommandRunner {
  let specification: TimingSpecification
  let options: TableOptions
  let environment: ExperimentEnvironment
  var workers = ProcessInfo.processInfo.activeProcessorCount

  /// The plan of what is selected.
  ///
  /// - Throws: `Diagnostic` if something is asked for that times do not have, or a run cannot be read.
  func plan() throws -> TimingPlan {
    guard options.seed == nil else {
      throw Diagnostic(.usage, "'\(specification.name)' measures times, which have no seed; leave '--seed' out")
    }
    return try TimingPlan(
      specification, scale: specification.scale(options.scale), selection: Selection(parsing: options.only),
      workers: workers, environment: environment)
  }

  func measure(again: Bool, trustsRecords: Bool, isQuiet: Bool) throws {
    let plan = try plan()
    // What would go wrong in the report goes wrong now.
    _ = try (specification.parsedClaims(), source())
    try TimingRunner(
      plan, environment: environment, measuresAgain: again, trustsRecords: trustsRecords,
      console: StandardErrorConsole(isQuiet: isQuiet)
    ).run()
    try report()
  }

  /// Writes the page and its figures from the record, and prints the page.
  func report() throws {
    let source = try source()
    let report = TimingReport(source)
    print(try report.markdown())
    let files = try report.write(into: environment.results(at: source.scale.name).root)
    print("written:")
    for file in files + (try ScaleReporter(environment).refresh(after: source.scale.name)) { print("  \(file)") }
  }

  private func source() throws -> TimingSource {
    try TimingSource(specification, scale: specification.scale(options.scale), environment: environment)
  }
}
