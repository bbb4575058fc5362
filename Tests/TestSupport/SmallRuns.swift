import Configuration
import Foundation
import MemoryAccounting
import Methods
import Modeling
import Optimization
import Tensors
import Training

/// Small runs for tests: a model of two blocks on ``PatternRows``.
public enum SmallRuns {
  /// Every method of the standard registry with options that make all its parts do something within a dozen updates.
  public static let methods: [String: String] = [
    "full-rank": "full-rank",
    "low-rank": "{name: low-rank, rank: 6, initialization: xavier}",
    "lora": "{name: lora, rank: 6, alpha: 8}",
    "relora": "{name: relora, rank: 6, alpha: 8, restartEvery: 4, reset: {kind: magnitude, share: 0.9}}",
    "galore": "{name: galore, rank: 6, updateGap: 4, scale: 0.5}",
    "sltrain": "{name: sltrain, rank: 6, density: 0.05, alpha: 8}",
    "sltrain-factored": "{name: sltrain, rank: 6, density: 0.05, alpha: 8, form: factored}",
  ]

  /// Those that train little where they do not start from a model.
  public static let residuals = ["sparse-residual": "{name: sparse-residual, rank: 6, density: 0.05, support: top}"]

  /// The specification of a run as text; `extra` may hold further lines.
  public static func text(method: String, steps: Int = 12, accumulation: Int = 1, extra: String = "") -> String {
    """
    model: {vocabularySize: 50, hiddenSize: 24, intermediateSize: 40, layers: 2, heads: 2}
    method: \(methods[method] ?? residuals[method] ?? method)
    data: {tokens: none.bin, vocabularySize: 50, sequenceLength: 24}
    schedule: {kind: \(method == "relora" ? "jagged-cosine, restartEvery: 4, restartWarmup: 1" : "cosine"), warmupSteps: 2}
    learningRate: 0.01
    batch: 8
    gradientAccumulation: \(accumulation)
    steps: \(steps)
    seed: 1
    \(extra)
    """
  }

  /// A run read from its specification.
  public static func specification(
    method: String, steps: Int = 12, accumulation: Int = 1, extra: String = "",
    registry: MethodRegistry = .standard
  ) throws -> TrainingSpecification {
    let node = try SpecificationNode(
      text: text(method: method, steps: steps, accumulation: accumulation, extra: extra), file: "run.yaml")
    return try TrainingSpecification(
      reading: node.mapping(keys: TrainingSpecification.keys), registry: registry,
      models: ModelCatalogue(folder: "/nonexistent"), corporaFolder: "")
  }

  /// A trainer for a run.
  public static func trainer(
    _ specification: TrainingSpecification, workers: Int = 1, memory: Memory = Memory(),
    checkpointFolder: String? = nil,
    observer: @escaping (TrainingEvent) throws -> Void = { _ in }
  ) throws -> Trainer {
    try Trainer(
      specification, train: PatternRows(), evaluation: PatternRows(rowCount: 19, seed: 8), workers: workers,
      memory: memory, checkpointFolder: checkpointFolder, observer: observer)
  }

  /// The losses of a run, and all its parameters after it.
  public static func outcome(
    _ specification: TrainingSpecification, workers: Int = 1, checkpointFolder: String? = nil
  ) throws -> (losses: [Double], parameters: [[Float]], result: TrainingResult) {
    var losses: [Double] = []
    let trainer = try trainer(specification, workers: workers, checkpointFolder: checkpointFolder) {
      if case .step(let metrics) = $0 { losses.append(metrics.loss) }
    }
    let result = try trainer.run()
    return (losses, trainer.model.parameters.map(\.value.array), result)
  }
}

extension TrainingSpecification {
  /// Reads a run that is written as text, in a file called `run.yaml`.
  public init(text: String) throws {
    let node = try SpecificationNode(text: text, file: "run.yaml")
    try self.init(
      reading: node.mapping(keys: TrainingSpecification.keys), models: .init(folder: "/nonexistent"), corporaFolder: "")
  }
}

extension UpdateRule {
  /// Adam's moments where they are stored as numbers.
  public var moments: (first: Tensor, second: Tensor)? {
    guard case .plain(let moments) = adam else { return nil }
    return (moments.first, moments.second)
  }
}

/// A folder that is removed when the test is done with it.
public final class TemporaryFolder: Sendable {
  /// The folder's path.
  public let path: String

  public init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
