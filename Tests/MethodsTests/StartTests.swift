import Methods
import Modeling
import Tensors
import TestSupport
import Testing

@Suite("How layers start")
struct StartTests {
  private func layer(_ text: String, _ inputs: Int, _ outputs: Int, compute: Compute, seed: UInt64 = 3) throws
    -> any LinearLayer
  {
    let model = LlamaConfiguration(
      name: "wide", vocabularySize: 2, hiddenSize: 512, intermediateSize: 512, layers: 1, heads: 2)
    return try makeLayer(
      method(text, for: model), inputs: inputs, outputs: outputs, tokens: 1, compute: compute, seed: seed)
  }

  private func merged(_ layer: any LinearLayer, compute: Compute) -> Tensor {
    let weight = compute.zeros(layer.site.outputs, layer.site.inputs, .data)
    #expect(layer.writeMergedWeight(into: weight))
    return weight
  }

  private func deviation(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
  }

  /// The dense matrix less its leading `rank` components, by the definition.
  private func truncation(of a: Tensor, rank: Int, compute: Compute) -> [Double] {
    let inner = min(a.rows, a.columns)
    let (left, values) = (compute.zeros(a.rows, inner, .data), compute.zeros(1, inner, .data))
    let right = compute.zeros(inner, a.columns, .data)
    #expect(compute.singularValueDecomposition(of: a, left: left, values: values, right: right))
    return (0..<a.count).map { entry in
      (0..<rank).reduce(0.0) {
        $0 + Double(left[entry / a.columns, $1]) * Double(values[0, $1]) * Double(right[$1, entry % a.columns])
      }
    }
  }

  @Test("Parameters have the names that checkpoints use")
  func names() throws {
    let compute = Compute()
    let expected = [
      "full-rank": ["weight"], "{name: galore, rank: 2}": ["weight"],
      "{name: low-rank, rank: 2}": ["low_rank.A", "low_rank.B"],
      "{name: lora, rank: 2}": ["base.weight", "low_rank.A", "low_rank.B"],
      "{name: relora, rank: 2, restartEvery: 9}": ["base.weight", "low_rank.A", "low_rank.B"],
      "{name: sltrain, rank: 2, density: 0.1, alpha: 2}": ["low_rank.A", "low_rank.B", "sparse.values"],
      "{name: sltrain, rank: 0, density: 0.1}": ["sparse.values"],
      "{name: sparse-residual, rank: 2}": ["low_rank.A", "low_rank.B"],
      "{name: sparse-residual, rank: 2, density: 0.1}": ["low_rank.A", "low_rank.B", "sparse.values"],
    ]
    for (text, names) in expected {
      let layer = try layer(text, 7, 13, compute: compute)
      #expect(layer.parameters.map(\.name) == names.map { "model.layers.0.mlp.up_proj." + $0 })
      let frozen = text.contains("residual") ? "low_rank" : "base"
      #expect(layer.parameters.map(\.isTrained) == names.map { !$0.hasPrefix(frozen) })
    }
    let sltrain = try layer("{name: sltrain, rank: 2, density: 0.1, alpha: 2}", 7, 13, compute: compute)
    #expect(sltrain.indices.map(\.name) == ["model.layers.0.mlp.up_proj.sparse.indices"])
  }

  @Test(
    "LoRA, ReLoRA and SLTrain start with a uniform A and with B at zero",
    arguments: [
      "{name: low-rank, rank: 16, initialization: zero-b}", "{name: lora, rank: 16}",
      "{name: relora, rank: 16, restartEvery: 9}",
      "{name: sltrain, rank: 16, density: 0.03, alpha: 8}",
    ])
  func zeroB(text: String) throws {
    let layer = try layer(text, 400, 300, compute: Compute())
    let a = layer.parameters.first { $0.name.hasSuffix(".A") }!.value.doubles
    let bound = 1 / 400.0.squareRoot()
    #expect(a.allSatisfy { abs($0) <= bound } && a.map(abs).max()! > 0.99 * bound)
    #expect(abs(deviation(a) / (bound / 3.0.squareRoot()) - 1) < 0.03)
    #expect(layer.parameters.first { $0.name.hasSuffix(".B") }!.value.array.allSatisfy { $0 == 0 })
  }

