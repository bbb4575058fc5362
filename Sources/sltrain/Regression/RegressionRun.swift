import Configuration
import Experiments
import Files
import Foundation
import Reporting

/// Runs the scale of the regression anew, with this build and from nothing, and gathers its numbers.
///
/// A record says what was run and not which code ran it, so that records of before prove nothing here: the runs have a
/// folder of their own, which is emptied first. Prepared data are the project's.
struct RegressionRun {
  /// The project.
  let project: ProjectFolder
  /// What is run.
  let specification: RegressionSpecification
  /// The experiments that are selected, by name.
  let selection: Selection
  /// Whether nothing is said of progress.
  let isQuiet: Bool

  /// What came of it.
  enum Outcome {
    /// Everything ran.
    case measured(RegressionBaseline)
    /// Something did not; a line each.
    case failed([String])
    /// The user stopped it.
    case interrupted
  }

  private var root: String { project.work + "/regress" }

  private var environment: ExperimentEnvironment {
    var environment = project.environment
    environment.resultsFolder = root + "/results"
    environment.workFolder = root
    return environment
  }

  /// Runs everything, or reads what the last run left.
  ///
  /// - Throws: `Diagnostic` if a specification is wrong, or a file cannot be written.
  func run() throws -> Outcome {
    let known = try environment.experiments()
    let experiments = known.filter { selection.contains($0.name) }
    guard experiments.contains(where: { $0.scales.contains(specification.scale) }) else {
      throw Diagnostic(
        .usage,
        "nothing that is selected has the scale '\(specification.scale.rawValue)'; known: "
          + known.map(\.name).joined(separator: ", "))
    }
    let console = StandardErrorConsole(isQuiet: isQuiet)
    return try FileLock.withLock(project.work + "/regress.lock") {
      console.message("regress: waiting for another regression of this project to end")
    } _: {
      try? FileManager.default.removeItem(atPath: root)
      return try measure(experiments, console)
    }
  }

  private func measure(_ experiments: [Experiment], _ console: any RunConsole) throws -> Outcome {
    var metrics = [Metric("program/numerics", .value, RegressionCircumstances.current.numerics)]
    var failures: [String] = []
    let run = experiments.filter { $0.scales.contains(specification.scale) }
    let progress = OverallProgress(console, estimates: Array(repeating: 0, count: run.count))
    for (index, experiment) in run.enumerated() {
      progress.begin(index, name: experiment.name)
      let report = try reproduction(of: experiment).run(console: progress)
      progress.end()
      guard !report.isInterrupted else { return .interrupted }
      failures += report.failures.map { "\(experiment.name): \($0.cell): \($0.message)" }
      if report.failures.isEmpty { metrics += try gather(experiment) }
    }
    guard failures.isEmpty else { return .failed(failures) }
    metrics += try experiments.flatMap(count)
    return .measured(
      RegressionBaseline(
        scale: specification.scale, circumstances: .current, metrics: metrics.filter(isCompared),
        notes: specification.rules.map(\.text)))
  }

  /// Whether a number is compared anywhere: one that is not is not kept either.
  private func isCompared(_ metric: Metric) -> Bool {
    let rule = specification.rule(for: metric)
    return rule.tolerance != .notCompared || rule.elsewhere != .notCompared
  }

  private func reproduction(of experiment: Experiment) throws -> any Reproduction {
    let options = ReproductionOptions(
      request: CellRequest(scale: specification.scale.rawValue), workers: specification.workers, isQuiet: isQuiet)
    return try experiment.reproduction(options, in: environment)
  }

  /// The numbers of an experiment's records.
  private func gather(_ experiment: Experiment) throws -> [Metric] {
    let store = environment.results(at: specification.scale)
    let request = CellRequest(scale: specification.scale.rawValue)
    switch experiment {
    case .table(let table):
      return try TableData(request.plan(table, environment), records: store).metrics(table.name)
    case .timing(let timing):
      return try TimingRecord(contentsOf: "\(store.root)/\(timing.name).json")
        .metrics(timing.name, over: timing.baseline)
    case .study(let study):
      let quantity = try study.study(at: request.scale).study.quantity
      let record = try StudyRecord(contentsOf: "\(store.root)/\(study.name).json")
      return record?.result.metrics(study.name, quantity: quantity) ?? []
    }
  }

  /// The numbers of a table at the scales of which nothing is run.
  private func count(_ experiment: Experiment) throws -> [Metric] {
    guard case .table(let table) = experiment else { return [] }
    return try specification.counted.filter { experiment.scales.contains($0) }.flatMap { scale in
      let plan = try CellRequest(scale: scale.rawValue).plan(table, environment)
      return try TableData(plan, outcome: { _ in nil }).metrics("\(table.name)@\(scale.rawValue)")
    }
  }
}
