import Experiments

extension TableSpecification {
  /// The scale of a name, or the default one where the table does not offer that.
  func scale(nearest name: ScaleName) throws -> TableScale {
    try scales.first { $0.name == name } ?? scale(nil)
  }
}

extension TimingSpecification {
  /// The scale of a name, or the default one where the table does not offer that.
  func scale(nearest name: ScaleName) throws -> TimingScale {
    try scales.first { $0.name == name } ?? scale(nil)
  }
}

extension ReportSource {
  /// The table's claims with what its records say of them.
  ///
  /// - Throws: `Diagnostic` at a test that cannot be read.
  public func summarizedClaims() throws -> [ClaimSummary.Entry] {
    let judgements = try judgements()
    return try data.specification.parsedClaims().map { claim, test in
      let own = judgements.filter { $0.claim.id == claim.id }
      return ClaimSummary.Entry(
        claim: claim, specification: data.specification.name, title: data.specification.title, scale: data.scale.name,
        topic: ClaimTopic(of: test.quantities.map(\.measure)),
        findings: own.isEmpty ? [notOffered(claim)] : own.map(finding),
        evidence: own.filter { $0.verdict.outcome != .notTested }.flatMap { evidence(test, size: $0.size) })
    }
  }

  /// Of a claim about sizes that the scale does not have.
  private func notOffered(_ claim: TableClaim) -> ClaimSummary.Finding {
    let reason = "the scale has no size that stands for it"
    return .init(
      size: claim.sizes.joined(separator: ", "), verdict: Verdict(.notTested, reason: reason), published: nil,
      remarks: [])
  }

  private func finding(_ judgement: ClaimJudgement) -> ClaimSummary.Finding {
    .init(
      size: judgement.size, verdict: judgement.verdict, published: judgement.published,
      remarks: ClaimSection.remarks(judgement))
  }

  /// The records of the rows that a test names at a size: final runs of what is learned, runs or predictions of memory.
  private func evidence(_ test: ClaimTest, size label: String) -> [ClaimSummary.Evidence] {
    func asked(_ row: TableRow, _ isMeant: (ClaimQuantity.Measure) -> Bool) -> Bool {
      test.quantities.contains { isMeant($0.measure) && $0.matches(row.label) }
    }
    let finals = data.entries.filter { $0.size.label == label && asked($0.row, \.isLearned) }.flatMap { entry in
      entry.outcomes.map { outcome in
        ClaimSummary.Evidence(label: "\(entry.row.label), \(label), seed \(outcome.seed)", path: outcome.recordPath)
      }
    }
    let memory = data.memory.filter { $0.size.label == label && asked($0.row) { $0 == .peak } }.compactMap {
      result -> ClaimSummary.Evidence? in
      let cell = CellSpecification(training: result.training.resolved, split: .validation)
      let predicted = result.recorded.map { _ in RecordStore.predictionPath(of: cell) }
      return (result.isMeasured ? result.outcome?.recordPath : predicted).map {
        ClaimSummary.Evidence(label: "\(result.row.label), \(label)", path: $0)
      }
    }
    return finals + memory
  }
}

extension TimingSource {
  /// The table's claims with what its record says of them.
  ///
  /// - Throws: `Diagnostic` at a test that cannot be read.
  public func summarizedClaims() throws -> [ClaimSummary.Entry] {
    let judgements = try judgements()
    return try specification.parsedClaims().map { claim, test in
      let own = judgements.filter { $0.claim.id == claim.id }
      let isTested = own.contains { $0.verdict.outcome != .notTested }
      return ClaimSummary.Entry(
        claim: claim, specification: specification.name, title: specification.title, scale: scale.name,
        topic: ClaimTopic(of: test.quantities.map(\.measure)),
        findings: own.map { .init(size: $0.size, verdict: $0.verdict, published: $0.published, remarks: []) },
        evidence: isTested ? [.init(label: "all times", path: "\(specification.name).json")] : [])
    }
  }
}
