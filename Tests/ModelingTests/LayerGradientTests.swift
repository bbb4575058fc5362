import CKernels
import Modeling
import TestSupport
import Tensors
import Testing

/// Sizes are odd on purpose: rows and columns that fill no block.
@Suite("Layers against double precision") struct LayerGradientTests {
  private let compute = Compute()

  private func configuration(
    vocabulary: Int = 11, hidden: Int = 18, intermediate: Int = 13, heads: Int = 3
  ) -> LlamaConfiguration {
    LlamaConfiguration(
      name: "odd", vocabularySize: vocabulary, hiddenSize: hidden, intermediateSize: intermediate, layers: 1,
      heads: heads, initializerRange: 0.3)
  }

  @Test("RMSNorm and its gradients, over two blocks of rows")
  func rmsNorm() {
    let (rows, width) = (131, 13)
    let norm = RMSNorm("norm", width: width, tokens: rows, epsilon: 1e-5, compute: compute)
    norm.gain.value.copy(from: compute.testMatrix("gain", 1, width))
    let (x, dy) = (compute.testMatrix("x", rows, width), compute.testMatrix("dy", rows, width))
    let (y, again) = (compute.zeros(rows, width, .activations), compute.zeros(rows, width, .activations))
    func function(_ x: [Double], _ gain: [Double]) -> Double {
      innerProduct(DoubleReference.rmsNorm(x, gain: gain, epsilon: 1e-5), dy.doubles)
    }
    norm.forward(x, into: y)
    norm.recompute(x, into: again)
    #expect(
      relativeDifference(y.doubles, DoubleReference.rmsNorm(x.doubles, gain: norm.gain.value.doubles, epsilon: 1e-5))
        < 2e-6)
    #expect(y.array == again.array)