  @Test(
    "The low-rank starts have the deviations of their sources",
    arguments: [
      ("xavier", (2 / 416.0).squareRoot(), (2 / 316.0).squareRoot()),
      ("cola", 0.097_206, 0.097_206),
    ])
  func lowRankDeviations(start: String, deviationA: Double, deviationB: Double) throws {
    let layer = try layer("{name: low-rank, rank: 16, initialization: \(start)}", 400, 300, compute: Compute())
    #expect(abs(deviation(layer.parameters[0].value.doubles) / deviationA - 1) < 0.04)
    #expect(abs(deviation(layer.parameters[1].value.doubles) / deviationB - 1) < 0.04)
  }

  @Test("The dense start is the same matrix for every method that has one")
  func sameDenseStart() throws {
    let compute = Compute()
    let dense = try layer("full-rank", 30, 20, compute: compute)
    #expect(abs(deviation(merged(dense, compute: compute).doubles) / 0.02 - 1) < 0.1)
    for text in ["{name: galore, rank: 3}", "{name: lora, rank: 3}", "{name: relora, rank: 3, restartEvery: 9}"] {
      let other = try layer(text, 30, 20, compute: compute)
      #expect(merged(other, compute: compute).bits == merged(dense, compute: compute).bits, "\(text)")
    }
    let lowRank = try layer("{name: low-rank, rank: 4, initialization: svd}", 30, 20, compute: compute)
    let expected = truncation(of: merged(dense, compute: compute), rank: 4, compute: compute)
    #expect(relativeDifference(merged(lowRank, compute: compute).doubles, expected) < 1e-5)
  }

  @Test("ReLoRA as shipped starts with both factors dead")
  func asShipped() throws {
    let layer = try layer("{name: relora, rank: 3, restartEvery: 9, start: as-shipped}", 30, 20, compute: Compute())
    #expect(layer.parameters[1...].allSatisfy { $0.value.array.allSatisfy { $0 == 0 } })
  }

  @Test("SLTrain's support holds exactly the share asked for, ascending, and depends on the seed and the site alone")
  func support() throws {
    let compute = Compute()
    let text = "{name: sltrain, rank: 3, density: 0.03, alpha: 8}"
    let layer = try layer(text, 41, 29, compute: compute)
    let support = layer.indices[0].value.array
    #expect(support.count == 35)  // ⌊0.03 · 1189⌋
    #expect(zip(support, support.dropFirst()).allSatisfy { $0 < $1 } && support.allSatisfy { 0 <= $0 && $0 < 1_189 })
    let wider = try self.layer("{name: sltrain, rank: 9, density: 0.03, alpha: 1}", 41, 29, compute: compute)
    #expect(wider.indices[0].value.array == support)
    #expect(try self.layer(text, 41, 29, compute: compute, seed: 4).indices[0].value.array != support)
    let values = layer.parameters[2].value.doubles
    let bound = 1 / 41.0.squareRoot()
    #expect(values.allSatisfy { abs($0) <= bound } && values.map(abs).max()! > 0.8 * bound)
  }

