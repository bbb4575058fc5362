import Configuration
import Experiments
import Foundation
import Tensors
import Training

/// Measures what is selected, group by group, and keeps the record up to date.
public struct BenchmarkRunner {
  /// What is done next, for a person who waits.
  public struct Progress: Sendable {
    /// The group and the contender.
    public var what: String
    /// Seconds that the rest may take; nil before anything is known.
    public var secondsLeft: Double?
  }

  /// The user asked for an end; what was complete by then is in the record.
  public struct Interrupted: Error {}

  private let scale: BenchmarkScale
  private let workers: Int
  private let recordFile: String
  private let progress: (Progress) -> Void

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - rounds: goes of each contender, in place of the scale's; nil for those.
  ///   - recordFile: the record, which is read first and written after every group.
  public init(
    _ scale: BenchmarkScale, workers: Int, rounds: Int? = nil, recordFile: String,
    progress: @escaping (Progress) -> Void = { _ in }
  ) {
    self.scale = rounds.map(scale.with(rounds:)) ?? scale
    self.workers = workers
    self.recordFile = recordFile
    self.progress = progress
  }

  /// Measures the ceilings, and the groups that are selected.
  ///
  /// - Returns: the record, with what was measured before and is not selected now.
  /// - Throws: `Diagnostic` if nothing is selected, a method cannot be built, or the record cannot be written;
  ///   ``Interrupted``.
  public func run(_ selection: Selection = .all) throws -> BenchmarkRecord {
    let plan = scale.plan(workers: workers)
    let names = scale.groupNames
    if let pattern = selection.unmatched(in: names) {
      throw Diagnostic(.usage, "'\(pattern)' selects nothing; known: " + names.joined(separator: ", "))
    }
    return try run(plan.filter { selection.contains($0.name) }, order: names)
  }

  /// Measures our own updates beside those of another program.
  ///
  /// - Parameter command: starts the program; see ``PeerProcess``.
  public func run(peer command: String) throws -> BenchmarkRecord {
    let contenders = try PeerContenders(scale.peers, command: command, workers: workers)
    var machine = Machine.current
    machine.peer = "\(contenders.process.name) (\(contenders.process.details))"
    let group = scale.plan(contenders, workers: workers)
    return try run([group], order: [BenchmarkScale.ceilingGroup, group.name], machine: machine)
  }

  private func run(
    _ plan: [PlannedGroup], order: [String], machine: Machine = .current
  ) throws -> BenchmarkRecord {
    var record = try BenchmarkRecord(file: recordFile)
    let ceilingPlan = PlannedGroup(
      name: BenchmarkScale.ceilingGroup, title: "the machine", rounds: scale.rounds, warmUp: 1,
      estimate: 4 * Double(scale.rounds + 1)
    ) { _ in scale.ceilings.make(workers: workers) }
    var clock = Clock(plan: [ceilingPlan] + plan)
    return try StopSignals.catching {
      var ceilings = Ceilings()
      for planned in [ceilingPlan] + plan {
        let measured = try measure(planned, ceilings, &clock)
        if planned.name == BenchmarkScale.ceilingGroup { ceilings = Ceilings(measured.measurements) }
        record.put(
          MeasuredGroup(
            name: planned.name, title: planned.title, machine: machine, ceilings: ceilings,
            calibration: measured.calibration, measurements: measured.measurements))
        record.sort(as: order)
        try record.write(to: recordFile)
      }
      return record
    }
  }

  private func measure(
    _ planned: PlannedGroup, _ ceilings: Ceilings, _ clock: inout Clock
  ) throws -> (calibration: Calibration, measurements: [Measurement]) {
    progress(Progress(what: "\(planned.name): laying out", secondsLeft: clock.secondsLeft))
    let before = calibrate()
    let contenders = try planned.make(ceilings)
    clock.begin(planned, goes: contenders.count * (planned.rounds + 1))
    let timing = InterleavedTiming(contenders.map(\.run), rounds: planned.rounds, warmUp: planned.warmUp)
    let result = try timing.measure { turn in
      guard StopSignals.requests == 0 else { throw Interrupted() }
      let number = turn.round == 0 ? "warm-up" : "round \(turn.round) of \(turn.rounds)"
      progress(Progress(what: "\(planned.name): \(number), \(turn.name)", secondsLeft: clock.secondsLeft))
      clock.go()
    }
    var measurements = zip(contenders, result.series).map { $0.measured($1) }
    if !result.staysLaidOut {
      for index in measurements.indices {
        measurements[index].note =
          (measurements[index].note.map { "\($0) " } ?? "")
          + "Each was laid out anew for every round, as all do not fit the machine together."
      }
    }
    clock.end()
    return (Calibration(before: before, after: calibrate()), measurements)
  }

  /// Operations a second of multiply-adds on all workers: the median of some short spins.
  private func calibrate() -> Double {
    let spin = CeilingContenders.multiplyAdds(Workers(workers), seconds: scale.ceilings.shortest)
    let result = try? InterleavedTiming([spin.run], rounds: 5).measure()
    return result?.series.first.map(spin.measured)?.operationRate ?? 0
  }
}

/// Works out what time is left from what the groups before took against what was expected of them.
private struct Clock {
  private let start = ContinuousClock.now
  private var ahead: Double
  private var done = 0.0
  private var current = 0.0
  private var goes = 1
  private var made = 0

  init(plan: [PlannedGroup]) { ahead = plan.reduce(0) { $0 + $1.estimate } }

  mutating func begin(_ group: PlannedGroup, goes: Int) {
    (current, self.goes, made) = (group.estimate, max(1, goes), -1)
  }

  mutating func go() { made += 1 }

  mutating func end() {
    ahead -= current
    done += current
    current = 0
  }

  var secondsLeft: Double? {
    let part = current * Double(max(0, made)) / Double(goes)
    guard done + part > 0 else { return nil }
    return (ContinuousClock.now - start) / .seconds(1) / (done + part) * (ahead - part)
  }
}
