import Configuration

/// The shape of a LLaMA model: sizes, and the few constants that are not sizes.
///
/// Source: the configuration files of the official SLTrain and GaLore code; the names are Hugging Face's in camel case.
public struct LlamaConfiguration: Equatable, Sendable {
  /// The name of the configuration: `60M`.
  public var name: String
  /// Token ids are below this.
  public var vocabularySize: Int
  /// The width of the residual stream.
  public var hiddenSize: Int
  /// The width between the feed-forward's matrices.
  public var intermediateSize: Int
  /// The number of blocks.
  public var layers: Int
  /// The number of attention heads.
  public var heads: Int
  /// What RMSNorm adds to the mean square.
  public var normEpsilon: Float
  /// The base of the rotary embedding's wavelengths.
  public var rotaryBase: Float
  /// The standard deviation of the starting values of dense matrices and the embedding.
  public var initializerRange: Float
  /// The row of the embedding that is zero and stays zero, or nil; -1 is the last row, as in the official configurations.
  public var paddingIndex: Int?

  /// The vocabularies that a model may have; this and the other bounds keep all products of sizes within 64 bits.
  public static let vocabularySizes = 2...1 << 24
  /// The hidden sizes that a model may have.
  public static let hiddenSizes = 2...1 << 17
  /// The widths that a feed-forward may have.
  public static let intermediateSizes = 1...1 << 20
  /// The numbers of blocks that a model may have.
  public static let layerCounts = 1...1 << 12

  /// The width of a head.
  public var headSize: Int { hiddenSize / heads }

  /// The row of the embedding that stays zero, counted from 0.
  public var frozenEmbeddingRow: Int? { paddingIndex.map { $0 < 0 ? vocabularySize + $0 : $0 } }

  /// The keys of a model's mapping in a specification.
  public static let keys = [
    "name", "vocabularySize", "hiddenSize", "intermediateSize", "layers", "heads", "normEpsilon", "rotaryBase",
    "initializerRange", "paddingIndex",
  ]

  /// Creates a configuration from its sizes.
  public init(
    name: String, vocabularySize: Int, hiddenSize: Int, intermediateSize: Int, layers: Int, heads: Int,
    normEpsilon: Float = 1e-6, rotaryBase: Float = 10_000, initializerRange: Float = 0.02, paddingIndex: Int? = nil
  ) {
    precondition(hiddenSize % heads == 0 && hiddenSize / heads % 2 == 0, "heads must divide the hidden size evenly")
    self.name = name
    self.vocabularySize = vocabularySize
    self.hiddenSize = hiddenSize
    self.intermediateSize = intermediateSize
    self.layers = layers
    self.heads = heads
    self.normEpsilon = normEpsilon
    self.rotaryBase = rotaryBase
    self.initializerRange = initializerRange
    self.paddingIndex = paddingIndex
  }

  /// Reads a configuration.
  ///
  /// - Throws: `Diagnostic` at the key that is missing, unknown or impossible.
  public init(reading model: SpecificationMapping) throws {
    name = try model.string("name", default: "custom")
    vocabularySize = try model.integer("vocabularySize", in: Self.vocabularySizes)
    hiddenSize = try model.integer("hiddenSize", in: Self.hiddenSizes)
    intermediateSize = try model.integer("intermediateSize", in: Self.intermediateSizes)
    layers = try model.integer("layers", in: Self.layerCounts)
    heads = try model.integer("heads", in: 1...)
    normEpsilon = Float(try model.number("normEpsilon", default: 1e-6, in: 0...))
    rotaryBase = Float(try model.number("rotaryBase", default: 10_000, in: 1...))
    initializerRange = Float(try model.number("initializerRange", default: 0.02, in: 0...))
    if model.has("paddingIndex") {
      paddingIndex = try model.integer("paddingIndex", in: -vocabularySize..<vocabularySize)
    }
    guard hiddenSize % heads == 0 else {
      throw model.error("heads", "\(heads) heads do not divide the hidden size \(hiddenSize); choose a divisor")
    }
    guard headSize % 2 == 0 else {
      throw model.error(
        "heads", "the head size \(hiddenSize)/\(heads) = \(headSize) is odd; rotary attention pairs its halves")
    }
  }

  /// The linear layers that a method may parameterise, in the order of the forward pass.
  public var sites: [Site] {
    (0..<layers).flatMap { layer in Site.Role.allCases.map { Site(layer: layer, role: $0, in: self) } }
  }

  /// The smaller side of the smallest matrix that a method may parameterise: no rank may exceed it.
  public var smallestDimension: Int { min(hiddenSize, intermediateSize) }

  /// Parameters that no method touches: embedding, head, norms.
  public var baseParameterCount: Int { 2 * vocabularySize * hiddenSize + (2 * layers + 1) * hiddenSize }

  /// Parameters of the dense model.
  public var denseParameterCount: Int { baseParameterCount + sites.reduce(0) { $0 + $1.inputs * $1.outputs } }
}

/// A linear layer's place in the model.
public struct Site: Hashable, Sendable {
  /// What a linear layer is for.
  public enum Role: String, CaseIterable, Sendable {
    /// Queries.
    case query = "self_attn.q_proj"
    /// Keys.
    case key = "self_attn.k_proj"
    /// Values.
    case value = "self_attn.v_proj"
    /// What attention gives back to the residual stream.
    case output = "self_attn.o_proj"
    /// The gate of the feed-forward.
    case gate = "mlp.gate_proj"
    /// What the gate multiplies.
    case up = "mlp.up_proj"
    /// What the feed-forward gives back to the residual stream.
    case down = "mlp.down_proj"

    /// The name without the part of the block: `q_proj`.
    public var shortName: String { rawValue.split(separator: ".").last.map(String.init) ?? rawValue }
  }

  /// The block, counted from 0.
  public let layer: Int
  /// The layer's part in the block.
  public let role: Role
  /// The width of what comes in.
  public let inputs: Int
  /// The width of what goes out.
  public let outputs: Int

  /// Creates a site from its widths.
  public init(layer: Int, role: Role, inputs: Int, outputs: Int) {
    self.layer = layer
    self.role = role
    self.inputs = inputs
    self.outputs = outputs
  }

  init(layer: Int, role: Role, in model: LlamaConfiguration) {
    self.init(
      layer: layer, role: role, inputs: role == .down ? model.intermediateSize : model.hiddenSize,
      outputs: role == .gate || role == .up ? model.intermediateSize : model.hiddenSize)
  }

  /// Hugging Face's name of the module: `model.layers.0.self_attn.q_proj`.
  public var name: String { "model.layers.\(layer).\(role.rawValue)" }
}
