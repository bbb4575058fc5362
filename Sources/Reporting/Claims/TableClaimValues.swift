import Experiments
import Methods

/// How a table's runs are read for a verdict.
public struct ClaimReading: Equatable, Sendable {
  /// Which evaluation gives the perplexity.
  public enum Evaluation: Sendable {
    /// The token-weighted mean loss.
    case corrected
    /// What the authors' code reports.
    case paper
  }

  /// Which runs are asked.
  public enum Rate: Sendable {
    /// The final runs at the rate that the search chose.
    case chosen
    /// The runs at the paper's own rate; of a row whose own is not known, the final runs.
    case paper
  }

  /// Which evaluation gives the perplexity.
  public var evaluation: Evaluation
  /// Which runs are asked.
  public var rate: Rate

  /// Creates a reading: by default the one that decides.
  public init(evaluation: Evaluation = .corrected, rate: Rate = .chosen) {
    self.evaluation = evaluation
    self.rate = rate
  }
}

/// The numbers of a table's runs at one size.
struct TableClaimValues: ClaimValues {
  let entries: [TableEntry]
  let requirements: ClaimRequirements
  let reading: ClaimReading
  /// Footprints that stand in for the trained models': those of the published size, by row.
  let footprints: [String: Footprint]
  /// What is known of the rows' memory.
  var memory: [MemoryResult] = []

  var rows: [String] {
    let trained = entries.map(\.row.label)
    return trained + memory.map(\.row.label).filter { !trained.contains($0) }
  }

  func value(_ measure: ClaimQuantity.Measure, row: String, seed: UInt64?) -> Double? {
    let measured = memory.first { $0.row.label == row }
    let footprint = footprints[row] ?? entry(row)?.footprint ?? measured?.training.footprint
    switch measure {
    case .parameters: return footprint.map { Double($0.finalParameters) / 1e6 }
    case .memory: return footprint.map { Double($0.estimatedBytes) / 1e9 }
    case .peak: return measured?.total.map { Double($0) / 1e9 }
    case .speed, .found: return nil
    case .guess:
      return (entry(row)?.model ?? measured?.training.model).map { Double($0.vocabularySize) }
    case .perplexity:
      return entry(row).flatMap { runs($0).first { $0.seed == seed } }.flatMap { perplexity($0.outcome) }
    case .spread:
      return entry(row).flatMap { Statistics(runs($0).compactMap { perplexity($0.outcome) })?.deviation }
    }
  }

  func seeds(of row: String) -> [UInt64] {
    guard let entry = entry(row) else { return [] }
    return runs(entry).filter { perplexity($0.outcome) != nil }.map(\.seed)
  }

  func obstacle(_ measure: ClaimQuantity.Measure, row: String) -> String? {
    if measure == .peak, value(.peak, row: row, seed: nil) == nil { return "the memory of \(row) is not known" }
    if measure == .speed { return "the speed of \(row) is not measured in this table" }
    if measure == .found { return "a table finds no '\(row)'; studies do" }
    guard measure == .perplexity else { return nil }
    guard let entry = entry(row) else { return "\(row) is not trained at this size" }
    let runs = runs(entry)
    let missing = runs.filter { $0.outcome == nil }
    if missing.count == runs.count {
      return "there is no record of \(row)" + (reading.rate == .paper ? " at that rate" : "")
    }
    if let seed = missing.first?.seed { return "seed \(seed) of \(row) has no record" }
    if reading.rate == .chosen, entry.choice?.allDiverged == true { return "every rate tried for \(row) diverged" }
    for run in runs {
      if case .diverged(let step) = run.outcome?.status {
        return "\(row) diverged at step \(step) with seed \(run.seed)"
      }
      if perplexity(run.outcome) == nil { return "\(row) has no finite perplexity with seed \(run.seed)" }
    }
    if measure == .spread, runs.count < 2 { return "\(row) has one seed, and so no spread" }
    guard runs.count >= requirements.seeds else {
      return "\(row) has \(runs.count) of the \(requirements.seeds) seeds that the claim needs"
    }
    let fewest = runs.compactMap { $0.outcome?.modelTokens }.min() ?? 0
    let tokens = Double(fewest) / Double(entry.model.denseParameterCount)
    guard tokens >= requirements.tokensPerParameter else {
      let needed = DecimalText.significant(requirements.tokensPerParameter)
      return "\(row) saw \(DecimalText.significant(tokens)) tokens a parameter, the claim needs \(needed)"
    }
    return nil
  }

  private func entry(_ row: String) -> TableEntry? { entries.first { $0.row.label == row } }

  private func runs(_ entry: TableEntry) -> [SeedOutcome] {
    reading.rate == .chosen || entry.paperRate == nil ? entry.finals : entry.runsAtPaperRate
  }

  private func perplexity(_ outcome: CellOutcome?) -> Double? {
    guard let outcome, outcome.status == .complete, let evaluation = outcome.evaluation else { return nil }
    let value = reading.evaluation == .corrected ? evaluation.perplexity : evaluation.paperPerplexity
    return value.isFinite ? value : nil
  }
}

extension TableEntry {
  /// The runs at the paper's rate; where that is the rate chosen, the final runs.
  var runsAtPaperRate: [SeedOutcome] {
    atPaperRate.isEmpty && paperRate != nil && choice?.learningRate == paperRate ? finals : atPaperRate
  }
}

/// The published numbers of one size, under the names of a table's rows.
struct PublishedClaimValues: ClaimValues {
  let table: PublishedTable
  let size: String
  /// The published row of each row that has one, in the table's order.
  let publishedRows: [(row: String, published: String)]

  var rows: [String] { publishedRows.map(\.row) }

  func value(_ measure: ClaimQuantity.Measure, row: String, seed: UInt64?) -> Double? {
    if measure == .guess { return table.size(size)?.vocabulary.map(Double.init) }
    guard let published = publishedRows.first(where: { $0.row == row })?.published,
      let quantity = measure.published
    else { return nil }
    return table.number(quantity, row: published, size: size)?.value
  }

  func seeds(of row: String) -> [UInt64] { [0] }

  func obstacle(_ measure: ClaimQuantity.Measure, row: String) -> String? {
    value(measure, row: row, seed: nil) == nil ? "no number is published for \(row)" : nil
  }
}

extension ClaimQuantity.Measure {
  /// What the measure is called among published numbers; nil of one that nobody publishes.
  var published: PublishedQuantity? {
    switch self {
    case .perplexity: .perplexity
    case .spread: nil
    case .parameters: .parameters
    case .memory: .memory
    case .peak: .peakMemory
    case .speed: .throughput
    case .found, .guess: nil
    }
  }
}

extension Footprint {
  /// Bytes of parameters, positions and optimizer state, in bf16 with 8-byte positions.
  ///
  /// - Source: arXiv 2406.02214, appendix F.
  var estimatedBytes: Int { parameterBytes() + optimizerBytes() }

  /// The estimate as the paper prints it, in hundredths of G: the sum of its two parts, each rounded by itself.
  var printedHundredthsOfG: Int {
    DecimalText.hundredthsOfG(bytes: parameterBytes()) + DecimalText.hundredthsOfG(bytes: optimizerBytes())
  }
}
