import Configuration
import Experiments
import Foundation
import Methods
import Modeling
import Reporting

/// A table that nobody trained: its specification is real, its outcomes are made up.
struct SyntheticTable {
  /// The corrected losses that each row ends with, by seed; a row without entries has no record.
  var losses: [String: [UInt64: Double]] = [:]
  /// The same at the paper's own rate.
  var paperRateLosses: [String: [UInt64: Double]] = [:]
  /// Rows whose seed of a number diverged.
  var diverged: [String: UInt64] = [:]
  /// Rows whose search found no rate that converges.
  var hopeless: Set<String> = []
  /// Training tokens for every parameter of the full-rank model.
  var tokensPerParameter = 20.0
  /// The tests of the claims, by name.
  var claims: [(id: String, test: String)] = []
  /// The claims that the abstract makes.
  var abstract: Set<String> = []
  /// The published columns that the claims are about.
  var claimSizes: [String] = []
  /// Seeds that a claim needs.
  var seedsNeeded = 1
  /// The scale.
  var scale = "desktop"
  /// The seeds of the final runs.
  var seeds = SyntheticTable.seeds
  /// The table's columns.
  var columns = """
    [{metric: paperPerplexity, label: PPL}, {metric: perplexity, label: "PPL, corrected"},
       {metric: parameters, label: Param}, {metric: memory, label: Mem}]
    """
  /// The note on SLTrain's row.
  var note = "The paper's own method."

  static let seeds: [UInt64] = [1, 2, 3]
  static let rows = ["Full-Rank", "Low-Rank, zero start", "Low-Rank, SVD start", "ReLoRA", "GaLore", "SLTrain"]

  /// Perplexities as losses.
  static func losses(_ perplexities: [String: [Double]]) -> [String: [UInt64: Double]] {
    perplexities.mapValues { values in
      Dictionary(uniqueKeysWithValues: zip(seeds, values).map { ($0, log($1)) })
    }
  }

  func specification() throws -> TableSpecification {
    let folder = FileManager.default.temporaryDirectory.path + "/synthetic-table-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/table.yaml"
    try yaml.write(toFile: file, atomically: true, encoding: .utf8)
    return try TableSpecification(file: file)
  }

  func source() throws -> ReportSource {
    let specification = try specification()
    let scale = try specification.scale(scale)
    let plan = try Planner(specification, scale: scale, resolver: Self.resolver).plan()
    let paper = try Planner(specification, scale: specification.scale("paper"), resolver: Self.resolver).plan()
    let data = TableData(specification: specification, scale: scale, entries: plan.entries.map(entry))
    return ReportSource(
      data: data, plan: plan, paper: paper, published: try PublishedTable(contentsOf: Self.publishedFile))
  }

  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let publishedFile = repository + "/experiments/published/table-2.yaml"

  private func entry(_ plan: PlanEntry) -> TableEntry {
    let row = plan.row.label
    let isRecorded = losses[row] != nil
    let choice = RateChoice(
      learningRate: 0.003, origin: .search, reason: "lowest tuning loss", edge: row == "SLTrain" ? .highest : nil,
      allDiverged: hopeless.contains(row))
    return TableEntry(
      row: plan.row, size: plan.size, model: plan.training.model, footprint: plan.training.footprint,
      steps: plan.training.steps, tokenSlots: plan.training.tokenSlots, choice: isRecorded ? choice : nil,
      search: isRecorded ? search(row, plan) : [],
      finals: seeds.map { SeedOutcome(seed: $0, outcome: outcome(row, losses[row]?[$0], $0, plan, "final")) },
      paperRate: plan.paperRate,
      atPaperRate: plan.paperRate == nil
        ? []
        : seeds.map {
          SeedOutcome(seed: $0, outcome: outcome(row, paperRateLosses[row]?[$0], $0, plan, "paper-rate"))
        })
  }

  private func search(_ row: String, _ plan: PlanEntry) -> [SearchPoint] {
    [0.001, 0.003].map { rate in
      SearchPoint(
        learningRate: rate, outcome: outcome(row, rate == 0.001 ? 5.25 : 4.75, 1, plan, "search", learningRate: rate))
    }
  }

  private func outcome(
    _ row: String, _ loss: Double?, _ seed: UInt64, _ plan: PlanEntry, _ purpose: String, learningRate: Double = 0.003
  ) -> CellOutcome? {
    let hasDiverged = diverged[row] == seed && purpose == "final"
    guard loss != nil || hasDiverged else { return nil }
    let id = "\(plan.row.slug)-\(purpose)-\(learningRate)-\(seed)"
    return CellOutcome(
      id: id, recordPath: "runs/\(id)", learningRate: learningRate, seed: seed,
      status: hasDiverged ? .diverged(step: 17) : .complete,
      evaluation: hasDiverged
        ? nil : .init(paperLoss: loss! * 10 / 11, correctedLoss: loss!, batches: 10, tokens: 5000),
      steps: plan.training.steps,
      tokensSeen: Int((tokensPerParameter * Double(plan.training.model.denseParameterCount)).rounded(.up)),
      parameterCount: plan.training.footprint.storedParameters, peakBytes: ["weights": 1_000_000, "total": 12_345_678],
      manifest: RunManifest(
        commit: "0123456789abcdef", isDirty: false, processor: "A processor", blasCore: "Haswell",
        blasConfiguration: "OpenBLAS 0.3.21", threads: 1, allocator: "jemalloc 5.3.0", compiler: "Swift 6.3",
        requestedFor: row, started: "2026-01-01T00:00:00Z", ended: "2026-01-01T00:10:00Z", seconds: 600,
        tokensPerSecond: 4321))
  }
}

