import Configuration

/// Data that is ready to be read in rows.
public struct PreparedData: Sendable {
  /// The tokens of a split before they are cut into rows.
  struct Part {
    var rows: any TokenRows
    var documents: Int?
    var tokens: Int
  }

  /// What a split holds.
  public struct Counts: Equatable, Sendable {
    /// Documents; nil for files of ids.
    public var documents: Int?
    /// Tokens of all documents, end pieces included.
    public var tokens: Int
    /// Rows of the chosen length.
    public var rows: Int
    /// Tokens that the rows hold, without padding.
    public var rowTokens: Int
  }

  /// What the data was made from.
  public let specification: DataSpecification
  /// The identity that ``DataPreparer/identity(of:)`` gives.
  public let identity: ResolvedValue
  /// What is trained on.
  public let train: any TokenRows
  /// Held-out training data, for the choice of a learning rate; it may have no rows.
  public let tuning: any TokenRows
  /// What perplexities are measured on. Rows stand in the order of the corpus's sources: a measurement that does not
  /// read all of them takes them in a shuffled ``RowSequence``, or it measures the first source.
  public let validation: any TokenRows
  /// The digest of the extracted documents, or of the files of ids.
  public let corpusDigest: Digest
  /// The SHA-256 of the tokenizer's model; nil for files of ids.
  public let tokenizerDigest: Digest?
  /// The tokenizer's model file; nil for files of ids.
  public let tokenizerPath: String?
  /// What was read and kept of the corpus; nil for files of ids.
  public let corpusCounts: CorpusCounts?
  /// What the splits hold.
  public let counts: [Split: Counts]

  /// Puts the splits together.
  ///
  /// - Throws: ``Diagnostic`` `.data` if there is nothing to train on or to validate with.
  init(
    specification: DataSpecification, identity: ResolvedValue, name: String, parts: [Split: Part], corpusDigest: Digest,
    tokenizerDigest: Digest? = nil, tokenizerPath: String? = nil, corpusCounts: CorpusCounts? = nil
  ) throws {
    // Somebody who gives a file of ids and holds nothing back wants no validation.
    var isAllForTraining = false
    if case .tokens(let tokens) = specification.origin {
      isAllForTraining = tokens.validationPath == nil && tokens.shares.validation == 0
    }
    func rows(_ split: Split) throws -> any TokenRows {
      guard let part = parts[split],
        part.rows.rowCount > 0 || split == .tuning || (split == .validation && isAllForTraining)
      else {
        throw Diagnostic(
          .data,
          "\(name) gives no row of \(specification.sequenceLength) tokens for \(split.rawValue); use more data, "
            + "shorter rows or other shares under 'splits'")
      }
      return part.rows
    }
    (train, tuning, validation) = (try rows(.train), try rows(.tuning), try rows(.validation))
    self.specification = specification
    self.identity = identity
    self.corpusDigest = corpusDigest
    self.tokenizerDigest = tokenizerDigest
    self.tokenizerPath = tokenizerPath
    self.corpusCounts = corpusCounts
    counts = parts.mapValues { part in
      let rowTokens = (0..<part.rows.rowCount).reduce(0) { $0 + part.rows.tokenCount(ofRow: $1) }
      return Counts(documents: part.documents, tokens: part.tokens, rows: part.rows.rowCount, rowTokens: rowTokens)
    }
  }

  /// Every id is below it.
  public var vocabularySize: Int { train.vocabularySize }

  /// The rows of a split.
  public func rows(_ split: Split) -> any TokenRows {
    switch split {
    case .train: train
    case .tuning: tuning
    case .validation: validation
    }
  }

  /// Opens the tokenizer, to look at rows as text; nil for files of ids.
  public func tokenizer() throws -> SentencePieceTokenizer? {
    try tokenizerPath.map { try SentencePieceTokenizer(file: $0) }
  }

  /// Lines that describe the data for people.
  public var describe: [String] {
    var lines: [String] = []
    if let corpusCounts {
      for source in corpusCounts.sources {
        lines.append(
          "source \(source.name): \(source.kept) of \(source.found) documents kept, \(source.keptBytes) bytes "
            + "(\(source.tooShort) too short, \(source.duplicates) duplicates)")
      }
    }
    for split in Split.allCases {
      guard let count = counts[split] else { continue }
      let documents = count.documents.map { "\($0) documents, " } ?? ""
      lines.append(
        "\(split.rawValue): \(documents)\(count.tokens) tokens; \(count.rows) rows of \(train.length), "
          + "\(count.rowTokens) tokens in them")
    }
    lines.append("vocabulary: \(vocabularySize)")
    lines.append("corpus digest: \(corpusDigest.prefix(16))")
    if let tokenizerDigest { lines.append("tokenizer digest: \(tokenizerDigest.prefix(16))") }
    return lines
  }
}
