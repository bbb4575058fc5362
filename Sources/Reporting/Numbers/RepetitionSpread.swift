/// Numbers of runs that repeat one another in two ways: repetitions of the same seed, and seeds of the same repetition.
///
/// Each spread is pooled: the root of the mean of the groups' variances, so that what a seed does to all of its repetitions
/// is no part of the spread over repetitions, nor the other way round.
public struct RepetitionSpread: Equatable, Sendable {
  /// The mean of all runs.
  public let mean: Double
  /// The standard deviation over the repetitions of a seed; nil of a single repetition.
  public let overRepetitions: Double?
  /// The standard deviation over the seeds of a repetition; nil of a single seed.
  public let overSeeds: Double?
  /// Every run's distance from the mean of its seed, repetitions first.
  public let deviations: [Double]

  /// The spreads of `runs[repetition][seed]`, or nil without a run or where repetitions have different numbers of seeds.
  public init?(_ runs: [[Double]]) {
    let seeds = runs.first?.count ?? 0
    guard seeds > 0, runs.allSatisfy({ $0.count == seeds }) else { return nil }
    let bySeed = (0..<seeds).map { seed in runs.map { $0[seed] } }
    mean = Statistics(runs.flatMap(\.self))!.mean
    overRepetitions = Self.pooled(bySeed)
    overSeeds = Self.pooled(runs)
    let means = bySeed.map { Statistics($0)!.mean }
    deviations = runs.flatMap { run in zip(run, means).map { $0 - $1 } }
  }

  private static func pooled(_ groups: [[Double]]) -> Double? {
    let variances = groups.compactMap { Statistics($0)?.deviation.map { $0 * $0 } }
    return Statistics(variances)?.mean.squareRoot()
  }
}