extension SyntheticTable {
  private var yaml: String {
    """
    table: table-2
    version: 1
    title: "Table 2: perplexity, parameters and memory"
    source: arXiv 2406.02214, table 2
    published: table-2.yaml
    requirements: {tokensPerParameter: 9.5, seeds: \(seedsNeeded)}
    columns: \(columns)
    training: {steps: $steps, batch: 4, sequenceLength: 32}
    scales:
      desktop:
        description: A result worth quoting.
        seeds: \(seeds)
        search: {share: 0.25}
        sizes:
          - label: 60M proxy
            published: 60M
            variables: {steps: 100, rank: 8, density: 0.03, rate: 0.003}
            training:
              model: {vocabularySize: 256, hiddenSize: 32, intermediateSize: 86, layers: 2, heads: 2}
              corpus: english-mix
      paper:
        description: The published configuration.
        seeds: [42]
        search: none
        train: on-request
        training: {corpus: c4}
        sizes:
    \(Self.paperSizes)
    rows:
      - {label: Full-Rank, method: full-rank, \(Self.rates)}
      - {label: "Low-Rank, zero start", published: Low-Rank, method: {name: low-rank, rank: $rank}, \(Self.rates)}
      - {label: "Low-Rank, SVD start", published: Low-Rank, method: {name: low-rank, rank: $rank, start: svd}, \(Self.rates)}
      - {label: ReLoRA, method: {name: relora, rank: $rank}, \(Self.rates)}
      - {label: GaLore, method: {name: galore, rank: $rank}, \(Self.rates)}
      - {label: SLTrain, note: \"\(note)\", method: {name: sltrain, rank: $rank, density: $density}, \(Self.rates)}
    claims:
    \(claimsText)
    """
  }

  private static let rates = "learningRates: [0.001, 0.003], paperRate: {value: $rate, source: the scripts}"

  private static let paperSizes = [
    ("60M", 512, 1376, 8, 8, 128, 11_000), ("130M", 768, 2048, 12, 12, 256, 22_000),
    ("350M", 1024, 2736, 24, 16, 256, 65_000), ("1B", 2048, 5461, 24, 32, 512, 140_000),
  ].map { name, hidden, inner, layers, heads, rank, steps in
    """
          - label: \(name)
            published: \(name)
            variables: {steps: \(steps), rank: \(rank), density: 0.03, rate: 0.003}
            training:
              model: {vocabularySize: 32000, hiddenSize: \(hidden), intermediateSize: \(inner), layers: \(layers), heads: \(heads)}
    """
  }.joined(separator: "\n")

  private var claimsText: String {
    claims.isEmpty
      ? "  []"
      : claims.map { claim in
        "  - {id: \(claim.id), statement: The claim \(claim.id)., source: section 5, sizes: [\(sizeList)], inAbstract: \(abstract.contains(claim.id)), test: '\(claim.test)'}"
          .replacing(", sizes: []", with: "")
      }.joined(separator: "\n")
  }

  private var sizeList: String { claimSizes.joined(separator: ", ") }

  static let resolver = TrainingResolver { node in
    let keys = ["steps", "batch", "sequenceLength", "model", "method", "corpus", "learningRate", "seed"]
    let training = try node.mapping(keys: keys)
    let model = try LlamaConfiguration(reading: training.requiredNode("model").mapping(keys: LlamaConfiguration.keys))
    return ResolvedTraining(
      node: node, resolved: node.resolved, model: model,
      footprint: try footprint(training.requiredNode("method"), model), steps: try training.integer("steps"),
      batch: try training.integer("batch"), sequenceLength: try training.integer("sequenceLength"))
  }

  /// Appendix F's formulas, written out here so that the reports are tested apart from the methods.
  private static func footprint(_ node: SpecificationNode, _ model: LlamaConfiguration) throws -> Footprint {
    let options = node.resolved
    let name = node.isScalar ? try node.string() : options["name"]?.stringValue ?? ""
    let rank = options["rank"]?.integerValue ?? 0
    let density = options["density"]?.doubleValue ?? 0
    let sites = model.sites
    let base = model.baseParameterCount
    let full = model.denseParameterCount
    let low = base + sites.reduce(0) { $0 + rank * ($1.inputs + $1.outputs) }
    switch name {
    case "low-rank": return Footprint(finalParameters: low, storedParameters: low, optimizerNumbers: 2 * low)
    case "relora": return Footprint(finalParameters: full, storedParameters: full + low, optimizerNumbers: 2 * low)
    case "galore":
      let moments = base + sites.reduce(0) { $0 + rank * max($1.inputs, $1.outputs) }
      let projectors = sites.reduce(0) { $0 + rank * min($1.inputs, $1.outputs) }
      return Footprint(
        finalParameters: full, storedParameters: full, optimizerNumbers: 2 * moments + projectors)
    case "sltrain":
      let entries = sites.reduce(0) { $0 + Int(density * Double($1.inputs * $1.outputs)) }
      let count = low + entries
      return Footprint(
        finalParameters: count, storedParameters: count, optimizerNumbers: 2 * count, indices: entries)
    default: return Footprint(finalParameters: full, storedParameters: full, optimizerNumbers: 2 * full)
    }
  }
}
