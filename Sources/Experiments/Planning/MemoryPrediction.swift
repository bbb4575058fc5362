import Foundation
import MemoryAccounting
import Training

/// The most bytes that a run will have live at once, known before it is made.
public struct MemoryPrediction: Equatable, Sendable {
  /// By category, and `total`: in the form in which a run's ``CellOutcome/peakBytes`` are measured.
  public var peakBytes: [String: Int]

  /// Creates a prediction.
  public init(peakBytes: [String: Int]) { self.peakBytes = peakBytes }

  /// The prediction of a plan.
  init(_ plan: MemoryPlan) {
    peakBytes = Dictionary(uniqueKeysWithValues: plan.peakBytes.map { ($0.key.rawValue, $0.value) })
    peakBytes["total"] = plan.totalPeakBytes
  }

  /// The most bytes at once.
  public var total: Int { peakBytes["total"] ?? 0 }

  /// Whether a machine has that much, with room for the program beside it.
  public func fits(machineBytes: Int) -> Bool { total + MemoryPlan.reserve <= machineBytes }

  /// Why a run is predicted and not made: `needs 28.40 GB, and this machine has 25.28 GB, of which 1.00 GB is reserved`.
  func excess(over machineBytes: Int) -> String {
    "needs \(Self.text(total)), and this machine has \(Self.text(machineBytes)), of which \(Self.text(MemoryPlan.reserve)) "
      + "are for the program"
  }

  /// Bytes for people: `3.98 GB`, `13.2 MB`.
  static func text(_ bytes: Int) -> String {
    bytes < 100_000_000
      ? String(format: "%.2f MB", Double(bytes) / 1e6) : String(format: "%.2f GB", Double(bytes) / 1e9)
  }
}

/// A prediction as the results keep it, beside the record of the run where there is one.
public struct RecordedPrediction: Equatable, Sendable {
  /// What was predicted.
  public var prediction: MemoryPrediction
  /// The bytes of the machine that the run does not fit, so that it was not made there; nil where it fits.
  public var tooLargeFor: Int?

  /// Creates a prediction to be kept.
  public init(_ prediction: MemoryPrediction, tooLargeFor: Int? = nil) {
    self.prediction = prediction
    self.tooLargeFor = tooLargeFor
  }
}
