import Configuration
import Experiments

/// The numbers of a build beside those of the baseline.
public struct RegressionComparison: Sendable {
  /// What became of a number.
  public enum Change: String, CaseIterable, Sendable {
    /// It is worse.
    case worse
    /// It is better, so that the baseline is to be moved.
    case better
    /// The baseline has it, and this build has not: as bad as worse, since nobody watches it any more.
    case vanished
    /// The baseline has it not, so that it is to be moved.
    case new
  }

  /// A number that is not what the baseline says.
  public struct Difference: Equatable, Sendable {
    /// Where it stands.
    public var path: String
    /// What it is.
    public var kind: Metric.Kind
    /// The baseline's number; nil of a new one.
    public var old: Double?
    /// This build's number; nil of one that vanished.
    public var new: Double?
    /// How far it might have differed.
    public var allowed: RegressionRule.Tolerance
    /// What became of it.
    public var change: Change

    fileprivate func text(of number: Double?) -> String { number.map { Metric.text($0, kind) } ?? "" }

    fileprivate var relativeChange: String {
      guard let old, let new else { return "" }
      return RelativeChange(from: old, to: new).text
    }
  }

  /// How a comparison ends, with the exit code of the program.
  public enum Verdict: Int32, Sendable {
    /// Nothing differs more than it may.
    case same = 0
    /// Something is worse, or vanished.
    case worse = 2
    /// Nothing is worse, and something is better or new.
    case better = 4
  }

  /// The exit code where a cell could not be run, so that there is nothing to compare.
  public static let failed: Int32 = 3
  /// The exit code where there is no baseline.
  public static let noBaseline: Int32 = 5

  /// What differs, by path.
  public private(set) var differences: [Difference] = []
  /// Numbers that are the same, or differ no more than they may.
  public private(set) var sameCount = 0
  /// Numbers that are not compared.
  public private(set) var notComparedCount = 0
  /// Why some numbers are not held to be the same to the last bit, a sentence each.
  public let remarks: [String]

  /// Compares the numbers of a build with the baseline's.
  ///
  /// - Parameter isSelected: whether the numbers of an experiment, the first part of a path, are compared at all.
  public init(
    _ build: RegressionBaseline, with baseline: RegressionBaseline, specification: RegressionSpecification,
    isSelected: (String) -> Bool = { _ in true }
  ) {
    let reasons = Dictionary(
      uniqueKeysWithValues: Metric.Kind.allCases.map {
        ($0, build.circumstances.difference(from: baseline.circumstances, for: $0))
      })
    remarks = Metric.Kind.allCases.compactMap { kind in
      reasons[kind]?.map { "\(kind.rawValue): \($0); here the rules' 'elsewhere' holds." }
    }
    for path in Set(baseline.metrics.keys).union(build.metrics.keys).sorted() {
      let experiment = path.prefix { $0 != "/" && $0 != "@" }
      let (old, new) = (baseline.metrics[path], build.metrics[path])
      guard isSelected(String(experiment)), let metric = new ?? old else { continue }
      let rule = specification.rule(for: metric)
      let allowed = reasons[metric.kind] == .some(nil) ? rule.tolerance : rule.elsewhere
      compare(metric, old?.number, new?.number, allowed)
    }
  }

  private mutating func compare(
    _ metric: Metric, _ old: Double?, _ new: Double?, _ allowed: RegressionRule.Tolerance
  ) {
    guard case .share(let share) = allowed else {
      notComparedCount += 1
      return
    }
    let change: Change
    switch (old, new) {
    case (nil, _): change = .new
    case (_, nil): change = .vanished
    case (let old?, let new?):
      // Where both are no numbers, nothing has changed.
      if old == new || (old.isNaN && new.isNaN) || abs(new - old) <= share * abs(old) {
        sameCount += 1
        return
      }
      change = Self.isWorse(metric.kind, old, new) ? .worse : .better
    }
    differences.append(
      Difference(path: metric.path, kind: metric.kind, old: old, new: new, allowed: allowed, change: change))
  }

  /// Whether a number that differs is worse; what is no number is worse than any.
  private static func isWorse(_ kind: Metric.Kind, _ old: Double, _ new: Double) -> Bool {
    if new.isNaN || old.isNaN { return new.isNaN }
    switch kind {
    case .loss, .count, .bytes: return new > old
    case .speed: return new < old
    case .value: return true
    }
  }

  /// How the comparison ends.
  public var verdict: Verdict {
    if differences.contains(where: { [.worse, .vanished].contains($0.change) }) { return .worse }
    return differences.isEmpty ? .same : .better
  }

  /// What differs as a table in Markdown, the circumstances that matter, and a line that sums up.
  public var markdown: String {
    var text = Document()
    var table = DocumentTable(
      ["Number", "Baseline", "Here", "Change", "Allowed", "So it is"],
      alignments: [.left, .right, .right, .right, .left, .left])
    for difference in differences {
      table.add([
        "`\(difference.path)`", difference.text(of: difference.old), difference.text(of: difference.new),
        difference.relativeChange, difference.allowed.text, "**\(difference.change.rawValue)**",
      ])
    }
    text.table(table)
    text.list(remarks)
    text.paragraph(summary)
    return text.markdown
  }

  /// How many numbers are what, in a line.
  public var summary: String {
    var parts = ["\(sameCount) the same"]
    for change in Change.allCases {
      let count = differences.count { $0.change == change }
      if count > 0 { parts.append("\(count) \(change.rawValue)") }
    }
    if notComparedCount > 0 { parts.append("\(notComparedCount) not compared") }
    return "\(sameCount + differences.count + notComparedCount) numbers: " + parts.joined(separator: ", ") + "."
  }
}
