import Configuration

/// A table of the paper as data: its rows, its columns, the scales it can be reproduced at, and the claims it supports.
///
/// What a run of one cell needs is laid together from four layers, each over the one before: the table's `training`, the
/// scale's, the size's, the row's. A word `$rank` anywhere in them stands for the size's variable of that name.
public struct TableSpecification: Sendable {
  /// The file that the table was read from, as the user gave it.
  public let file: String
  /// The table's short name: `table-2`.
  public let name: String
  /// Raised with every change of the protocol that makes new numbers incomparable with old ones.
  public let version: Int
  /// The table's caption.
  public let title: String
  /// Where the table was published.
  public let source: String
  /// The name of the file of published numbers, which is in the folder `published` beside the specification; nil where
  /// there is none.
  public let published: String?
  /// The path of the file of published numbers, whichever specification names it; nil where there is none.
  public let publishedFile: String?
  /// What a cell must reach before a claim is tested on it.
  public let requirements: ClaimRequirements
  /// The columns, in the order printed.
  public let columns: [TableColumn]
  /// The rows, in the order printed.
  public let rows: [TableRow]
  /// The scales, in the order written.
  public let scales: [TableScale]
  /// The claims that the paper makes of the table.
  public let claims: [TableClaim]
  /// What a reader should know about the whole table, each a sentence or two.
  public let notes: [String]
  /// What the rows are several of, where they repeat one run with something drawn anew, such as `supports`: their mean and
  /// spread are drawn in the place of a line for each. Nil where the rows differ.
  public let repetitions: String?
  /// The training specification that every cell starts from.
  let training: SpecificationNode?

  static let keys = [
    "extends", "table", "version", "title", "source", "published", "requirements", "columns", "training", "scales",
    "rows", "claims", "notes", "repetitions",
  ]

  /// The scale of a name; where none is named, `quick`, or the table's first if it has no `quick`.
  ///
  /// - Throws: ``Diagnostic`` that lists the table's scales.
  public func scale(_ name: String?) throws -> TableScale {
    guard let name else { return scales.first { $0.name == .quick } ?? scales[0] }
    if let scale = scales.first(where: { $0.name.rawValue == name }) { return scale }
    let known = scales.map(\.name.rawValue)
    let guess = Suggestion.nearest(to: name, in: known).map { "did you mean '\($0)'? " } ?? ""
    throw Diagnostic.file(file, .usage, "has no scale '\(name)'; \(guess)known: " + known.joined(separator: ", "))
  }

  /// The rows that a scale runs, in the order printed.
  public func rows(at scale: TableScale) -> [TableRow] {
    rows.filter { $0.scales.contains(scale.name) }
  }
}

/// What a cell must reach before a claim about learning is tested on it; below, the verdict is *not tested at this scale*.
public struct ClaimRequirements: Equatable, Sendable {
  /// Training tokens for every parameter of the full-rank model of the same size.
  public let tokensPerParameter: Double
  /// Seeds of each row.
  public let seeds: Int
}

/// A sentence of the paper that the table's numbers can support or refute.
public struct TableClaim: Equatable, Sendable {
  /// A short name: `close-to-full-rank`.
  public let id: String
  /// The claim in our words.
  public let statement: String
  /// Where the paper says it.
  public let source: String
  /// The comparison that decides, over the table's cells of one size: `ppl(SLTrain) <= 1.05 * ppl(Full-Rank)`.
  ///
  /// A function's argument is a row's label, taken as it stands up to the closing parenthesis.
  public let test: String
  /// Where the test stands in the file, for errors in it.
  public let testPlace: Diagnostic.Place
  /// The published columns that the claim is about; empty means each one.
  public let sizes: [String]
  /// Whether the paper's abstract says it.
  public let isInAbstract: Bool
}

/// A column of numbers, one for each row and size.
public struct TableColumn: Equatable, Sendable {
  /// What can stand in a column.
  public enum Metric: String, CaseIterable, Sendable {
    /// `exp` of the token-weighted validation loss.
    case perplexity
    /// `exp` of the loss as the authors' code reports it: the sum of the batches' means over their number plus one.
    case paperPerplexity
    /// Parameters of the final model.
    case parameters
    /// Bytes of parameters and optimizer state as the paper counts them, in bf16.
    case memory
    /// The part of these that parameters and positions take.
    case parameterMemory
    /// The part of these that the optimizer takes.
    case optimizerMemory
    /// Both parts component by component: base, factors, sparse values, positions and so on.
    case componentMemory
    /// The most bytes of tensors that were ever live at once, measured.
    case peakMemory
    /// Training tokens a second, measured.
    case throughput
    /// The learning rate.
    case learningRate
    /// Training tokens seen, padding excluded.
    case tokens
  }

  /// What stands in the column.
  public let metric: Metric
  /// The heading.
  public let label: String
}
