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

  /// Measures, and publishes every size that was measured here; a published size that was not stays as it is.
  ///
  /// - Throws: ``Diagnostic`` if a run does not fit the machine, or a file cannot be read or written.
  public func run() throws {
    let file = "\(plan.table.name).json"
    let work = "\(environment.work(at: plan.scale.name).root)/\(file)"
    let results = "\(environment.results(at: plan.scale.name).root)/\(file)"
    var own = try TimingRecord(contentsOf: work)
    var published = try TimingRecord(contentsOf: results)
    for size in plan.sizes {
      let label = size.size.size.label
      let known = [own[label], trustsRecords ? published[label] : nil].compactMap(\.self)
      if !measuresAgain, let record = known.first(where: { $0.identity == size.identity.hexadecimal }) {
        console.message(
          "\(label): measured on \(record.manifest.started.prefix(10)) and not again; '--again' measures it anew")
        published.take(record)
        continue
      }
      let measured = try measure(size)
      own.take(measured)
      try own.write(to: work)
      published.take(measured)
      try published.write(to: results)
    }
    let order = plan.scale.sizes.map(\.size.label)
    published.sizes = order.compactMap { published[$0] }
    try published.write(to: results)
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
