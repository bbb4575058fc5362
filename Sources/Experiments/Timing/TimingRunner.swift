import Configuration
import Foundation
import Tensors
import Training

/// Measures what a plan is missing, size by size; a size that is complete is on disk before the next one begins.
public struct TimingRunner {
  private let plan: TimingPlan
  private let environment: ExperimentEnvironment
  private let measuresAgain: Bool
  private let trustsRecords: Bool
  private let console: any RunConsole

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - measuresAgain: whether a size is measured that was measured here before.
  ///   - trustsRecords: whether records that came with the repository are taken for this machine's own.
  public init(
    _ plan: TimingPlan, environment: ExperimentEnvironment, measuresAgain: Bool, trustsRecords: Bool,
    console: any RunConsole
  ) {
    self.plan = plan
    self.environment = environment
    self.measuresAgain = measuresAgain
    self.trustsRecords = trustsRecords
    self.console = console
  }

  /// The sizes of the plan that need no measurement, by label, with the record that makes them so.
  private func known(_ own: TimingRecord, _ published: TimingRecord) -> [String: TimingRecord.Size] {
    var known: [String: TimingRecord.Size] = [:]
    for size in plan.sizes where !measuresAgain {
      let label = size.size.size.label
      known[label] = [own[label], trustsRecords ? published[label] : nil].compactMap(\.self)
        .first { $0.identity == size.identity.hexadecimal }
    }
    return known
  }

  private var workFile: String { "\(environment.work(at: plan.scale.name).root)/\(plan.table.name).json" }
  private var resultsFile: String { "\(environment.results(at: plan.scale.name).root)/\(plan.table.name).json" }

  /// What is to be measured, and how long that takes, roughly.
  ///
  /// - Throws: ``Diagnostic`` if a run cannot be laid out, or a record cannot be read.
  public func outlook() throws -> Outlook {
    let known = try known(TimingRecord(contentsOf: workFile), TimingRecord(contentsOf: resultsFile))
    let items = zip(plan.sizes, try TimingDescription(plan).secondsOfSizes).compactMap { size, seconds in
      known[size.size.size.label] == nil ? Outlook.Item(key: size.identity.hexadecimal, seconds: seconds) : nil
    }
    return Outlook(items: items, done: known.count)
  }

  /// Measures, and publishes every size that was measured here; a published size that was not stays as it is.
  ///
  /// - Throws: ``Diagnostic`` if a run does not fit the machine, or a file cannot be read or written.
  @discardableResult public func run() throws -> RunReport {
    var report = RunReport(verb: "measured")
    var own = try TimingRecord(contentsOf: workFile)
    var published = try TimingRecord(contentsOf: resultsFile)
    let known = known(own, published)
    for size in plan.sizes {
      let label = size.size.size.label
      if let record = known[label] {
        console.message(
          "\(label): measured on \(record.manifest.started.prefix(10)) and not again; '--again' measures it anew")
        published.take(record)
        report.skipped.append(label)
        continue
      }
      let measured = try measure(size)
      own.take(measured)
      try own.write(to: workFile)
      published.take(measured)
      try published.write(to: resultsFile)
      report.trained.append(label)
    }
    let order = plan.scale.sizes.map(\.size.label)
    published.sizes = order.compactMap { published[$0] }
    try published.write(to: resultsFile)
    return report
  }

  private func measure(_ size: TimingSizePlan) throws -> TimingRecord.Size {
    let label = size.size.size.label
    let start = Date()
    let groups = try size.groups.map { group in
      let runs = try group.runs(plan.table.kind, workers: plan.workers) { row, why in
        console.message("\(label), \(group.batch.text) tokens, \(row.label): left out; \(why.message)")
      }
      let timing = InterleavedTiming(
        runs, rounds: size.size.rounds, steps: size.size.steps, warmUp: size.size.warmUp)
      let result = try timing.measure { progress in
        let left = progress.secondsLeft.map { ", about \(Self.text($0)) left of this batch" } ?? ""
        let turn = progress.round == 0 ? "laid out" : "round \(progress.round) of \(progress.rounds)"
        console.progress("\(label), \(group.batch.text) tokens, \(progress.name): \(turn)\(left)")
      }
      return TimingRecord.Group(batch: group.batch, result: result)
    }
    let seconds = -start.timeIntervalSinceNow
    console.message("\(label): measured in \(Self.text(seconds))")
    let manifest = RunManifest.current(
      threads: plan.workers, requestedFor: "\(plan.table.name)/\(size.size.size.slug)",
      started: start.formatted(.iso8601), ended: Date().formatted(.iso8601), seconds: seconds, tokensPerSecond: 0,
      arenas: "", forms: "")
    return TimingRecord.Size(
      label: label, identity: size.identity.hexadecimal, groups: groups, manifest: manifest, numerics: Numerics.version)
  }

  static func text(_ seconds: Double) -> String {
    seconds < 90 ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded())) min"
  }
}
