import Modeling

/// A dense LLaMA in double precision over named parameters.
public struct DoubleLlama {
  /// The sizes.
  public let configuration: LlamaConfiguration
  /// Tokens of a sequence.
  public let length: Int
  /// The parameters by name, row by row.
  public var parameters: [String: [Double]]

  /// Creates a model from its parameters.
  public init(_ configuration: LlamaConfiguration, length: Int, parameters: [String: [Double]]) {
    self.configuration = configuration
    self.length = length
    self.parameters = parameters
  }

  /// Takes over the parameters of a dense model.
  public init(_ model: LlamaModel) {
    let named = model.parameters.map { ($0.name, $0.value.array.map(Double.init)) }
    self.init(
      model.configuration, length: model.shape.length, parameters: Dictionary(uniqueKeysWithValues: named))
  }

  private func parameter(_ name: String) -> [Double] {
    guard let values = parameters[name] else { preconditionFailure("there is no parameter '\(name)'") }
    return values
  }

  /// The sum of the cross-entropies of some sequences.
  public func loss(tokens: [Int32], targets: [Int32]) -> Double {
    let width = configuration.hiddenSize
    let embedding = parameter("model.embed_tokens.weight")
    var stream = tokens.flatMap { embedding[Int($0) * width..<(Int($0) + 1) * width] }
    for layer in 0..<configuration.layers { stream = block(layer, stream) }
    let normed = norm(stream, "model.norm.weight")
    let logits = DoubleReference.linear(normed, parameter("lm_head.weight"), inputs: width)
    return DoubleReference.crossEntropy(logits, targets: targets)
  }

  /// The residual stream after a block.
  public func block(_ layer: Int, _ stream: [Double]) -> [Double] {
    let name = "model.layers.\(layer)."
    func linear(_ x: [Double], _ role: Site.Role) -> [Double] {
      let inputs = role == .down ? configuration.intermediateSize : configuration.hiddenSize
      return DoubleReference.linear(x, parameter(name + role.rawValue + ".weight"), inputs: inputs)
    }
    func rotated(_ x: [Double]) -> [Double] {
      DoubleReference.rotate(
        x, length: length, heads: configuration.heads, headSize: configuration.headSize,
        base: Double(configuration.rotaryBase))
    }
    let normed = norm(stream, name + "input_layernorm.weight")
    let attended = DoubleReference.attention(
      rotated(linear(normed, .query)), rotated(linear(normed, .key)), linear(normed, .value), length: length,
      heads: configuration.heads, headSize: configuration.headSize)
    let middle = zip(stream, linear(attended, .output)).map(+)
    let lifted = norm(middle, name + "post_attention_layernorm.weight")
    let product = DoubleReference.swiglu(gate: linear(lifted, .gate), up: linear(lifted, .up))
    return zip(middle, linear(product, .down)).map(+)
  }

  private func norm(_ x: [Double], _ name: String) -> [Double] {
    DoubleReference.rmsNorm(x, gain: parameter(name), epsilon: Double(configuration.normEpsilon))
  }
}
