import Configuration

/// How documents are found in a file.
public struct ReaderSpecification: Equatable, Sendable {
  /// The file formats.
  public enum Format: String, CaseIterable, Sendable {
    /// Comma-separated values; one column holds a document in each record.
    case csv
    /// A JSON object a line.
    case jsonl
    /// One JSON value whose elements are the documents.
    case json
    /// The whole file is one document.
    case text
    /// WikiText: headings of the first level begin documents.
    case wikitext
  }

  /// The file format; a name that ends in `.gz` is unpacked first.
  public var format: Format
  /// The column, the key, or the path of keys with `*` for every element, under which a document's text is; empty where
  /// the format needs none.
  public var text: String

  /// Creates a reader.
  public init(format: Format, text: String = "") {
    self.format = format
    self.text = text
  }

  /// Reads `{format, text}`.
  public init(reading node: SpecificationNode) throws {
    let mapping = try node.mapping(keys: ["format", "text"])
    format = try mapping.choice("format")
    switch format {
    case .csv, .jsonl, .json: text = try mapping.string("text")
    case .text, .wikitext:
      guard !mapping.has("text") else {
        throw mapping.error("text", "'text' has no meaning for the format '\(format.rawValue)'; remove it")
      }
      text = ""
    }
  }

  var resolved: ResolvedValue { .object(["format": .string(format.rawValue), "text": .string(text)]) }

  /// Gives every document's text, as it is in the file, to `body`.
  ///
  /// - Throws: ``Diagnostic`` `.data` if the file is damaged or not of the format.
  package func read(_ source: any ByteSource, _ body: (_ text: [UInt8]) throws -> Void) throws {
    let isPacked = source.name.hasSuffix(".gz")
    let source: any ByteSource = isPacked ? GzipSource(source) : source
    switch format {
    case .csv: try CSVReader.read(source, column: text, body)
    case .jsonl: try JSONDocuments.readLines(source, path: text) { try body(Array($0.utf8)) }
    case .json: try JSONDocuments.readElements(source, path: text) { try body(Array($0.utf8)) }
    case .text: try body([UInt8](source.readAll()))
    case .wikitext: try Articles.read(source, body)
    }
  }
}