    let dx = compute.zeros(rows, width, .activations)
    dx.fill(1)
    norm.gain.gradient!.fill(2)
    norm.backward(dy, input: x, addingTo: dx)
    expectGradient(dx.array.map { $0 - 1 }, at: x.doubles, name: "x") {
      function($0, norm.gain.value.doubles)
    }
    expectGradient(
      norm.gain.gradient!.array.map { $0 - 2 }, at: norm.gain.value.doubles, name: "gain"
    ) { function(x.doubles, $0) }
  }

  @Test("rotary attention turns by position and back")
  func rotary() {
    let model = configuration()
    let length = 67
    let rotary = RotaryEmbedding(model, length: length, compute: compute)
    let x = compute.testMatrix("x", 2 * length, model.hiddenSize)
    func reference(_ x: [Double]) -> [Double] {
      DoubleReference.rotate(x, length: length, heads: 3, headSize: 6, base: 10_000)
    }
    let turned = compute.zeros(x.rows, x.columns, .activations)
    turned.copy(from: x)
    rotary.rotate(turned)
    #expect(relativeDifference(turned.doubles, reference(x.doubles)) < 2e-6)
    let dy = compute.testMatrix("dy", x.rows, x.columns)
    let dx = compute.zeros(x.rows, x.columns, .activations)
    dx.copy(from: dy)
    rotary.rotate(dx, backwards: true)
    expectGradient(dx.array, at: x.doubles, name: "x") {
      innerProduct(reference($0), dy.doubles)
    }
  }

  @Test("causal attention and its gradients, over three blocks of queries", arguments: [1, 64, 65, 131])
  func attention(length: Int) {
    let model = configuration()
    let (rows, width) = (2 * length, model.hiddenSize)
    let attention = CausalAttention(model, length: length, compute: compute)
    let q = compute.testMatrix("q", rows, width, bound: 3)
    let (k, v) = (compute.testMatrix("k", rows, width, bound: 3), compute.testMatrix("v", rows, width))
    let dy = compute.testMatrix("dy", rows, width)
    let (y, logSums) = (compute.zeros(rows, width, .activations), compute.zeros(rows, 3, .activations))
    func reference(_ q: [Double], _ k: [Double], _ v: [Double]) -> [Double] {
      DoubleReference.attention(q, k, v, length: length, heads: 3, headSize: 6)
    }
    attention.forward(q, k, v, into: y, logSums: logSums)
    #expect(relativeDifference(y.doubles, reference(q.doubles, k.doubles, v.doubles)) < 2e-6)

    let (dq, dk) = (compute.testMatrix("stale", rows, width), compute.testMatrix("stale", rows, width))
    let dv = compute.testMatrix("stale", rows, width)
    attention.backward(dy, q, k, v, y, logSums: logSums, into: dq, dk, dv)
    expectGradient(dv.array, at: v.doubles, name: "v") {
      innerProduct(reference(q.doubles, k.doubles, $0), dy.doubles)
    }
    // A token that sees itself alone gives it all its attention, whatever the query.
    guard length > 1 else { return }
    expectGradient(dq.array, at: q.doubles, name: "q") {
      innerProduct(reference($0, k.doubles, v.doubles), dy.doubles)
    }
    expectGradient(dk.array, at: k.doubles, name: "k") {
      innerProduct(reference(q.doubles, $0, v.doubles), dy.doubles)
    }
  }

  @Test("SwiGLU and its gradients, also where they overwrite the gradient that came in")
  func swiglu() {
    let count = 37
    let (gate, up) = (compute.testMatrix("gate", 1, count, bound: 6), compute.testMatrix("up", 1, count))
    let dy = compute.testMatrix("dy", 1, count)
    let y = compute.zeros(1, count, .activations)
    slk_swiglu_forward(gate.base, up.base, y.base, count)
    #expect(relativeDifference(y.doubles, DoubleReference.swiglu(gate: gate.doubles, up: up.doubles)) < 2e-6)
    let (dGate, dUp) = (compute.zeros(1, count, .activations), compute.zeros(1, count, .activations))
    dUp.copy(from: dy)
    slk_swiglu_backward(dUp.base, gate.base, up.base, dGate.base, dUp.base, count)
    expectGradient(dGate.array, at: gate.doubles, name: "gate", elements: count) {
      innerProduct(DoubleReference.swiglu(gate: $0, up: up.doubles), dy.doubles)
    }
    expectGradient(dUp.array, at: up.doubles, name: "up", elements: count) {
      innerProduct(DoubleReference.swiglu(gate: gate.doubles, up: $0), dy.doubles)
    }
  }

  @Test("a dense layer and its gradients, written and added")
  func dense() {
    let site = configuration().sites.last!
    let tokens = 197
    let layer = DenseLinear(
      at: site, in: LinearContext(compute: compute, tokens: tokens, seed: 1, initializerRange: 0.5))
    let (x, dy) = (compute.testMatrix("x", tokens, 13), compute.testMatrix("dy", tokens, 18))
    let (y, dx) = (compute.zeros(tokens, 18, .activations), compute.zeros(tokens, 13, .activations))
    layer.forward(x, into: y)
    #expect(
      relativeDifference(y.doubles, DoubleReference.linear(x.doubles, layer.weight.value.doubles, inputs: 13)) < 2e-6)
    layer.weight.gradient!.fill(1)
    layer.backward(dy, input: x, into: dx, accumulate: false)
    let once = dx.array
    layer.backward(dy, input: x, into: dx, accumulate: true)
    #expect(relativeDifference(dx.doubles, once.map { 2 * Double($0) }) < 2e-6)
    expectGradient(once, at: x.doubles, name: "x") {
      innerProduct(DoubleReference.linear($0, layer.weight.value.doubles, inputs: 13), dy.doubles)
    }
    let gradient = layer.weight.gradient!.array.map { ($0 - 1) / 2 }
    expectGradient(gradient, at: layer.weight.value.doubles, name: "weight") {
      innerProduct(DoubleReference.linear(x.doubles, $0, inputs: 13), dy.doubles)
    }
  }

  @Test("the head's cross-entropy and its gradients, over two chunks of tokens, with ignored targets")
  func head() {
    let model = configuration(vocabulary: 1371, hidden: 6, heads: 1)
    let tokens = 401
    let head = LanguageModelHead(
      model,
      context: LinearContext(compute: compute, tokens: tokens, seed: 1, initializerRange: model.initializerRange))
    let x = compute.testMatrix("x", tokens, 6, bound: 3)
    let targets = TestBatch(rows: 1, length: tokens, vocabulary: 1371).targets
    func reference(_ x: [Double], _ weight: [Double]) -> Double {
      DoubleReference.crossEntropy(DoubleReference.linear(x, weight, inputs: 6), targets: targets)
    }
    let weight = head.weight.value.doubles
    let expected = reference(x.doubles, weight)
    #expect(abs(head.loss(x, targets: targets) - expected) <= 1e-6 * expected)

    let dx = compute.testMatrix("stale", tokens, 6)
    let loss = head.lossAndGradient(x, targets: targets, gradientScale: 0.5, into: dx)
    #expect(abs(loss - expected) <= 1e-6 * expected)
    for (row, target) in targets.enumerated() where target < 0 { #expect(dx.row(row).array.allSatisfy { $0 == 0 }) }
    expectGradient(dx.array, at: x.doubles, name: "x", elements: 3) { reference($0, weight) / 2 }
    expectGradient(head.weight.gradient!.array, at: weight, name: "weight", elements: 3) {
      reference(x.doubles, $0) / 2
    }
  }

  @Test("a whole block and the gradients of its input and parameters")
  func block() throws {
    let model = configuration()
    let (length, rows) = (67, 2)
    let context = LinearContext(compute: compute, tokens: rows * length, seed: 2, initializerRange: 0.3)
    let block = try LlamaBlock(
      0, model, context: context, attention: CausalAttention(model, length: length, compute: compute),
      rotary: RotaryEmbedding(model, length: length, compute: compute), makeLinear: DenseLinear.init)
    for parameter in block.parameters where parameter.value.rows == 1 {
      parameter.value.copy(from: compute.testMatrix(parameter.name, 1, parameter.count))
    }
    let named = block.parameters.map { ($0.name, $0.value.doubles) }
    let reference = DoubleLlama(model, length: length, parameters: Dictionary(uniqueKeysWithValues: named))
    let (x, dy) = (compute.testMatrix("x", rows * length, 18), compute.testMatrix("dy", rows * length, 18))
    let stream = compute.zeros(x.rows, x.columns, .activations)
    stream.copy(from: x)
    block.forward(stream)
    #expect(relativeDifference(stream.doubles, reference.block(0, x.doubles)) < 2e-6)
    stream.copy(from: dy)
    block.backward(stream)
    expectGradient(stream.array, at: x.doubles, name: "x") {
      innerProduct(reference.block(0, $0), dy.doubles)
    }
    for parameter in block.parameters {
      expectGradient(
        parameter.gradient!.array, at: parameter.value.doubles, name: parameter.name, elements: 2
      ) { values in
        var moved = reference
        moved.parameters[parameter.name] = values
        return innerProduct(moved.block(0, x.doubles), dy.doubles)
      }
    }
  }
}