  @Test("A layer started from a dense matrix comes as near to it as it can", arguments: [(30, 20), (20, 30)])
  func fromDense(inputs: Int, outputs: Int) throws {
    let compute = Compute()
    let dense = compute.testMatrix("dense", outputs, inputs)
    let leading = truncation(of: dense, rank: 4, compute: compute)
    for text in ["full-rank", "{name: lora, rank: 4}", "{name: relora, rank: 4, restartEvery: 9}"] {
      let layer = try layer(text, inputs, outputs, compute: compute)
      layer.parameters.last!.value.fillForTest("already trained")
      #expect(layer.start(fromDense: dense))
      #expect(merged(layer, compute: compute).bits == dense.bits, "\(text)")
    }
    for text in ["{name: low-rank, rank: 4}", "{name: low-rank, rank: 4, alpha: 2}"] {
      let layer = try layer(text, inputs, outputs, compute: compute)
      #expect(layer.start(fromDense: dense))
      #expect(relativeDifference(merged(layer, compute: compute).doubles, leading) < 1e-5, "\(text)")
    }
    for rank in [0, 4] {
      let layer = try layer(
        "{name: sltrain, rank: \(rank), density: 0.2, alpha: 2}", inputs, outputs, compute: compute)
      #expect(layer.start(fromDense: dense))
      let support = Set(layer.indices[0].value.array.map(Int.init))
      let expected = dense.doubles.indices.map {
        support.contains($0) ? dense.doubles[$0] : rank == 0 ? 0 : leading[$0]
      }
      #expect(relativeDifference(merged(layer, compute: compute).doubles, expected) < 1e-5, "rank \(rank)")
    }
  }

  @Test(
    "What is frozen is the best low-rank approximation, and the values are what it misses at the support",
    arguments: [(30, 20), (20, 30)])
  func residual(inputs: Int, outputs: Int) throws {
    let compute = Compute()
    let dense = compute.testMatrix("dense", outputs, inputs)
    let leading = truncation(of: dense, rank: 4, compute: compute)
    let missed = zip(dense.doubles, leading).map { $0 - $1 }
    func started(_ options: String) throws -> (weight: [Double], support: [Int]) {
      let layer = try layer("{name: sparse-residual, rank: 4\(options)}", inputs, outputs, compute: compute)
      layer.parameters.forEach { $0.value.fillForTest("already trained") }
      #expect(layer.start(fromDense: dense))
      return (merged(layer, compute: compute).doubles, layer.indices.first?.value.array.map(Int.init) ?? [])
    }
    #expect(try relativeDifference(started("").weight, leading) < 1e-5)
    #expect(try started("").support.isEmpty)

    let top = try started(", density: 0.2, support: top")
    let byMagnitude = missed.indices.sorted { abs(missed[$0]) > abs(missed[$1]) }
    #expect(Set(top.support) == Set(byMagnitude.prefix(120)) && zip(top.support, top.support.dropFirst()).allSatisfy(<))
    let random = try started(", density: 0.2")
    let sltrain = try layer("{name: sltrain, rank: 4, density: 0.2, alpha: 4}", inputs, outputs, compute: compute)
    #expect(random.support == sltrain.indices[0].value.array.map(Int.init))
    for (weight, support) in [top, random] {
      let kept = Set(support)
      let expected = leading.indices.map { kept.contains($0) ? dense.doubles[$0] : leading[$0] }
      #expect(support.count == 120 && relativeDifference(weight, expected) < 1e-5)
    }
    let zero = try started(", density: 0.2, support: top, values: zero")
    #expect(zero.support == top.support && relativeDifference(zero.weight, leading) < 1e-5)
  }

  @Test("Of entries of one magnitude the first are taken")
  func ties() throws {
    let matrix = Compute().zeros(2, 3, .data)
    matrix.copy(from: [1, -2, 2, 0, 2, -1])
    #expect(SparseResidualLinear.largest(2, of: matrix) == [1, 2])
    #expect(SparseResidualLinear.largest(4, of: matrix) == [0, 1, 2, 4])
  }

  @Test("The factors of a dense start share its singular values evenly")
  func balancedFactors() throws {
    let compute = Compute()
    let layer = try layer("{name: low-rank, rank: 4}", 30, 20, compute: compute)
    #expect(layer.start(fromDense: compute.testMatrix("dense", 20, 30)))
    let (a, b) = (layer.parameters[0].value, layer.parameters[1].value)
    let (gramA, gramB) = (compute.zeros(4, 4, .data), compute.zeros(4, 4, .data))
    compute.multiply(a, a.transposed, into: gramA)
    compute.multiply(b.transposed, b, into: gramB)
    #expect(relativeDifference(gramA.doubles, gramB.doubles) < 1e-5)
  }
}
