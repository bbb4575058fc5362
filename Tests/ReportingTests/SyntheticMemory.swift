import Configuration
import Experiments
import Foundation
import Reporting
import TestSupport

/// A table of memory cells that nobody ran: its specification is real, its bytes are made up.
struct SyntheticMemory {
  /// The total of every run that was made, by `row/size`.
  var measured: [String: Int] = ["Adam/350M": 4_600_000_000, "SLTrain/350M": 2_100_000_000, "Ours/350M": 1_500_000_000]
  /// The total that was predicted of every cell, by `row/size`; what is not here was asked nothing of yet.
  var predicted: [String: Int] = [
    "Adam/350M": 4_600_000_000, "SLTrain/350M": 2_100_000_000, "Ours/350M": 1_500_000_000,
    "Adam/7B": 67_000_000_000, "SLTrain/7B": 18_000_000_000, "Ours/7B": 12_000_000_000,
  ]
  /// The bytes of the machine that the predicted cells do not fit; nil where it is large enough.
  var machine: Int? = 25_000_000_000
  /// What the arenas said.
  var arenas = "agree"
  /// The table's name.
  var name = "figure-3"

  static let file = """
    {name: Figure 3, paper: The paper, sources: {figure: the figure}, sizes: {350M: {}, 7B: {}},
     peakMemory: {
      Adam: {status: confirmed, source: figure, 350M: 4.5, 7B: 67.4},
      SLTrain: {status: recalled, source: figure, 350M: 2.2, 7B: 18.3}}}
    """

  private var yaml: String {
    """
    table: \(name)
    version: 1
    title: Memory of training
    source: the paper, figure 3
    columns: [{metric: peakMemory, label: Memory}]
    scales:
      quick:
        description: Two sizes.
        memory:
          training: {corpus: english-mix, steps: 2, batch: 1, sequenceLength: 256}
          sizes:
            - {label: 350M, published: 350M, training: {model: \(Self.model(1024, 24))}}
            - {label: 7B, published: 7B, training: {model: \(Self.model(4096, 32))}}
    rows:
      - {label: Adam, method: full-rank, learningRates: [0.001]}
      - {label: SLTrain, method: {name: sltrain, rank: 256, density: 0.03}, learningRates: [0.003]}
      - {label: Ours, published: none, note: Not in the paper., method: {name: sltrain, rank: 256, density: 0.03}, learningRates: [0.003]}
    claims:
      - {id: less, statement: SLTrain takes less., source: section 5, test: 'peak(SLTrain) <= 0.49 * peak(Adam)'}
      - {id: least, statement: SLTrain takes the least at 7B., source: section 5, sizes: [7B], test: 'peak(SLTrain) < min(peak(*))'}
    notes: [One process on one CPU.]
    """
  }

  private static func model(_ hidden: Int, _ layers: Int) -> String {
    "{vocabularySize: 32000, hiddenSize: \(hidden), intermediateSize: \(hidden * 8 / 3), layers: \(layers), heads: 16}"
  }

  func source() throws -> ReportSource {
    let folder = try TemporaryFolder()
    try folder.write(yaml, to: "table.yaml")
    let table = try TableSpecification(file: folder.path + "/table.yaml")
    let plan = try Planner(table, scale: table.scale(nil), resolver: SyntheticTable.resolver).plan()
    var data = try TableData(plan) { _ in nil }
    for index in data.memory.indices {
      let key = "\(data.memory[index].row.label)/\(data.memory[index].size.label)"
      data.memory[index].recorded = predicted[key].map {
        RecordedPrediction(
          MemoryPrediction(peakBytes: Self.parts(of: $0)), tooLargeFor: measured[key] == nil ? machine : nil)
      }
      data.memory[index].outcome = measured[key].map { outcome(key, total: $0) }
    }
    return ReportSource(
      data: data, plan: plan,
      published: try PublishedTable(reading: SpecificationNode(text: Self.file, file: "published.yaml")))
  }

  /// A total by category: half weights, a quarter optimizer state, an eighth gradients, the rest activations.
  static func parts(of total: Int) -> [String: Int] {
    [
      "weights": total / 2, "optimizer state": total / 4, "gradients": total / 8, "activations": total / 8,
      "projector": 0, "sparse index": 0, "workspace": 0, "data": 16, "total": total,
    ]
  }

  private func outcome(_ key: String, total: Int) -> CellOutcome {
    let name = key.replacing("/", with: "-").lowercased()
    return CellOutcome(
      id: name, recordPath: "runs/\(name)", learningRate: 0.001, seed: 42, status: .complete,
      evaluation: .init(paperLoss: 10, correctedLoss: 10, batches: 1, tokens: 200), steps: 2, tokensSeen: 400,
      parameterCount: 1000, peakBytes: Self.parts(of: total),
      manifest: RunManifest(
        commit: "0123456789abcdef", isDirty: false, processor: "A processor", blasCore: "Haswell",
        blasConfiguration: "OpenBLAS 0.3.21", threads: 2, allocator: "jemalloc 5.3.0", compiler: "Swift 6.3",
        requestedFor: key, started: "2026-01-01T00:00:00Z", ended: "2026-01-01T00:10:00Z", seconds: 600,
        tokensPerSecond: 4321, arenas: arenas))
  }
}
