import Configuration
import Experiments

/// The numbers that a study found, as claims ask for them.
struct StudyClaimValues: ClaimValues {
  let findings: [StudyResult.Finding]

  var rows: [String] { findings.map(\.name) }

  func value(_ measure: ClaimQuantity.Measure, row: String, seed: UInt64?) -> Double? {
    measure == .found ? findings.first { $0.name == row }?.value : nil
  }

  func seeds(of row: String) -> [UInt64] { [] }

  func obstacle(_ measure: ClaimQuantity.Measure, row: String) -> String? {
    measure == .found ? nil : "a study knows 'found' and nothing else, and no '\(measure.rawValue)'"
  }
}

extension StudySpecification {
  /// The claims with their tests, read: to be done before anything is run.
  ///
  /// - Throws: `Diagnostic` at the word of a test that is wrong.
  public func parsedClaims() throws -> [(claim: TableClaim, test: ClaimTest)] {
    try claims.map { ($0, try ClaimTest(parsing: $0.test, at: $0.testPlace)) }
  }

  /// What a result says of every claim.
  ///
  /// - Throws: `Diagnostic` at the word of a test that is wrong, or at a name that the study has not found.
  public func verdicts(on result: StudyResult) throws -> [(claim: TableClaim, verdict: Verdict)] {
    let values = StudyClaimValues(findings: result.findings)
    return try parsedClaims().map { claim, test in
      try test.check(rows: values.rows)
      return (claim, Verdict.judging(test, on: values))
    }
  }
}

extension StudySpecification {
  /// The claims with what the record of a scale says of them, or of the default scale where the study has not that one.
  ///
  /// - Throws: `Diagnostic` at a test that is wrong, or at a record that is damaged.
  public func summarizedClaims(at wanted: ScaleName, environment: ExperimentEnvironment) throws -> [ClaimSummary.Entry]
  {
    let (scale, study) = try study(at: scales.contains(wanted) ? wanted.rawValue : nil)
    let record = try StudyRecord(contentsOf: "\(environment.results(at: scale).root)/\(name).json")
    let verdicts: [(claim: TableClaim, verdict: Verdict)]
    if let record, record.numbers == study.resolved {
      verdicts = try self.verdicts(on: record.result)
    } else {
      verdicts = claims.map { ($0, Verdict(.notTested, reason: "the study was not made at this scale")) }
    }
    return verdicts.map { claim, verdict in
      ClaimSummary.Entry(
        claim: claim, specification: name, title: title, scale: scale, topic: .weights,
        findings: [.init(size: "What was studied", verdict: verdict, published: nil, remarks: [])],
        evidence: verdict.outcome == .notTested ? [] : [.init(label: "all numbers", path: "\(name).json")])
    }
  }
}

/// The claims of a study, each with its verdict and the numbers behind it.
struct StudyClaimSection {
  let verdicts: [(claim: TableClaim, verdict: Verdict)]

  func add(to text: inout Document) {
    guard !verdicts.isEmpty else { return }
    text.heading(2, "Claims")
    text.list(
      verdicts.map { claim, verdict in
        let outcome = verdict.outcome == .notTested ? verdict.outcome.rawValue : "**\(verdict.outcome.rawValue)**"
        return "\(claim.statement) \(outcome): \(verdict.reason). **\(claim.id)** (\(claim.source)): `\(claim.test)`"
      })
  }
}
