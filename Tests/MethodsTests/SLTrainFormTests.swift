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
    // Five blocks of 64 tokens of x, dx and dy; and by columns the entries' values, gradients, rows and places, which
    // find room where the forward pass had a block of x for each of four workers.
    let entries = factored.layer.parameters.last!.count
    let columns = 4 * aligned(4 * entries) + aligned(4 * (inputs + 1))
    let forward = 4 * 256 * inputs
    #expect(columns <= forward)
    #expect(factored.compute.memory.usage(of: .workspace).peak == 5 * 256 * (2 * inputs + outputs) + forward)
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

  @Test(
    "Automatic is the form that takes fewer operations: factored at the paper's shapes, densified where a layer is small",
    arguments: [
      // inputs, outputs, rank, tokens
      ([512, 512, 128, 2048], "factored"), ([512, 1376, 128, 2048], "factored"), ([1376, 512, 128, 256], "factored"),
      ([2048, 5461, 512, 1024], "factored"), ([32, 86, 8, 2048], "densified"), ([300, 200, 190, 2048], "densified"),
      // Few tokens do not pay for the building of W.
      ([64, 64, 16, 2048], "densified"), ([64, 64, 16, 1], "factored"),
    ])
  func automatic(shape: [Int], form: String) throws {
    let context = LinearContext(
      compute: Compute(memory: Memory(isPlanned: true)), tokens: shape[3], seed: 3, initializerRange: 0.02)
    let site = Site(layer: 0, role: .up, inputs: shape[0], outputs: shape[1])
    #expect(SLTrainLinear(at: site, rank: shape[2], density: 0.03, scale: 1, in: context).form == form)
  }

  @Test("Automatic has the bits of the form that it is", arguments: [[40, 30, 70], [300, 410, 129]])
  func chosen(shape: [Int]) throws {
    let automatic = try Pass("automatic", rank: 8, inputs: shape[0], outputs: shape[1], tokens: shape[2])
    let form = try #require(automatic.layer.form)
    let pass = try Pass(form, rank: 8, inputs: shape[0], outputs: shape[1], tokens: shape[2])
    #expect(form == (shape[0] > 100 ? "factored" : "densified"))
    for (found, expected) in zip(automatic.results, pass.results) { #expect(found.bits == expected.bits) }
  }

  @Test("A model says how its layers are computed, each way with its layers where there are several")
  func forms() throws {
    func forms(_ method: String, intermediateSize: Int) throws -> String {
      let model = LlamaConfiguration(
        name: "mixed", vocabularySize: 10, hiddenSize: 128, intermediateSize: intermediateSize, layers: 2, heads: 2)
      let chosen = try TestSupport.method(method, for: model)
      return try LlamaModel(
        model, shape: BatchShape(rows: 64, length: 64), seed: 1, compute: Compute(memory: Memory(isPlanned: true))
      ) { try chosen.makeLinear(at: $0, in: $1) }.forms
    }
    #expect(try forms("full-rank", intermediateSize: 344).isEmpty)
    let factored = "{name: sltrain, rank: 8, density: 0.03, alpha: 8, form: factored}"
    #expect(try forms(factored, intermediateSize: 344) == "factored")
    let mixed = try forms("{name: sltrain, rank: 32, density: 0.03, alpha: 8}", intermediateSize: 1024)
    #expect(
      mixed == "densified (q_proj, k_proj, v_proj, o_proj), factored (gate_proj, up_proj, down_proj)", "\(mixed)")
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
