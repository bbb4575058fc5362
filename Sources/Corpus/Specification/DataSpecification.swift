import Configuration
import Foundation

/// The data that a model reads: a corpus with a tokenizer, or files of token ids, cut into rows of one length.
public struct DataSpecification: Equatable, Sendable {
  /// How documents become rows.
  public enum Packing: String, CaseIterable, Sendable {
    /// One document a row, cut or padded to the row's length: the paper's protocol.
    case document
    /// Documents joined by their end pieces and cut into full rows.
    case packed
  }

  /// Where token ids come from.
  public enum Origin: Equatable, Sendable {
    /// Text and a tokenizer.
    case corpus(CorpusSpecification, TokenizerSpecification, Packing)
    /// Files of ids.
    case tokens(TokenFileSpecification)
  }

  /// Where token ids come from.
  public var origin: Origin
  /// Tokens a row.
  public var sequenceLength: Int

  /// Creates a specification.
  public init(origin: Origin, sequenceLength: Int) {
    self.origin = origin
    self.sequenceLength = sequenceLength
  }

  /// Reads `{corpus, tokenizer, packing, sequenceLength}` or `{tokens, validationTokens, vocabularySize, width, splits,
  /// sequenceLength}`.
  ///
  /// `corpus` is a name in `corporaFolder`, or the path of a YAML file, relative to the specification's own.
  ///
  /// - Throws: ``Diagnostic`` with file, line and column.
  public init(reading node: SpecificationNode, corporaFolder: String) throws {
    let corpusKeys = ["corpus", "tokenizer", "packing", "sequenceLength"]
    let mapping = try node.mapping(keys: corpusKeys + TokenFileSpecification.keys)
    if mapping.has("tokens") {
      let own = try node.mapping(keys: TokenFileSpecification.keys + ["sequenceLength"])
      origin = .tokens(try TokenFileSpecification(reading: own))
    } else {
      let own = try node.mapping(keys: corpusKeys)
      let corpus = try Self.corpus(own.requiredNode("corpus"), in: corporaFolder)
      let tokenizer = try TokenizerSpecification(reading: own.requiredNode("tokenizer"))
      origin = .corpus(corpus, tokenizer, try own.choice("packing", default: .document, of: Packing.self))
    }
    sequenceLength = try mapping.integer("sequenceLength", in: 2...65_536)
  }

  /// The vocabulary's size where the specification says it; a tokenizer file says it only when it is opened.
  public var vocabularySize: Int? {
    switch origin {
    case .corpus(_, .trained(let size, _), _): size
    case .corpus: nil
    case .tokens(let tokens): tokens.vocabularySize
    }
  }

  private static func corpus(_ node: SpecificationNode, in folder: String) throws -> CorpusSpecification {
    let name = try node.string()
    guard name.hasSuffix(".yaml") else { return try CorpusSpecification(named: name, in: folder, at: node.place) }
    return try CorpusSpecification(
      file: LocalPath(reading: node).expanded(ProcessInfo.processInfo.environment))
  }
}

/// Files of token ids that somebody made: little-endian numbers of two or four bytes and nothing else.
public struct TokenFileSpecification: Equatable, Sendable {
  /// The file that is trained on; the shares are cut off its end where no file of validation ids is given.
  public var path: LocalPath
  /// A file of validation ids.
  public var validationPath: LocalPath?
  /// Every id is below it.
  public var vocabularySize: Int
  /// Bytes an id: 2 or 4.
  public var width: Int
  /// The shares of rows that are held out.
  public var shares: SplitShares

  static let keys = ["tokens", "validationTokens", "vocabularySize", "width", "splits"]

  /// Creates a specification; without a width, 2 bytes where the vocabulary fits.
  public init(
    path: LocalPath, validationPath: LocalPath? = nil, vocabularySize: Int, width: Int? = nil,
    shares: SplitShares = SplitShares(tuning: 0.01, validation: 0.02)
  ) {
    self.path = path
    self.validationPath = validationPath
    self.vocabularySize = vocabularySize
    self.width = width ?? (vocabularySize <= 1 << 16 ? 2 : 4)
    self.shares = shares
  }

  init(reading mapping: SpecificationMapping) throws {
    let size = try mapping.integer("vocabularySize", in: 2...(1 << 30))
    let width = try mapping.integer("width", default: size <= 1 << 16 ? 2 : 4)
    guard width == 2 || width == 4 else {
      throw mapping.error("width", "'width' is \(width); expected 2 or 4 bytes an id")
    }
    self.init(
      path: try LocalPath(reading: mapping.requiredNode("tokens")),
      validationPath: try mapping.optionalNode("validationTokens").map(LocalPath.init(reading:)), vocabularySize: size,
      width: width)
    if let node = mapping.optionalNode("splits") { shares = try SplitShares(reading: node) }
  }
}
