import Configuration

/// The published numbers of a table or figure, each with its source and status, and what is known to be wrong with them.
///
/// The file is YAML, read strictly: an unknown key, status, source or note is an error at its place.
public struct PublishedTable: Sendable {
  /// The file, as the user gave it.
  public let file: String
  /// The table's name in the paper: `Table 2`.
  public let name: String
  /// Where it was published.
  public let paper: String
  /// What each key of a source stands for, in the order written.
  public let sources: [(id: String, text: String)]
  /// The notes, in the order written.
  public let notes: [PublishedNote]
  /// The sizes, in the order written.
  public let sizes: [PublishedSize]
  /// The rows of any quantity, in the order in which they appear first.
  public let rows: [String]
  private let numbers: [PublishedQuantity: [String: [String: PublishedNumber]]]

  static let keys = ["name", "paper", "sources", "notes", "sizes"] + PublishedQuantity.allCases.map(\.rawValue)

  /// Reads a file of published numbers.
  ///
  /// - Throws: `Diagnostic` at the place that is wrong.
  public init(contentsOf path: String) throws { try self.init(reading: SpecificationNode(file: path)) }

  /// Reads published numbers.
  ///
  /// - Throws: `Diagnostic` at the place that is wrong.
  public init(reading node: SpecificationNode) throws {
    let table = try node.mapping(keys: Self.keys)
    file = node.file
    name = try table.string("name")
    paper = try table.string("paper")
    sources = try table.requiredNode("sources").members().map { ($0.key, try $0.value.string()) }
    notes =
      try table.optionalNode("notes")?.members().map {
        PublishedNote(id: $0.key, text: try $0.value.string())
      } ?? []
    sizes = try table.requiredNode("sizes").members().map { try PublishedSize(label: $0.key, reading: $0.value) }
    var rows: [String] = []
    var numbers: [PublishedQuantity: [String: [String: PublishedNumber]]] = [:]
    let known = Known(sizes: sizes.map(\.label), sources: sources.map(\.id), notes: notes.map(\.id))
    for quantity in PublishedQuantity.allCases {
      for row in try table.optionalNode(quantity.rawValue)?.members() ?? [] {
        if !rows.contains(row.key) { rows.append(row.key) }
        numbers[quantity, default: [:]][row.key] = try known.numbers(of: row.value)
      }
    }
    self.rows = rows
    self.numbers = numbers
  }

  /// A number, or nil where none is known.
  public func number(_ quantity: PublishedQuantity, row: String, size: String) -> PublishedNumber? {
    numbers[quantity]?[row]?[size]
  }

  /// The size of a name.
  public func size(_ label: String) -> PublishedSize? { sizes.first { $0.label == label } }

  /// The note of a key.
  public func note(_ id: String) -> PublishedNote? { notes.first { $0.id == id } }

  /// A published perplexity as an unbiased evaluation would give it; nil where none is known.
  public func unbiasedPerplexity(row: String, size: String) -> Double? {
    guard let number = number(.perplexity, row: row, size: size),
      let batches = number.evaluationBatches ?? self.size(size)?.evaluationBatches
    else { return nil }
    return PublishedSize.unbiased(number.value, batches: batches)
  }
}

extension PublishedSize {
  fileprivate init(label: String, reading node: SpecificationNode) throws {
    let size = try node.mapping(keys: ["tokens", "evaluationBatches", "vocabulary"])
    self.label = label
    vocabulary = size.has("vocabulary") ? try size.integer("vocabulary", in: 2...) : nil
    tokens = size.has("tokens") ? try size.number("tokens", in: 1...) : nil
    evaluationBatches = size.has("evaluationBatches") ? try size.integer("evaluationBatches", in: 1...) : nil
  }
}

/// The keys that a number may refer to.
private struct Known {
  let sizes: [String]
  let sources: [String]
  let notes: [String]

  /// The numbers of a row, by size. The row's own `status`, `source` and `notes` hold for each number without its own.
  func numbers(of row: SpecificationNode) throws -> [String: PublishedNumber] {
    let shared = try row.mapping(keys: sizes + ["status", "source", "notes"])
    var result: [String: PublishedNumber] = [:]
    for size in sizes where shared.has(size) {
      result[size] = try number(shared.requiredNode(size), in: shared)
    }
    return result
  }

  /// A number: `34.15`, or `{value: 34.15, status: recalled, …}`.
  private func number(_ node: SpecificationNode, in row: SpecificationMapping) throws -> PublishedNumber {
    guard node.isMapping else {
      return try number(node, own: row, shared: row, batches: nil)
    }
    let own = try node.mapping(keys: ["value", "status", "source", "notes", "evaluationBatches"])
    let batches = own.has("evaluationBatches") ? try own.integer("evaluationBatches", in: 1...) : nil
    return try number(own.requiredNode("value"), own: own, shared: row, batches: batches)
  }

  private func number(
    _ value: SpecificationNode, own: SpecificationMapping, shared: SpecificationMapping, batches: Int?
  ) throws -> PublishedNumber {
    func holder(of key: String) -> SpecificationMapping { own.has(key) ? own : shared }
    guard try value.number() >= 0 else { throw value.error("a published number cannot be negative") }
    let source = try holder(of: "source").string("source")
    guard sources.contains(source) else {
      let clause = Suggestion.clause(for: source, in: sources)
      throw holder(of: "source").error("source", "unknown source '\(source)'; \(clause)")
    }
    return PublishedNumber(
      text: try value.string(), value: try value.number(), status: try holder(of: "status").choice("status"),
      source: source, notes: try keys(holder(of: "notes").optionalNode("notes")), evaluationBatches: batches)
  }

  private func keys(_ node: SpecificationNode?) throws -> [String] {
    try (node?.list() ?? []).map {
      let key = try $0.string()
      guard notes.contains(key) else {
        throw $0.error("unknown note '\(key)'; " + Suggestion.clause(for: key, in: notes))
      }
      return key
    }
  }
}
