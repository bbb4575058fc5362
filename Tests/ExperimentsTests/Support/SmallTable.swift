import Configuration
import Experiments
import Foundation
import Methods
import Modeling
import TestSupport

/// A table in a folder of its own, small enough for tests.
final class SmallTable {
  static let text = """
    table: small
    version: 1
    title: A small table
    source: a test
    requirements: {tokensPerParameter: 2, seeds: 1}
    columns:
      - {metric: perplexity, label: PPL}
    training:
      data: {tokens: none.bin, vocabularySize: 50, sequenceLength: 24}
      schedule: {kind: cosine, warmupShare: 0.1}
      evaluation: {batch: 4}
      checkpointEvery: 5
    scales:
      quick:
        description: For a test.
        seeds: [42, 43]
        search: {share: 0.25}
        jobs: 2
        sizes:
          - label: 60M proxy
            published: 60M
            variables: {rank: 6, rate: 3e-3}
            training: &tiny
              model: {name: tiny, vocabularySize: 50, hiddenSize: 24, intermediateSize: 40, layers: 1, heads: 2}
              steps: 20
              batch: 8
      paper:
        train: on-request
        seeds: [42]
        search: none
        sizes:
          - {label: 60M, published: 60M, variables: {rank: 6, rate: 1e-3}, training: *tiny}
    rows:
      - label: Full-Rank
        method: full-rank
        learningRates: [1e-3, 3e-3, 1e-2]
        paperRate: {value: 1e-3, source: a guess}
      - label: Low-Rank, SVD start
        published: Low-Rank
        method: {name: low-rank, rank: $rank, initialization: svd}
        learningRates: {quick: [1e-3, 3e-3, 1e-2], paper: [2e-3]}
      - label: SLTrain
        note: The paper's method.
        method: {name: sltrain, rank: $rank, density: 0.05, alpha: 8}
        learningRates: [1e-3, 3e-3, 1e-2]
        paperRate: {value: $rate, source: the paper}
    claims:
      - {id: close, statement: They are close., source: nowhere, test: ppl("SLTrain") <= 1.1 * ppl("Full-Rank")}
    """

  /// A text to replace that is not in the table exactly once.
  struct Unclear: Error { let text: String }

  let folder: TemporaryFolder
  let file: String

  /// Writes the table with some texts replaced; each must be there once.
  init(_ replacements: [(String, String)] = []) throws {
    folder = try TemporaryFolder()
    file = folder.path + "/small.yaml"
    var text = Self.text
    for (old, new) in replacements {
      guard text.components(separatedBy: old).count == 2 else { throw Unclear(text: old) }
      text = text.replacingOccurrences(of: old, with: new)
    }
    try text.write(toFile: file, atomically: true, encoding: .utf8)
  }

  static let resolver = Result {
    TrainingResolver.standard(models: try ModelCatalogue(folder: "/nonexistent"), corporaFolder: "/nonexistent")
  }

  func table() throws -> TableSpecification { try TableSpecification(file: file) }

  func plan(
    _ scale: String = "quick", selection: Selection = .all, seeds: [UInt64]? = nil
  ) throws -> Plan {
    let table = try table()
    return try Planner(table, scale: table.scale(scale), resolver: Self.resolver.get())
      .plan(selection: selection, seeds: seeds)
  }

  /// The line that a user would read, without the folder.
  func message(_ scale: String = "quick", selection: Selection = .all) -> String {
    diagnosticText { try plan(scale, selection: selection) }.replacingOccurrences(of: folder.path + "/", with: "")
  }

  /// The line that a user would read after one change to the table.
  static func message(_ old: String, _ new: String, scale: String = "quick") throws -> String {
    try SmallTable([(old, new)]).message(scale)
  }
}

extension CellOutcome {
  /// An outcome with a loss, or without one if the run diverged.
  static func example(rate: Double = 0.001, loss: Double?, seed: UInt64 = 42) -> CellOutcome {
    CellOutcome(
      id: "run-\(rate)", recordPath: "runs/run-\(rate)", learningRate: rate, seed: seed,
      status: loss == nil ? .diverged(step: 3) : .complete,
      evaluation: loss.map { Evaluation(paperLoss: $0, correctedLoss: $0, batches: 2, tokens: 100) }, steps: 20,
      tokensSeen: 1000, parameterCount: 500, peakBytes: ["weights": 2000, "total": 9000])
  }
}
