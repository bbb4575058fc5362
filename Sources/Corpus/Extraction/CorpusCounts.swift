import Configuration

/// What was read and what was kept of a corpus.
public struct CorpusCounts: Equatable, Sendable {
  /// The counts of one source.
  public struct Source: Equatable, Sendable {
    /// The source's name.
    public var name: String
    /// Documents that were found in its files.
    public var found = 0
    /// Documents of which cleaning left nothing or too little.
    public var tooShort = 0
    /// Documents whose text had been kept before.
    public var duplicates = 0
    /// Documents that were kept.
    public var kept = 0
    /// Bytes of their texts.
    public var keptBytes = 0
  }

  /// The documents and text bytes of one split.
  public struct Part: Equatable, Sendable {
    /// Documents.
    public var documents = 0
    /// Bytes of their texts.
    public var bytes = 0
  }

  /// By source, in reading order.
  public var sources: [Source] = []
  /// By split.
  public var splits: [Split: Part] = [:]

  /// Documents in all splits.
  public var documents: Int { sources.reduce(0) { $0 + $1.kept } }
  /// Documents that were dropped as duplicates.
  public var duplicates: Int { sources.reduce(0) { $0 + $1.duplicates } }
  /// Text bytes in all splits.
  public var bytes: Int { sources.reduce(0) { $0 + $1.keptBytes } }

  init() {}

  var resolved: ResolvedValue {
    .object([
      "sources": .array(
        sources.map {
          .object([
            "name": .string($0.name), "found": .integer($0.found), "tooShort": .integer($0.tooShort),
            "duplicates": .integer($0.duplicates), "kept": .integer($0.kept), "keptBytes": .integer($0.keptBytes),
          ])
        }),
      "splits": .object(
        Dictionary(
          uniqueKeysWithValues: splits.map {
            ($0.key.rawValue, .object(["documents": .integer($0.value.documents), "bytes": .integer($0.value.bytes)]))
          })),
    ])
  }

  /// Reads ``resolved`` back; nil if a count is missing.
  init?(_ value: ResolvedValue) {
    guard let sources = value["sources"]?.arrayValue, let splits = value["splits"]?.objectValue else { return nil }
    for source in sources {
      let counts = ["found", "tooShort", "duplicates", "kept", "keptBytes"].compactMap { source[$0]?.integerValue }
      guard let name = source["name"]?.stringValue, counts.count == 5 else { return nil }
      self.sources.append(
        Source(
          name: name, found: counts[0], tooShort: counts[1], duplicates: counts[2], kept: counts[3],
          keptBytes: counts[4]))
    }
    for split in Split.allCases {
      guard let part = splits[split.rawValue], let documents = part["documents"]?.integerValue,
        let bytes = part["bytes"]?.integerValue
      else { return nil }
      self.splits[split] = Part(documents: documents, bytes: bytes)
    }
  }
}
