import Configuration

/// A row of a table: a method with its options, and the learning rates to try.
public struct TableRow: Sendable {
  /// A learning rate that somebody published for the row.
  public struct PaperRate: Sendable {
    /// The rate, or a variable of the size (`$rate`).
    let node: SpecificationNode
    /// Where it is written.
    public let source: String
  }

  /// The final models that a row's runs start from.
  public struct Origin: Sendable {
    /// The label of the row that they are of.
    public let row: String
    /// The seed of the run whose model every run starts from; nil where each starts from that of its own seed.
    public let seed: UInt64?
    /// Where the row is named.
    let node: SpecificationNode
  }

  /// The name printed: `Low-Rank, SVD start`. Holds no slash, parenthesis or asterisk.
  public let label: String
  /// The published row that this one is compared with, or nil where the paper has none.
  public let published: String?
  /// What a reader should know about the row, printed below the table; empty where there is nothing.
  public let note: String
  /// The scales that run the row.
  public let scales: [ScaleName]
  /// The row as written, for errors that concern it.
  let node: SpecificationNode
  /// The row's layer of the training specification: the method, and what else differs.
  let training: SpecificationNode
  /// The rates of the search, ascending, by scale.
  let grids: [ScaleName: [Double]]
  /// The rate that the paper, or the code behind it, used; nil where it is not known.
  public let paperRate: PaperRate?
  /// The final models that the runs start from; nil where the seed decides.
  public let origin: Origin?
  /// Whether no update is made, so that what the runs start from is evaluated as it is.
  public let isOnlyEvaluated: Bool

  static let keys = [
    "label", "published", "note", "scales", "startsFrom", "method", "training", "learningRates", "paperRate",
  ]

  /// The label in the form of file names and selections: `low-rank-svd-start`.
  public var slug: String { Slug.text(of: label) }

  /// The rates of the search at a scale, ascending.
  public func learningRates(at scale: ScaleName) -> [Double] { grids[scale] ?? [] }
}
