import Configuration
import Experiments

/// How far numbers of a kind may differ from the baseline before they count as other numbers.
public struct RegressionRule: Equatable, Sendable {
  /// How far a number may differ.
  public enum Tolerance: Equatable, Sendable {
    /// By this share of the baseline's number; 0 asks for the same number to the last bit.
    case share(Double)
    /// As far as it likes: it is not compared.
    case notCompared

    init(reading node: SpecificationNode) throws {
      if (try? node.string()) == "not-compared" {
        self = .notCompared
        return
      }
      guard let share = try? node.number(), share >= 0, share.isFinite else {
        throw node.error("expected a share, such as 0.3 (0: the same to the last bit), or 'not-compared'")
      }
      self = .share(share)
    }

    /// The tolerance for people.
    public var text: String {
      switch self {
      case .share(0): "the same"
      case .share(let share): "± \(DecimalText.plain((share * 1e6).rounded() / 1e4)) %"
      case .notCompared: "not compared"
      }
    }
  }

  /// The kind of number that it is for.
  public let kind: Metric.Kind
  /// The paths that it is for, as patterns; of all where there are none.
  public let paths: Selection
  /// How far a number may differ.
  public let tolerance: Tolerance
  /// The same on another machine than the baseline's, as far as that matters to the kind.
  public let elsewhere: Tolerance
  /// Why, for those who read the baseline.
  public let note: String

  static let keys = ["kind", "metrics", "tolerance", "elsewhere", "note"]

  init(reading node: SpecificationNode) throws {
    let rule = try node.mapping(keys: Self.keys)
    kind = try rule.choice("kind")
    paths = Selection(parsing: try rule.string("metrics", default: ""))
    tolerance = try Tolerance(reading: rule.requiredNode("tolerance"))
    elsewhere = try rule.optionalNode("elsewhere").map(Tolerance.init) ?? tolerance
    if rule.has("elsewhere"), [.count, .bytes].contains(kind) {
      throw rule.error("elsewhere", "'\(kind.rawValue)' is the same on every machine; remove 'elsewhere'")
    }
    note = try rule.string("note", default: "")
  }

  /// The rule for people, as the baseline keeps it.
  public var text: String {
    var text = kind.rawValue
    if !paths.patterns.isEmpty { text += " of \(paths.patterns.joined(separator: ", "))" }
    text += ": \(tolerance.text)"
    if elsewhere != tolerance { text += "; elsewhere \(elsewhere.text)" }
    return note.isEmpty ? text : "\(text). \(note)"
  }
}
