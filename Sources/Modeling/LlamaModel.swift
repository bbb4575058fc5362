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
  /// The shape as it is printed: `8 × 256`.
  public var text: String { "\(rows) × \(length)" }
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
  /// The tokens of a batch by their ids; only where the embedding's gradient rounds.
  private let order: IndexTensor?

  /// Builds a model from its starting law.
  ///
  /// - Parameters:
  ///   - storage: in how many bits numbers are stored, and what is kept at the same time.
  ///   - makeLinear: builds the linear layer of a site; what a method brings.
  public init(
    _ configuration: LlamaConfiguration, shape: BatchShape, seed: UInt64, storage: ModelStorage = ModelStorage(),
    compute: Compute,
    makeLinear: (Site, LinearContext) throws -> any LinearLayer
  ) throws {
    self.configuration = configuration
    self.shape = shape
    self.compute = compute
    let width = configuration.hiddenSize
    let context = LinearContext(
      compute: compute, tokens: shape.tokens, seed: seed, initializerRange: configuration.initializerRange,
      storage: storage)
    embedding = Parameter(
      "model.embed_tokens.weight", rows: configuration.vocabularySize, columns: width, storage: storage,
      in: compute.memory)
    context.fillDense(embedding.value, name: embedding.name)
    if let row = configuration.frozenEmbeddingRow {
      embedding.frozenRow = row
      embedding.value.row(row).fill(0)
    }
    let attention = CausalAttention(configuration, length: shape.length, compute: compute)
    let rotary = RotaryEmbedding(configuration, length: shape.length, compute: compute)
    blocks = try (0..<configuration.layers).map { layer in
      try LlamaBlock(
        layer, configuration, context: context, attention: attention, rotary: rotary, makeLinear: makeLinear)
    }
    norm = RMSNorm(
      "model.norm.weight", width: width, tokens: shape.tokens, epsilon: configuration.normEpsilon, storage: storage,
      compute: compute)
    head = LanguageModelHead(configuration, context: context)
    residual = compute.zeros(shape.tokens, width, .activations)
    normed = compute.zeros(shape.tokens, width, .activations)
    gradient = compute.zeros(shape.tokens, width, .activations)
    order =
      storage.gradientType == .float32 ? nil : IndexTensor(count: shape.tokens, category: .data, in: compute.memory)
    if storage.gradients == .shared {
      shareGradients(of: parameterGroups, as: storage.gradientType, compute: compute)
    }
  }

  /// The linear layers that the method brought, in the order of the forward pass.
  public var linears: [any LinearLayer] { blocks.flatMap(\.linears) }

  /// How the linear layers are computed, where their method knows several ways: `factored`, or
  /// `densified (q_proj, k_proj, v_proj, o_proj), factored (gate_proj, up_proj, down_proj)`; empty where it knows one.
  public var forms: String {
    let forms = Set(linears.compactMap(\.form)).sorted()
    guard forms.count > 1 else { return forms.first ?? "" }
    return forms.map { form in
      let roles = Site.Role.allCases.filter { role in linears.contains { $0.site.role == role && $0.form == form } }
      return "\(form) (\(roles.map(\.shortName).joined(separator: ", ")))"
    }.joined(separator: ", ")
  }

  /// Every parameter, in the order of checkpoints.
  public var parameters: [Parameter] {
    [embedding] + blocks.flatMap(\.parameters) + [norm.gain, head.weight]
  }

  /// The parameters by when their gradients are whole: those of a group at the same moment.
  private var parameterGroups: [[Parameter]] {
    [[embedding]] + blocks.flatMap(\.parameterGroups) + [[norm.gain], [head.weight]]
  }

  /// The sum of the cross-entropies of a batch, in nats.
  ///
  /// - Parameters:
  ///   - tokens: `rows · length` token ids.
  ///   - targets: for each token the id that should follow, or -1.
  ///   - rows: sequences in the batch, at most `shape.rows`.
  public func loss(tokens: UnsafePointer<Int32>, targets: UnsafePointer<Int32>, rows: Int) -> Double {
    let output = forward(tokens, rows: rows)
    return compute.during(.head) { head.loss(output, targets: targets) }
  }

  /// The same sum; adds `gradientScale` times its gradient to the gradient of every parameter.
  ///
  /// - Parameter flow: is told when the gradients of some parameters begin and when they are whole.
  public func lossAndGradient(
    tokens: UnsafePointer<Int32>, targets: UnsafePointer<Int32>, rows: Int, gradientScale: Float,
    flow: GradientFlow = .none
  ) -> Double {
    let output = forward(tokens, rows: rows)
    let stream = gradient.rows(0..<output.rows)
    let total = compute.during(.head) {
      backwardHead(output, targets: targets, gradientScale: gradientScale, into: stream, flow: flow)
    }
    for (number, block) in blocks.enumerated().reversed() {
      compute.during(.backward(block: number)) { block.backward(stream, flow: flow) }
    }
    compute.during(.embedding) {
      flow.through([embedding]) {
        compute.doing(.embedding) { addEmbeddingGradient(stream, tokens: tokens) }
      }
    }
    return total
  }

  private func forward(_ tokens: UnsafePointer<Int32>, rows: Int) -> Tensor {
    precondition(rows <= shape.rows, "\(rows) sequences in a model built for \(shape.rows)")
    let stream = residual.rows(0..<rows * shape.length)
    let output = normed.rows(0..<stream.rows)
    compute.during(.forward) {
      compute.doing(.embedding) {
        compute.workers.forEachRange(of: stream.rows, size: 64) { rows, _ in
          for token in rows { stream.row(token).copy(from: embedding.value.row(Int(tokens[token]))) }
        }
      }
      for block in blocks { block.forward(stream) }
      norm.forward(stream, into: output)
    }
    return output
  }

  /// The head's loss, and its gradient through the last norm, which is written to `stream`.
  private func backwardHead(
    _ output: Tensor, targets: UnsafePointer<Int32>, gradientScale: Float, into stream: Tensor, flow: GradientFlow
  ) -> Double {
    compute.workspace.withTemporary(rows: output.rows, columns: output.columns) { dNormed in
      var total = 0.0
      flow.through([head.weight]) {
        total = head.lossAndGradient(output, targets: targets, gradientScale: gradientScale, into: dNormed)
      }
      compute.doing(.residual) { compute.fill(stream, with: 0) }
      flow.through([norm.gain]) {
        norm.backward(dNormed, input: residual.rows(0..<output.rows), addingTo: stream)
      }
      return total
    }
  }

  /// Adds each token's gradient to its row of the embedding: a worker takes some columns of all tokens, in order.
  private func addEmbeddingGradient(_ stream: Tensor, tokens: UnsafePointer<Int32>) {
    guard let gradient = embedding.gradient else { return }
    if let order { return addEmbeddingGradientByRow(stream, tokens: tokens, order: order.elements, to: gradient) }
    let width = stream.columns
    compute.workers.forEachRange(of: width, size: 128) { columns, _ in
      for token in 0..<stream.rows {
        slk_axpy(
          1, stream.base + token * width + columns.lowerBound,
          gradient.base + Int(tokens[token]) * width + columns.lowerBound, columns.count)
      }
    }
  }

  /// The same for a gradient that rounds: what a row receives is summed before it is added, by a worker of its own.
  private func addEmbeddingGradientByRow(
    _ stream: Tensor, tokens: UnsafePointer<Int32>, order: UnsafeMutableBufferPointer<Int32>, to gradient: Tensor
  ) {
    for token in 0..<stream.rows { order[token] = Int32(token) }
    var byId = UnsafeMutableBufferPointer(rebasing: order[..<stream.rows])
    byId.sort { (tokens[Int($0)], $0) < (tokens[Int($1)], $1) }
    compute.workers.forEachRange(of: stream.columns, size: 128) { columns, _ in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: columns.count) { sum in
        var next = 0
        while next < stream.rows {
          let id = tokens[Int(order[next])]
          sum.initialize(repeating: 0)
          while next < stream.rows, tokens[Int(order[next])] == id {
            slk_axpy(1, stream.row(Int(order[next])).base + columns.lowerBound, sum.baseAddress!, columns.count)
            next += 1
          }
          addElements(sum.baseAddress!, to: gradient.row(Int(id)), at: columns)
        }
      }
    }
  }
}
