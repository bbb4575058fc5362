import Experiments
import Methods

extension Origin {
  /// Numbers of training runs: the mean and spread over some seeds.
  ///
  /// - Parameter isPaperRate: whether the runs are those at the paper's own rate.
  static func runs(_ runs: [SeedOutcome], of entry: TableEntry, isPaperRate: Bool = false) -> Origin? {
    let outcomes = runs.compactMap(\.outcome)
    guard let first = outcomes.first else { return nil }
    let rate = DecimalText.plain(first.learningRate)
    let origin = isPaperRate ? "the paper's own" : entry.choice.map(Self.choice) ?? "given"
    let seeds = "seed\(outcomes.count == 1 ? "" : "s")"
    let tokens = Statistics(outcomes.map { Double($0.tokensSeen) }).map { DecimalText.count($0.mean) } ?? ""
    return Origin(
      "Our runs, \(seeds) \(outcomes.map { "\($0.seed)" }.joined(separator: ", ")); learning rate \(rate), \(origin); "
        + circumstances(outcomes.compactMap(\.manifest), isBrief: true),
      full:
        "our runs of \(entry.row.label) at \(entry.size.label), \(seeds) \(links(outcomes)); learning rate \(rate), "
        + "\(origin); \(first.steps) updates, \(tokens) tokens each; "
        + circumstances(outcomes.compactMap(\.manifest)))
  }

  /// The number of one run of a search.
  static func search(_ point: SearchPoint) -> Origin? {
    guard let outcome = point.outcome else { return nil }
    let rate = DecimalText.plain(point.learningRate)
    let machine = circumstances([outcome.manifest].compactMap(\.self))
    return Origin(
      "A run of the search, seed \(outcome.seed), learning rate \(rate)",
      full:
        "a run of the search at learning rate \(rate), seed \(links([outcome])); \(outcome.steps) updates; \(machine)")
  }

  /// The bytes of a run that was measured, or predicted.
  static func memory(_ result: MemoryResult) -> Origin? {
    guard let outcome = result.outcome, result.isMeasured else {
      guard result.recorded != nil else { return nil }
      return Origin(
        "Predicted: the run was laid out without memory, and not made",
        full: "predicted: the code that allocates laid the run out without memory; it was not made")
    }
    let machine = circumstances([outcome.manifest].compactMap(\.self))
    return Origin(
      "Measured in a run of \(outcome.steps) updates, seed \(outcome.seed)",
      full:
        "measured in [a run](\(outcome.recordPath)) of \(outcome.steps) updates, seed \(outcome.seed), learning rate "
        + "\(DecimalText.plain(outcome.learningRate)); \(machine)")
  }

  /// What is counted from a model's shapes.
  static func counted(_ size: TableSize) -> Origin { counted(size.column) }

  /// What is counted from the shapes of a published model.
  static func counted(_ size: String) -> Origin {
    Origin(
      "Counted from the shapes of \(size) by the paper's formulas; there is no run behind it",
      full:
        "counted by the methods' own code from the shapes of \(size), by the formulas of the paper's appendix F; "
        + "there is no run behind it")
  }

  /// Sources, machine and time of some runs, each with all the values that it had.
  static func circumstances(_ manifests: [RunManifest], isBrief: Bool = false) -> String {
    func values(_ text: (RunManifest) -> String) -> String {
      manifests.map(text).filter { !$0.isEmpty }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        .joined(separator: " and ")
    }
    let commits = values { $0.commit.isEmpty ? "" : $0.commit.prefix(10) + ($0.isDirty ? " with changes" : "") }
    let commit = commits.isEmpty ? "commit not noted" : "commit \(commits)"
    let threads = values { "\($0.threads) thread\($0.threads == 1 ? "" : "s")" }
    guard !manifests.isEmpty else { return "circumstances not noted" }
    if isBrief { return "\(commit); \(values(\.processor))" }
    let days = Set(manifests.map { String($0.started.prefix(10)) }.filter { !$0.isEmpty }).sorted()
    let dates = days.count > 1 ? "\(days[0]) to \(days[days.count - 1])" : days.first ?? ""
    return [commit, "\(values(\.processor)), \(threads)", "OpenBLAS core \(values(\.blasCore))", dates]
      .filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static func links(_ outcomes: [CellOutcome]) -> String {
    outcomes.map { "[\($0.seed)](\($0.recordPath))" }.joined(separator: ", ")
  }

  private static func choice(_ choice: RateChoice) -> String {
    let origin =
      switch choice.origin {
      case .search: "found by search"
      case .paper: "the paper's"
      case .only: "the only one offered"
      case .untrained: "none, as no update is made"
      }
    return origin + (choice.edge.map { ", the \($0.rawValue) of its grid" } ?? "")
  }
}
