// T tokens, D hidden size, F intermediate size, V vocabulary, L length of a sequence.
import CKernels
import MemoryAccounting
import Methods
import Modeling
import Optimization
import Tensors

/// What a training step consists of beside its layers as a whole, at the shapes of a model: vector kernels, attention, and
/// matrix products in this project's own blocks.
///
/// Everything runs on one worker, so that it says how good the kernel is; the matrix products run on all as well.
/// Bytes are those of all operands, each counted once when it is read and once when it is written.
struct KernelContenders {
  /// The model.
  var model: LlamaConfiguration
  /// Sequences.
  var rows: Int
  /// Tokens of a sequence.
  var length: Int
  /// The share of a matrix's entries that a support holds.
  var density: Double
  /// Seconds that a go of what can be repeated should take, roughly.
  var shortest: Double

  private var tokens: Int { rows * length }

  /// All of them.
  func make(workers: Int) -> [Contender] {
    let memory = Memory()
    let compute = Compute(workers: 1, memory: memory)
    return elementwise(compute) + normalization(compute) + attention(compute) + [crossEntropy(compute)]
      + updates(compute) + conversions(compute) + sparse(compute)
      + CeilingContenders.counts(upTo: workers).flatMap { products(Compute(workers: $0, memory: memory)) }
  }

  /// A contender of one worker that runs often enough to be timed.
  private func kernel(
    _ name: String, _ label: String, floats: Int = 0, bytes: Int? = nil, operations: Double? = nil,
    _ body: @escaping () -> Void
  ) -> Contender {
    let bytes = bytes ?? floats * MemoryLayout<Float>.stride
    let work = max(Double(bytes) / 1e10, (operations ?? 0) / 5e10)
    let measurement = Measurement(name, label: label, workers: 1, operations: operations, bytes: Double(bytes))
    return Contender(measurement, times: max(1, Int((shortest / 8 / work).rounded(.up))), body: body)
  }

  private func elementwise(_ compute: Compute) -> [Contender] {
    let (wide, narrow) = (tokens * model.intermediateSize, tokens * model.hiddenSize)
    let (gate, up, dy) = (compute.noise(1, wide), compute.noise(1, wide), compute.noise(1, wide))
    let (y, dGate, dUp) = (
      compute.zeros(1, wide, .workspace), compute.zeros(1, wide, .workspace), compute.zeros(1, wide, .workspace)
    )
    let (x, sum) = (compute.noise(1, narrow), compute.noise(1, narrow))
    return [
      kernel("add", "y += x, [T, D]", floats: 3 * narrow) { compute.add(x, scaledBy: 1e-3, to: sum) },
      kernel("swiglu", "SwiGLU forward, [T, F]", floats: 3 * wide) {
        slk_swiglu_forward(gate.base, up.base, y.base, wide)
      },
      kernel("swiglu-backward", "SwiGLU backward, [T, F]", floats: 5 * wide) {
        slk_swiglu_backward(dy.base, gate.base, up.base, dGate.base, dUp.base, wide)
      },
    ]
  }

  private func normalization(_ compute: Compute) -> [Contender] {
    let norm = RMSNorm("norm", width: model.hiddenSize, tokens: tokens, epsilon: model.normEpsilon, compute: compute)
    let rotary = RotaryEmbedding(model, length: length, compute: compute)
    let (x, dy) = (compute.noise(tokens, model.hiddenSize), compute.noise(tokens, model.hiddenSize))
    let (y, dx) = (compute.noise(tokens, model.hiddenSize), compute.noise(tokens, model.hiddenSize))
    return [
      kernel("rmsnorm", "RMSNorm forward, [T, D]", floats: 2 * x.count) { norm.forward(x, into: y) },
      kernel("rmsnorm-backward", "RMSNorm backward, [T, D]", floats: 4 * x.count) {
        norm.backward(dy, input: x, addingTo: dx)
      },
      kernel("rotary", "rotary embedding, [T, D]", floats: 2 * x.count) { rotary.rotate(y) },
    ]
  }

  /// The passes of causal attention, whose products cover half of the `[L, L]` scores of each head and a little more.
  private func attention(_ compute: Compute) -> [Contender] {
    func noise(_ seed: UInt64) -> Tensor { compute.noise(tokens, model.hiddenSize, seed: seed) }
    let (q, k, v, dO) = (noise(2), noise(3), noise(4), noise(5))
    let (o, dq, dk, dv) = (noise(6), noise(7), noise(8), noise(9))
    let logSums = compute.zeros(tokens, model.heads, .workspace)
    let attention = CausalAttention(model, length: length, compute: compute)
    attention.forward(q, k, v, into: o, logSums: logSums)
    let forward = OperationCount.causalAttention(of: model, length: length, tokens: tokens) / Double(3 * model.layers)
    return [
      kernel("attention", "attention forward, one block", floats: 4 * q.count, operations: forward) {
        attention.forward(q, k, v, into: o, logSums: logSums)
      },
      kernel("attention-backward", "attention backward, one block", floats: 8 * q.count, operations: 2 * forward) {
        attention.backward(dO, q, k, v, o, logSums: logSums, into: dq, dk, dv)
      },
    ]
  }

