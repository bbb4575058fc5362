import CKernels
import MemoryAccounting
import Tensors

/// How many tokens a forward pass takes: `rows` sequences of `length` tokens.
public struct BatchShape: Equatable, Sendable {
  /// Sequences.
  public let rows: Int
  /// Tokens of a sequence.
  public let length: Int

  /// Creates a shape.
  public init(rows: Int, length: Int) {
    self.rows = rows
    self.length = length
  }

  /// Tokens in all, padding included.
  public var tokens: Int { rows * length }
}

/// A LLaMA language model with explicit forward and backward passes over memory that is laid out once.
///
/// Pre-norm blocks, rotary attention, SwiGLU, untied embedding and head, no biases. Causal attention only: padding
/// stands to the right, so that no real token sees it.
/// Source: Touvron et al. 2023, as the official SLTrain and GaLore code runs it.
public final class LlamaModel {
  /// The model's sizes.
  public let configuration: LlamaConfiguration
  /// The largest batch of a forward pass.
  public let shape: BatchShape
  private let embedding: Parameter
  private let blocks: [LlamaBlock]
  private let norm: RMSNorm
  private let head: LanguageModelHead
  private let compute: Compute
  private let residual: Tensor
  private let gradient: Tensor
  private let normed: Tensor

  /// Builds a model from its starting law.
  ///
  /// - Parameter makeLinear: builds the linear layer of a site; what a method brings.
  public init(
    _ configuration: LlamaConfiguration, shape: BatchShape, seed: UInt64, compute: Compute,
    makeLinear: (Site, LinearContext) throws -> any LinearLayer
  ) throws {
    self.configuration = configuration
    self.shape = shape
    self.compute = compute
    let width = configuration.hiddenSize
    embedding = Parameter(
      "model.embed_tokens.weight", rows: configuration.vocabularySize, columns: width, in: compute.memory)
    RandomNumbers(seed: seed, purpose: .initialization, name: embedding.name)
      .fillNormal(embedding.value.elements, deviation: configuration.initializerRange)
    if let row = configuration.frozenEmbeddingRow {
      embedding.frozenRow = row
      embedding.value.row(row).fill(0)
    }
    let context = LinearContext(
      compute: compute, tokens: shape.tokens, seed: seed, initializerRange: configuration.initializerRange)
    let attention = CausalAttention(configuration, length: shape.length, compute: compute)
    let rotary = RotaryEmbedding(configuration, length: shape.length, compute: compute)
    blocks = try (0..<configuration.layers).map { layer in
      try LlamaBlock(
        layer, configuration, context: context, attention: attention, rotary: rotary, makeLinear: makeLinear)
    }
    norm = RMSNorm(
      "model.norm.weight", width: width, tokens: shape.tokens, epsilon: configuration.normEpsilon, compute: compute)
    head = LanguageModelHead(configuration, tokens: shape.tokens, seed: seed, compute: compute)
    residual = compute.zeros(shape.tokens, width, .activations)
    normed = compute.zeros(shape.tokens, width, .activations)
    gradient = compute.zeros(shape.tokens, width, .activations)
  }

  /// The linear layers that the method brought, in the order of the forward pass.
  public var linears: [any LinearLayer] { blocks.flatMap(\.linears) }

  /// Every parameter, in the order of checkpoints.
  public var parameters: [Parameter] {
    [embedding] + blocks.flatMap(\.parameters) + [norm.gain, head.weight]
  }

  /// The sum of the cross-entropies of a batch, in nats.
  ///
  /// - Parameters:
  ///   - tokens: `rows · length` token ids.
  ///   - targets: for each token the id that should follow, or -1.
  ///   - rows: sequences in the batch, at most `shape.rows`.
  public func loss(tokens: UnsafePointer<Int32>, targets: UnsafePointer<Int32>, rows: Int) -> Double {
    head.loss(forward(tokens, rows: rows), targets: targets)
  }

  /// The same sum; adds `gradientScale` times its gradient to the gradient of every parameter.
  public func lossAndGradient(
    tokens: UnsafePointer<Int32>, targets: UnsafePointer<Int32>, rows: Int, gradientScale: Float
  ) -> Double {
    let output = forward(tokens, rows: rows)
    let n = 0..<output.rows
    let stream = gradient.rows(n)
    var total = 0.0
    compute.workspace.withTemporary(rows: n.count, columns: output.columns) { dNormed in
      total = head.lossAndGradient(output, targets: targets, gradientScale: gradientScale, into: dNormed)
      stream.fill(0)
      norm.backward(dNormed, input: residual.rows(n), addingTo: stream)
    }
    for block in blocks.reversed() { block.backward(stream) }
    addEmbeddingGradient(stream, tokens: tokens)
    return total
  }

  private func forward(_ tokens: UnsafePointer<Int32>, rows: Int) -> Tensor {
    precondition(rows <= shape.rows, "\(rows) sequences in a model built for \(shape.rows)")
    let stream = residual.rows(0..<rows * shape.length)
    for token in 0..<stream.rows { stream.row(token).copy(from: embedding.value.row(Int(tokens[token]))) }
    for block in blocks { block.forward(stream) }
    let output = normed.rows(0..<stream.rows)
    norm.forward(stream, into: output)
    return output
  }

  /// Adds each token's gradient to its row of the embedding: a worker takes some columns of all tokens, in order.
  private func addEmbeddingGradient(_ stream: Tensor, tokens: UnsafePointer<Int32>) {
    guard let gradient = embedding.gradient else { return }
    let width = stream.columns
    compute.workers.forEachRange(of: width, size: 128) { columns, _ in
      for token in 0..<stream.rows {
        slk_axpy(
          1, stream.base + token * width + columns.lowerBound,
          gradient.base + Int(tokens[token]) * width + columns.lowerBound, columns.count)
      }
    }
  }
}
