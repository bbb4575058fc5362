import Configuration
import Foundation
import Training

/// How long runs take: what an estimate goes by. A run that was made before, here or where the committed records come
/// from, takes as long again; another is reckoned from the runs whose models are nearest to its own in size.
public struct RunCosts: Sendable {
  private struct Sample {
    let parameters: Double
    /// Operations a second, by ``operations(parameters:tokens:)``.
    let rate: Double
  }

  private let seconds: [Digest: Double]
  private let samples: [Sample]

  /// Runs that a rate is the middle of.
  private static let neighbours = 5

  /// Learns from records; those of this machine come last, and count where both know a run.
  public init(_ records: [RunRecord]) {
    var seconds: [Digest: Double] = [:]
    var samples: [Sample] = []
    for record in records {
      guard let summary = record.summary, let manifest = record.manifest, manifest.seconds > 0 else { continue }
      seconds[record.specification.digest] = manifest.seconds
      let work = Self.operations(parameters: summary.parameterCount, tokens: summary.tokensSeen)
      guard work > 0 else { continue }
      samples.append(Sample(parameters: Double(summary.parameterCount), rate: work / manifest.seconds))
    }
    self.seconds = seconds
    self.samples = samples
  }

  /// Six for every parameter and token.
  private static func operations(parameters: Int, tokens: Int) -> Double { 6 * Double(parameters) * Double(tokens) }

  /// Seconds that a cell takes, roughly.
  public func seconds(of cell: PlannedCell) -> Double {
    if cell.isDecided, let known = seconds[cell.specification.digest] { return known }
    let training = cell.training
    let parameters = training.footprint.storedParameters
    let operations = Self.operations(parameters: parameters, tokens: training.tokenSlots)
    guard let rate = rate(parameters: Double(parameters)) else { return ExpectedRate.seconds(operations, workers: 1) }
    return operations / rate
  }

  /// The rate of the runs whose models are nearest in size; nil where no run is known.
  private func rate(parameters: Double) -> Double? {
    func distance(_ sample: Sample) -> Double { abs(log(sample.parameters / max(1, parameters))) }
    let nearest = samples.sorted { distance($0) < distance($1) }.prefix(Self.neighbours).map(\.rate).sorted()
    return nearest.isEmpty ? nil : nearest[nearest.count / 2]
  }
}
