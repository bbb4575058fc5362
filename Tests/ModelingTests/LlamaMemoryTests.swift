import MemoryAccounting
import Modeling
import Optimization
import TestSupport
import Tensors
import Testing

@Suite("The model's memory", .serialized) struct LlamaMemoryTests {
  private let configuration = LlamaConfiguration(
    name: "odd", vocabularySize: 701, hiddenSize: 54, intermediateSize: 130, layers: 3, heads: 3)
  private let memory = Memory()
  private let batch = TestBatch(rows: 4, length: 67, vocabulary: 701)

  private func model(rows: Int = 4, workers: Int = 1) throws -> (model: LlamaModel, compute: Compute) {
    let compute = Compute(workers: workers, memory: memory)
    let model = try LlamaModel(
      configuration, shape: BatchShape(rows: rows, length: 67), seed: 1, compute: compute,
      makeLinear: DenseLinear.init)
    return (model, compute)
  }

  private func step(_ model: LlamaModel, rows: Int = 4) {
    _ = model.lossAndGradient(tokens: batch.tokens, targets: batch.targets, rows: rows, gradientScale: 1)
  }

  @Test("weights and gradients take four bytes a parameter, and all bytes are counted")
  func bytes() throws {
    do {
      let (model, compute) = try model()
      let count = configuration.denseParameterCount
      #expect(memory.usage(of: .weights).requested == 4 * count)
      #expect(memory.usage(of: .gradients).requested == 4 * count)
      let optimizer = Optimizer(OptimizerSpecification(), parameters: model.parameters, compute: compute)
      #expect(memory.usage(of: .optimizerState).requested == 8 * count)
      step(model)
      optimizer.update(learningRate: 0.01)
      #expect(memory.usage(of: .workspace).requested > 0)
      #expect(memory.crossCheck().isEmpty)
    }
    #expect(memory.total.requested == 0)
    #expect(memory.crossCheck().isEmpty)
  }

  @Test("activations are those that the layers say they save")
  func activations() throws {
    let (model, _) = try model()
    let (tokens, width) = (4 * 67, configuration.hiddenSize)
    // A block: two residual streams, q, k, v, attended; the logarithms; gate and up; two norms' inverse roots.
    let block = tokens * (6 * width + configuration.heads + 2 * configuration.intermediateSize + 2)
    // Once: residual, normed, gradient; the losses; the last norm's roots; the rotary tables.
    let once = tokens * (3 * width + 1 + 1) + 67 * configuration.headSize
    #expect(memory.usage(of: .activations).requested == 4 * (configuration.layers * block + once))
    _ = model
  }

  @Test("a step takes no tensor memory after the first", arguments: [1, 2])
  func secondStep(workers: Int) throws {
    let (model, compute) = try model(workers: workers)
    let optimizer = Optimizer(
      OptimizerSpecification(clipNorm: 1), parameters: model.parameters, compute: compute)
    step(model)
    optimizer.update(learningRate: 0.01)
    let (allocations, usage) = (memory.allocationCount, memory.total)
    for rows in [4, 1, 4] {
      optimizer.clearGradients()
      step(model, rows: rows)
      optimizer.update(learningRate: 0.01)
      _ = model.loss(tokens: batch.tokens, targets: batch.targets, rows: rows)
    }
    #expect(memory.allocationCount == allocations)
    #expect(memory.total == usage)
    #expect(memory.crossCheck().isEmpty)
  }

  @Test("the peak is the most that was live at once, and stays when memory is given back")
  func peak() throws {
    do {
      let (model, _) = try model()
      step(model)
      #expect(memory.total.peak == memory.total.requested)
    }
    let peak = memory.total.peak
    #expect(peak > 8 * configuration.denseParameterCount)
    #expect(memory.total.requested == 0)
    do {
      let (smaller, _) = try model(rows: 1)
      step(smaller, rows: 1)
      #expect(memory.total.requested < peak)
    }
    #expect(memory.total.peak == peak)
    #expect(memory.usage(of: .weights).peak == 4 * configuration.denseParameterCount)
  }
}
