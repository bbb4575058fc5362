import Configuration
import Experiments

/// What is known to be wrong with published numbers, as data: each problem, who says so, and which measurements show it.
public struct AuditSpecification: Sendable {
  /// A published number, by where it stands.
  public struct Reference: Sendable {
    /// The file in the folder of published numbers.
    public let file: String
    /// What the number is of.
    public let quantity: PublishedQuantity
    /// The published row.
    public let row: String
    /// The published column.
    public let size: String
    let node: SpecificationNode
  }

  /// What shows a problem.
  public struct Measurement: Sendable {
    /// The ways to show one.
    public enum Kind: String, CaseIterable, Sendable {
      /// What the factor n/(n + 1) of the authors' evaluation does to a table's runs, and to its published numbers.
      case evaluation
      /// What every rate of a table's search gave, and the perplexities at the chosen rate and at the paper's.
      case learningRates = "learning-rates"
      /// The perplexities of some rows of a table, as factors of the first.
      case rows
      /// Where the curves of a study end, as factors of the first.
      case study
      /// The published memory totals of a table that differ from what its formulas count.
      case memoryTotals = "memory-totals"
      /// A table's own count of a published memory total.
      case count
    }

    /// How it is shown.
    public let kind: Kind
    /// The table or study that is asked.
    public let specification: String
    /// Its rows; empty means all.
    public let rows: [String]
    /// The published size that is counted; nil where nothing is.
    public let size: String?
    let node: SpecificationNode
  }

  /// Something that is wrong.
  public struct Problem: Sendable {
    /// A short name.
    public let id: String
    /// The problem in a few words.
    public let title: String
    /// What is wrong, in a sentence or two.
    public let statement: String
    /// Who says so, or where it can be seen.
    public let source: String
    /// The published numbers that it concerns.
    public let published: [Reference]
    /// What shows it; empty where nothing here can.
    public let measurements: [Measurement]
    /// Why nothing here shows it, as a sentence; empty where something does.
    public let unmeasured: String
  }

  /// The name of the files that come out.
  public let name: String
  /// The caption.
  public let title: String
  /// The problems, in the order written.
  public let problems: [Problem]
  /// The file that this was read from.
  public let file: String

  /// Whether a specification is one of an audit.
  public static func describes(_ node: SpecificationNode) -> Bool {
    (try? node.members().contains { $0.key == "audit" }) ?? false
  }

  /// Reads an audit.
  ///
  /// - Throws: `Diagnostic` at the key that is missing or unknown.
  public init(reading node: SpecificationNode) throws {
    let audit = try node.mapping(keys: ["audit", "title", "problems"])
    file = node.file
    name = try audit.string("audit")
    title = try audit.string("title")
    problems = try audit.requiredNode("problems").list().map(Problem.init(reading:))
  }
}

extension AuditSpecification.Problem {
  init(reading node: SpecificationNode) throws {
    let problem = try node.mapping(
      keys: ["id", "title", "statement", "source", "published", "shownBy", "unmeasured"])
    id = try problem.string("id")
    title = try problem.string("title")
    statement = try problem.string("statement")
    source = try problem.string("source")
    published = try problem.optionalNode("published")?.list().map(AuditSpecification.Reference.init(reading:)) ?? []
    measurements =
      try problem.optionalNode("shownBy")?.list().map(AuditSpecification.Measurement.init(reading:)) ?? []
    unmeasured = try problem.string("unmeasured", default: "")
    guard measurements.isEmpty != unmeasured.isEmpty else {
      throw node.error("problem '\(id)' needs either 'shownBy' or 'unmeasured', which says why nothing shows it")
    }
  }
}

extension AuditSpecification.Reference {
  init(reading node: SpecificationNode) throws {
    let reference = try node.mapping(keys: ["file", "quantity", "row", "size"])
    file = try reference.string("file")
    quantity = try reference.choice("quantity")
    row = try reference.string("row")
    size = try reference.string("size")
    self.node = node
  }
}

extension AuditSpecification.Measurement {
  init(reading node: SpecificationNode) throws {
    let measurement = try node.mapping(keys: ["measure", "of", "rows", "size"])
    kind = try measurement.choice("measure")
    specification = try measurement.string("of")
    rows = try measurement.optionalNode("rows")?.list().map { try $0.string() } ?? []
    size = kind == .count || measurement.has("size") ? try measurement.string("size") : nil
    self.node = node
  }
}
