import MemoryAccounting
import Methods
import Modeling
import Tensors
import TestSupport
import Testing

@Suite("SLTrain's two forms")
struct SLTrainFormTests {
  /// What one pass of a layer of made-up parameters gives.
  private struct Pass {
    let compute: Compute
    let layer: any LinearLayer
    let results: [Tensor]

    init(
      _ form: String, rank: Int = 24, inputs: Int, outputs: Int, tokens: Int, workers: Int = 1,
      storage: ModelStorage = ModelStorage(), memory: Memory = Memory()
    ) throws {
      let model = LlamaConfiguration(
        name: "wide", vocabularySize: 2, hiddenSize: 512, intermediateSize: 512, layers: 1, heads: 2)
      let text = "{name: sltrain, rank: \(rank), density: 0.03, alpha: 12, form: \(form)}"
      compute = Compute(workers: workers, memory: memory)
      let context = LinearContext(compute: compute, tokens: tokens, seed: 3, initializerRange: 0.02, storage: storage)
      layer = try method(text, for: model).makeLinear(
        at: Site(layer: 0, role: .up, inputs: inputs, outputs: outputs), in: context)
      for parameter in layer.parameters {
        let numbers = RandomNumbers(seed: 17, purpose: .initialization, name: parameter.name)
        compute.fillUniform(parameter.value, bound: 0.2, numbers: numbers)
      }
      let (x, dy) = (compute.testMatrix("x", tokens, inputs), compute.testMatrix("dy", tokens, outputs))
      let (y, dx) = (compute.zeros(tokens, outputs, .data), compute.testMatrix("dx", tokens, inputs))
      layer.forward(x, into: y)
      layer.backward(dy, input: x, into: dx, accumulate: true)
      results = [y, dx] + layer.parameters.compactMap(\.gradient)
    }
  }

  @Test(
    "Factored gives densified's output and gradients, whatever the rank and the shape",
    arguments: [0, 24], [[300, 410, 200], [410, 300, 64], [129, 65, 700], [64, 512, 1]])
  func agree(rank: Int, shape: [Int]) throws {
    let passes = try ["densified", "factored"].map {
      try Pass($0, rank: rank, inputs: shape[0], outputs: shape[1], tokens: shape[2])
    }
    #expect(passes[0].layer.parameters.map(\.name) == passes[1].layer.parameters.map(\.name))
    #expect(passes[0].layer.indices.map(\.name) == passes[1].layer.indices.map(\.name))
    for (dense, factored) in zip(passes[0].results, passes[1].results) {
      #expect(relativeDifference(factored.doubles, dense.doubles) < 1e-5)
    }
  }

  @Test("Factored gives the same bits and takes the same memory on one worker and more, over several chunks of tokens")
  func workers() throws {
    let passes = try [1, 2, 3].map {
      try Pass("factored", inputs: 300, outputs: 410, tokens: 601, workers: $0)
    }
    for pass in passes[1...] {
      for (found, expected) in zip(pass.results, passes[0].results) { #expect(found.bits == expected.bits) }
      #expect(pass.compute.memory.total == passes[0].compute.memory.total)
    }
  }

  @Test("Factored never has room for W: its workspace is some blocks of tokens, and its codes are the activations")
  func memory() throws {
    let (inputs, outputs, tokens) = (1_500, 2_000, 300)
    let factored = try Pass("factored", inputs: inputs, outputs: outputs, tokens: tokens)
    let densified = try Pass("densified", inputs: inputs, outputs: outputs, tokens: tokens)
    let matrix = 4 * inputs * outputs
    #expect(densified.compute.memory.usage(of: .workspace).peak >= matrix)
    // Five blocks of 64 tokens of x, dx and dy; and by columns the entries' values, gradients, rows and places.
    let entries = factored.layer.parameters.last!.count
    let columns = 4 * aligned(4 * entries) + aligned(4 * (inputs + 1))
    #expect(factored.compute.memory.usage(of: .workspace).peak == 5 * 256 * (2 * inputs + outputs) + columns)
    #expect(factored.compute.memory.usage(of: .workspace).peak < matrix)
    #expect(factored.compute.memory.usage(of: .activations).peak == 4 * tokens * 24)
    #expect(densified.compute.memory.usage(of: .activations).peak == 0)
  }

  private func aligned(_ bytes: Int) -> Int { (bytes + 63) / 64 * 64 }

  @Test("With parameters and gradients in bf16 both forms compute the same function of the same numbers")
  func bfloat16() throws {
    let storage = ModelStorage(weights: .bfloat16, gradientType: .bfloat16)
    let passes = try ["densified", "factored"].map {
      try Pass($0, inputs: 300, outputs: 410, tokens: 200, storage: storage)
    }
    for (index, (dense, factored)) in zip(passes[0].results, passes[1].results).enumerated() {
      // The output and the input's gradient are 32-bit floats; a gradient in bf16 may round to either neighbour.
      #expect(relativeDifference(factored.doubles, dense.doubles) < (index < 2 ? 1e-5 : 0x1p-8))
    }
    let factors = try Pass("factored", inputs: 300, outputs: 410, tokens: 200)
    let difference = relativeDifference(passes[1].results[0].doubles, factors.results[0].doubles)
    #expect(difference > 1e-4 && difference < 0.01, "rounded weights give another output, but not by much")
  }

  @Test(
    "A layer that is only laid out takes the same memory, starts and passes included", arguments: SLTrain.Form.allCases)
  func planned(form: SLTrain.Form) throws {
    for storage in [ModelStorage(), ModelStorage(weights: .bfloat16, gradientType: .bfloat16)] {
      let usages = try [false, true].map { isPlanned in
        let memory = Memory(isPlanned: isPlanned)
        let pass = try Pass(
          form.rawValue, inputs: 90, outputs: 70, tokens: 130, storage: storage, memory: memory)
        #expect(pass.layer.start(fromDense: pass.compute.zeros(70, 90, .data)))
        return MemoryCategory.allCases.map { memory.usage(of: $0).peak }
      }
      #expect(usages[0] == usages[1])
    }
  }

  @Test("Both forms start with the same numbers, and from a dense matrix with the same merged weight")
  func starts() throws {
    let layers = try ["densified", "factored"].map {
      try Pass($0, inputs: 30, outputs: 20, tokens: 1).layer
    }
    let dense = Compute().testMatrix("dense", 20, 30)
    let merged = layers.map { layer in
      let weight = Compute().zeros(20, 30, .data)
      #expect(layer.start(fromDense: dense) && layer.writeMergedWeight(into: weight))
      return weight.bits
    }
    #expect(merged[0] == merged[1])
    #expect(layers[0].indices[0].value.array == layers[1].indices[0].value.array)
  }
}
