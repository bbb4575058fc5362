import Configuration
import Experiments

/// Every claim of every specification, with what the numbers of a scale say of it and where they are.
///
/// A pure function of specifications, records and published numbers. A specification that does not offer the scale is judged
/// at its default one, which its claims then name.
public struct ClaimSummary: Sendable {
  /// What the numbers say of a claim at a size.
  public struct Finding: Sendable {
    /// The size, by its label; nil of a claim over several sizes.
    public let size: String?
    /// What decides.
    public let verdict: Verdict
    /// What the published numbers say of it; nil where none stand beside it.
    public let published: Verdict?
    /// What qualifies the verdict, each a clause: other readings that say otherwise, bytes that are predicted.
    public let remarks: [String]

    /// Creates a finding.
    public init(size: String?, verdict: Verdict, published: Verdict?, remarks: [String]) {
      (self.size, self.verdict, self.published, self.remarks) = (size, verdict, published, remarks)
    }
  }

  /// A record that a verdict rests on.
  public struct Evidence: Equatable, Sendable {
    /// What it is of: `SLTrain, 60M proxy, seed 42`.
    public let label: String
    /// The record, relative to the folder of the results of the claim's own scale: `runs/…`.
    public let path: String
  }

  /// A claim with all of its findings.
  public struct Entry: Sendable {
    /// The claim.
    public let claim: TableClaim
    /// The specification that makes it: `table-2`.
    public let specification: String
    /// The specification's caption.
    public let title: String
    /// The scale that it is judged at.
    public let scale: ScaleName
    /// What it is about.
    public let topic: ClaimTopic
    /// What the numbers say, by size.
    public let findings: [Finding]
    /// The records behind that; empty where everything is counted.
    public let evidence: [Evidence]

    /// Creates an entry.
    public init(
      claim: TableClaim, specification: String, title: String, scale: ScaleName, topic: ClaimTopic,
      findings: [Finding], evidence: [Evidence]
    ) {
      (self.claim, self.specification, self.title) = (claim, specification, title)
      (self.scale, self.topic, self.findings, self.evidence) = (scale, topic, findings, evidence)
    }

    /// The page of the specification, relative to the folder of the results of ``scale``: `table-2.md`.
    public var page: String { specification + ".md" }

    /// What the findings come to: *does not hold* if it does not at some size, else *undecided* if it is so at some size,
    /// else *holds* if it does at some size.
    public var outcome: Verdict.Outcome {
      let order: [Verdict.Outcome] = [.doesNotHold, .undecided, .holds]
      return order.first { outcome in findings.contains { $0.verdict.outcome == outcome } } ?? .notTested
    }
  }

  /// The scale asked for.
  public let scale: ScaleName
  /// The claims, in the order of the specifications' names and of their lines.
  public let entries: [Entry]
  /// What has been trained for the claims about learning: parameters of the full-rank models, tokens, seeds of each run;
  /// nil where nothing has.
  public let training: TrainedRange?

  /// Creates a summary.
  public init(scale: ScaleName, entries: [Entry], training: TrainedRange? = nil) {
    self.scale = scale
    self.entries = entries
    self.training = training
  }

  /// Gathers the claims of a project's specifications and judges them on the records of a scale.
  ///
  /// - Throws: `Diagnostic` if a specification, a record or a file of published numbers is wrong.
  public init(scale: ScaleName, environment: ExperimentEnvironment) throws {
    // Most tables share a scale, whose records are read once.
    var indices: [ScaleName: RecordIndex] = [:]
    let tables = try environment.tables().filter { !$0.claims.isEmpty }.map { table in
      let own = try table.scale(nearest: scale)
      let index = try indices[own.name] ?? environment.results(at: own.name).index()
      indices[own.name] = index
      return try ReportSource(table, scale: own, environment: environment, index: index)
    }
    let timings = try environment.timings().filter { !$0.claims.isEmpty }.map { timing in
      try TimingSource(timing, scale: timing.scale(nearest: scale), environment: environment)
    }
    let studies = try environment.studies().filter { !$0.claims.isEmpty }
    let entries =
      try tables.flatMap { try $0.summarizedClaims() } + timings.flatMap { try $0.summarizedClaims() }
      + studies.flatMap { try $0.summarizedClaims(at: scale, environment: environment) }
    self.init(
      scale: scale,
      entries: try environment.experimentNames().flatMap { name in entries.filter { $0.specification == name } },
      training: TrainedRange(of: tables.filter { $0.data.scale.name == scale }))
  }

  /// The claims of a topic that come to an outcome; of all topics or all outcomes where none is named.
  public func entries(_ topic: ClaimTopic? = nil, _ outcome: Verdict.Outcome? = nil) -> [Entry] {
    entries.filter { (topic ?? $0.topic) == $0.topic && (outcome ?? $0.outcome) == $0.outcome }
  }
}

/// What a claim is about.
public enum ClaimTopic: String, CaseIterable, Sendable {
  /// What is learned.
  case perplexity
  /// The size of the model.
  case parameters
  /// The bytes of parameters and optimizer state by the paper's formulas.
  case estimatedMemory = "estimated memory"
  /// The most bytes that a run has live at once.
  case measuredMemory = "measured memory"
  /// Tokens a second.
  case speed
  /// What trained matrices are made of.
  case weights = "trained weights"

  /// The topic of a test, by what it takes to judge it.
  init(of measures: [ClaimQuantity.Measure]) {
    if measures.contains(where: \.isLearned) {
      self = .perplexity
    } else if measures.contains(.found) {
      self = .weights
    } else if measures.contains(.speed) {
      self = .speed
    } else if measures.contains(.peak) {
      self = .measuredMemory
    } else {
      self = measures.contains(.memory) ? .estimatedMemory : .parameters
    }
  }

  /// The question that claims of the topic answer.
  public var question: String {
    switch self {
    case .perplexity: "Does it learn as well as it is said to?"
    case .parameters: "Is the model as small as it is said to be?"
    case .estimatedMemory: "Do its parameters and optimizer take as little memory as they are said to?"
    case .measuredMemory: "Does it really run in as little memory as it is said to?"
    case .speed: "Is it as fast, or as slow, as it is said to be?"
    case .weights: "Do trained weights look as they are said to?"
    }
  }
}

/// How large and how long the runs behind claims about learning are.
public struct TrainedRange: Equatable, Sendable {
  /// Parameters of the full-rank models.
  public let parameters: ClosedRange<Int>
  /// Training tokens of a run.
  public let tokens: ClosedRange<Int>
  /// Seeds of a row at a size.
  public let seeds: ClosedRange<Int>

  /// The range over all final runs of some tables, or nil if there are none.
  public init?(of sources: [ReportSource]) {
    let entries = sources.flatMap(\.data.entries).filter { !$0.outcomes.isEmpty }
    guard let parameters = Self.range(entries.map(\.model.denseParameterCount)),
      let tokens = Self.range(entries.flatMap { $0.outcomes.map(\.modelTokens) }),
      let seeds = Self.range(entries.map(\.outcomes.count))
    else { return nil }
    (self.parameters, self.tokens, self.seeds) = (parameters, tokens, seeds)
  }

  private static func range(_ values: [Int]) -> ClosedRange<Int>? {
    guard let least = values.min(), let most = values.max() else { return nil }
    return least...most
  }
}