  private func crossEntropy(_ compute: Compute) -> Contender {
    let chunk = min(384, tokens)
    let logits = compute.noise(chunk, model.vocabularySize)
    let losses = compute.zeros(1, chunk, .workspace)
    let targets = IndexTensor(count: chunk, category: .workspace, in: compute.memory)
    for row in 0..<chunk { targets.elements[row] = Int32(row * 7 % model.vocabularySize) }
    return kernel("cross-entropy", "cross-entropy and gradient, [\(chunk), V]", floats: 2 * logits.count) {
      slk_cross_entropy(logits.base, targets.base, losses.base, logits.rows, logits.columns, 1 / Float(chunk))
    }
  }

  private func updates(_ compute: Compute) -> [Contender] {
    let (rows, columns) = (model.intermediateSize, model.hiddenSize)
    let (weight, gradient) = (compute.noise(rows, columns), compute.noise(rows, columns, seed: 2))
    let specification = OptimizerSpecification()
    let plain = AdamMoments(rows: rows, columns: columns, compute: compute)
    let blockwise = BlockwiseMoments(rows: rows, columns: columns, compute: compute)
    return [
      kernel("adam", "Adam, [F, D]", floats: 7 * weight.count) {
        plain.update(
          weight, gradient: gradient, learningRate: 1e-6, step: 10, specification: specification, decays: false,
          convention: .torch, compute: compute)
      },
      // Weight and gradient in 32 bits, two codes read and written.
      kernel("adam-8bit", "8-bit Adam, [F, D]", bytes: 16 * weight.count) {
        blockwise.update(
          weight, gradient: gradient, learningRate: 1e-6, step: 10, specification: specification, decays: false,
          convention: .torch, compute: compute)
      },
    ]
  }

  private func conversions(_ compute: Compute) -> [Contender] {
    let floats = compute.noise(tokens, model.hiddenSize)
    let halves = compute.zeros(tokens, model.hiddenSize, .workspace, as: .bfloat16)
    compute.copy(floats, to: halves)
    return [
      kernel("to-bf16", "fp32 to bf16, [T, D]", bytes: 6 * floats.count) { compute.copy(floats, to: halves) },
      kernel("to-bf16-stochastic", "fp32 to bf16, stochastic, [T, D]", bytes: 6 * floats.count) {
        compute.copy(floats, to: halves, rounding: .stochastic(key: 7))
      },
      kernel("from-bf16", "bf16 to fp32, [T, D]", bytes: 6 * floats.count) { compute.copy(halves, to: floats) },
    ]
  }

  /// SLTrain's sparse part alone: a product and a sum an entry and token, and twice that backward.
  private func sparse(_ compute: Compute) -> [Contender] {
    let site = Site(layer: 0, role: .up, inputs: model.hiddenSize, outputs: model.intermediateSize)
    let context = LinearContext(compute: compute, tokens: tokens, seed: 1, initializerRange: 0.02)
    let count = SLTrain.supportSize(of: site.inputs * site.outputs, density: density)
    let matrix = SparseMatrix(at: site, count: count, in: context)
    compute.fillNormal(matrix.values.value, deviation: 0.1, numbers: context.startingNumbers(for: "values"))
    let (x, dy) = (compute.noise(tokens, site.inputs), compute.noise(tokens, site.outputs))
    let (y, dx) = (compute.zeros(tokens, site.outputs, .workspace), compute.zeros(tokens, site.inputs, .workspace))
    let operations = 2 * Double(count) * Double(tokens)
    return [
      kernel("sparse", "y = x Sᵀ, [F, D]", floats: x.count + y.count, operations: operations) {
        matrix.forward(x, into: y)
      },
      kernel(
        "sparse-backward", "dx = dy S and dV, [F, D]", floats: 2 * x.count + y.count, operations: 2 * operations
      ) {
        matrix.backward(dy, input: x, into: dx, accumulate: false)
      },
    ]
  }

  /// The model's own products as its layers make them: in fixed blocks of rows.
  private func products(_ compute: Compute) -> [Contender] {
    CeilingContenders.products(of: model, tokens: tokens).map { product in
      let a = compute.noise(
        product.transposesLeft ? product.k : product.m, product.transposesLeft ? product.m : product.k)
      let b = compute.noise(
        product.transposesRight ? product.n : product.k, product.transposesRight ? product.k : product.n)
      let c = compute.zeros(product.m, product.n, .workspace)
      let workers = compute.workers.count
      let measurement = Measurement(
        "product-\(product.name)-\(workers)", label: product.label, workers: workers, operations: product.operations)
      return Contender(measurement, times: Int((shortest / 2 * 1e11 / product.operations).rounded(.up))) {
        switch (product.transposesLeft, product.transposesRight) {
        case (true, _): compute.multiply(a.transposed, b, into: c)
        case (false, true): compute.multiply(a, b.transposed, into: c)
        case (false, false): compute.multiply(a, b, into: c)
        }
      }
    }
  }
}
