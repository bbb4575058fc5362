/// Times several runs in turn, A B C A B C …, so that whatever else slows the machine down slows all of them alike.
public struct InterleavedTiming {
  /// How far a measurement is.
  public struct Progress: Sendable {
    /// The run that is next.
    public var name: String
    /// The round, from 1; 0 of the warm-up.
    public var round: Int
    /// Rounds in all.
    public var rounds: Int
    /// Seconds that are left, as far as is known by now.
    public var secondsLeft: Double?
  }

  /// The runs.
  public let runs: [TimedRun]
  /// How often each has its turn.
  public let rounds: Int
  /// Measured steps of a turn.
  public let steps: Int
  /// Steps before the first measured one, each time that a run is laid out. Where there are any, there is one more the
  /// first time for a search; where there are none, that falls into the first measured step, and is taken off its time.
  public let warmUp: Int
  /// Whether all runs fit the machine together, and stay laid out.
  public let staysLaidOut: Bool

  /// Creates a measurement.
  ///
  /// - Parameter available: bytes of memory; the machine's where nothing is given.
  public init(
    _ runs: [TimedRun], rounds: Int, steps: Int = 1, warmUp: Int = 1, available: Int = MemoryPlan.machineBytes
  ) {
    precondition(rounds > 0 && steps > 0, "a measurement has one round or more, and a round a step")
    self.runs = runs
    self.rounds = rounds
    self.steps = steps
    self.warmUp = warmUp
    let together = runs.reduce(0) { $0 + $1.plannedBytes }
    staysLaidOut = together + MemoryPlan.reserve <= available
  }

  /// Measures.
  ///
  /// - Parameter progress: is told before every turn; what it throws ends the measurement.
  /// - Throws: `Diagnostic` if a run cannot be laid out, or what `progress` throws.
  public func measure(progress: (Progress) throws -> Void = { _ in }) throws -> TimingResult {
    var series = runs.map {
      TimedSeries(name: $0.name, tokens: $0.tokens, workers: $0.workers, searchPeriod: $0.searchPeriod)
    }
    var standing: [Int: any TimedWork] = [:]
    if staysLaidOut {
      for index in runs.indices {
        try progress(Progress(name: runs[index].name, round: 0, rounds: rounds))
        standing[index] = try layOut(runs[index], isFirst: true, noting: &series[index])
      }
    }
    for round in 1...rounds {
      for index in runs.indices {
        try progress(
          Progress(
            name: runs[index].name, round: round, rounds: rounds, secondsLeft: secondsLeft(series, round, index)))
        let work = try standing[index] ?? layOut(runs[index], isFirst: round == 1, noting: &series[index])
        try takeTurn(work, noting: &series[index])
      }
    }
    return TimingResult(series: series, staysLaidOut: staysLaidOut)
  }

  /// Lays a run out and warms it up: with its first search only once, however often it is laid out.
  private func layOut(_ run: TimedRun, isFirst: Bool, noting series: inout TimedSeries) throws -> any TimedWork {
    let work = try run.layOut(isFirst)
    let search = isFirst && run.searchPeriod > 1 && warmUp > 0 ? 1 : 0
    for _ in 0..<search + warmUp { note(try work.step(), in: &series) }
    return work
  }

  private func takeTurn(_ work: any TimedWork, noting series: inout TimedSeries) throws {
    series.rounds.append(
      try (0..<steps).map { _ in
        let time = try work.step()
        note(time, in: &series)
        return time.plainSeconds
      })
    (series.liveBytes, series.peakBytes) = work.bytes
    series.forms = work.forms
  }

  private func note(_ time: StepTime, in series: inout TimedSeries) {
    if let seconds = time.searchSeconds { series.searches.append(seconds) }
  }

  /// What is left of the measured steps; nil before every run has had a turn.
  private func secondsLeft(_ series: [TimedSeries], _ round: Int, _ next: Int) -> Double? {
    guard round > 1 else { return nil }
    let stepsOfTurn = Double(steps + (staysLaidOut ? 0 : warmUp))
    return series.indices.reduce(0) { sum, index in
      let turns = rounds - round + (index >= next ? 1 : 0)
      return sum + Double(turns) * stepsOfTurn * (series[index].seconds?.median ?? 0)
    }
  }
}
