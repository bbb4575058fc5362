import Configuration

/// A figure of the paper as data: the table whose cells it is drawn from, and the file of published numbers.
public struct FigureSpecification: Sendable {
  /// The figure's short name: `figure-1`.
  public let name: String
  /// The table whose cells it is drawn from: `table-2`.
  public let table: String
  /// The caption.
  public let title: String
  /// Where the figure was published.
  public let source: String
  /// The file of published numbers, relative to the folder `published` beside the specification.
  public let published: String

  static let keys = ["figure", "of", "title", "source", "published"]

  /// Reads a figure.
  ///
  /// - Throws: ``Diagnostic`` at the key that is missing or unknown.
  public init(reading node: SpecificationNode) throws {
    let figure = try node.mapping(keys: Self.keys)
    name = try figure.string("figure")
    table = try figure.string("of")
    title = try figure.string("title")
    source = try figure.string("source")
    published = try figure.string("published")
  }

  /// Whether a specification is one of a figure.
  static func describes(_ node: SpecificationNode) -> Bool {
    (try? node.members().contains { $0.key == "figure" }) ?? false
  }
}
