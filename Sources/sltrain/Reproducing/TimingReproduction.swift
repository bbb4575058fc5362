import Configuration
import Experiments
import Foundation
import Reporting

/// A table of times that is made: its rows are timed in turn, size by size.
struct TimingReproduction: Reproduction {
  /// What is asked for of the table.
  let plan: TimingPlan
  private let options: ReproductionOptions
  private let environment: ExperimentEnvironment

  /// Plans what is asked for.
  ///
  /// - Throws: `Diagnostic` if something is asked for that times do not have, or a run cannot be read.
  init(_ table: TimingSpecification, options: ReproductionOptions, environment: ExperimentEnvironment) throws {
    guard options.request.seed == nil else {
      throw Diagnostic(.usage, "'\(table.name)' measures times, which have no seed; leave '--seed' out")
    }
    plan = try TimingPlan(
      table, scale: table.scale(options.request.scale), selection: options.request.selection, workers: options.workers,
      environment: environment)
    self.options = options
    self.environment = environment
  }

  var name: String { plan.table.name }
  var scale: ScaleName { plan.scale.name }

  func outlook() throws -> Outlook { try runner(SilentConsole()).outlook() }

  func run(console: any RunConsole) throws -> RunReport {
    _ = try (plan.table.parsedClaims(), source())
    return try runner(console).run()
  }

  func report() throws -> WrittenReport {
    let report = TimingReport(try source())
    return try .writing(report.markdown()) {
      try report.write(into: environment.results(at: scale).root) + ScaleReporter(environment).refresh(after: scale)
    }
  }

  private func runner(_ console: any RunConsole) -> TimingRunner {
    TimingRunner(
      plan, environment: environment, measuresAgain: options.again, trustsRecords: options.run.trustsRecords,
      console: console)
  }

  private func source() throws -> TimingSource {
    try TimingSource(plan.table, scale: plan.scale, environment: environment)
  }
}
