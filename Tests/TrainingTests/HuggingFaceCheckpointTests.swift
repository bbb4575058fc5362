import Configuration
import Foundation
import MemoryAccounting
import Methods
import Modeling
import Optimization
import TestSupport
import Tensors
import Testing
import Training

@Suite("Hugging Face checkpoints") struct HuggingFaceCheckpointTests {
  private let folder: TemporaryFolder
  private let configuration = LlamaConfiguration(
    name: "small", vocabularySize: 31, hiddenSize: 12, intermediateSize: 10, layers: 2, heads: 3,
    initializerRange: 0.2, paddingIndex: -1)

  init() throws { folder = try TemporaryFolder() }

  private var dense: String { folder.path + "/model.safetensors" }
  private var factors: String { folder.path + "/factors.safetensors" }

  private func model(_ method: String, seed: UInt64 = 1, memory: Memory = Memory()) throws -> LlamaModel {
    let node = try SpecificationNode(text: method, file: "method.yaml")
    let method = try MethodRegistry.standard.method(reading: node, for: configuration).method
    return try LlamaModel(
      configuration, shape: BatchShape(rows: 2, length: 9), seed: seed, compute: Compute(memory: memory)
    ) { try method.makeLinear(at: $0, in: $1) }
  }

  /// A model whose every parameter has moved from its start.
  private func trained(_ method: String) throws -> LlamaModel {
    let model = try model(method)
    for parameter in model.parameters {
      let change = Compute().testMatrix(parameter.name, parameter.value.rows, parameter.value.columns, bound: 0.2)
      for position in 0..<parameter.count { parameter.value.base[position] += change.base[position] }
    }
    return model
  }

  private func export(_ model: LlamaModel, _ name: String = "m") throws {
    try HuggingFaceCheckpoint.export(
      model: model, methodName: name, methodOptions: .object(["rank": .integer(3)]), to: folder.path, beginToken: 0,
      endToken: 1)
  }

  private func start(_ model: LlamaModel) throws { try HuggingFaceCheckpoint(folder.path).start(model) }

  private func loss(_ model: LlamaModel) -> Double {
    let batch = TestBatch(rows: 2, length: 9, vocabulary: 31)
    return model.loss(tokens: batch.tokens, targets: batch.targets, rows: 2)
  }

  /// Writes a tensor file again with other contents.
  private func rewrite(_ path: String, _ change: (inout [String: Tensor]) -> Void) throws {
    let file = try SafetensorsFile(path: path)
    var tensors: [String: Tensor] = [:]
    for (name, entry) in file.entries where entry.type == .f32 {
      let (rows, columns) = entry.shape.count == 1 ? (1, entry.shape[0]) : (entry.shape[0], entry.shape[1])
      tensors[name] = Tensor(rows: rows, columns: columns, category: .data, in: Memory())
      try file.read(name, into: tensors[name]!)
    }
    let indices = try file.entries.values.filter { $0.type == .i32 }.map { entry in
      let values = IndexTensor(count: entry.count, category: .data, in: Memory())
      try file.read(entry.name, into: values)
      return SafetensorsTensor(entry.name, values)
    }
    change(&tensors)
    try SafetensorsWriter.write(
      tensors.map { SafetensorsTensor($0, $1) } + indices, metadata: file.metadata, to: path)
  }

  @Test(
    "a model of any method comes back bit for bit from what it was exported to",
    arguments: [
      "full-rank", "{name: low-rank, rank: 3}", "{name: lora, rank: 3}", "{name: relora, rank: 3, restartEvery: 5}",
      "{name: galore, rank: 3}", "{name: sltrain, rank: 3, alpha: 8, density: 0.1}",
      "{name: sltrain, rank: 0, density: 0.1}", "{name: sltrain, rank: 3, alpha: 8, density: 0.1, form: factored}",
    ])
  func roundTrip(method: String) throws {
    let original = try trained(method)
    try export(original, method)
    let isDense = method == "full-rank" || method.contains("galore")
    #expect(FileManager.default.fileExists(atPath: factors) == !isDense)
    // Another seed: other starting values and another support.
    let copy = try model(method, seed: 2)
    #expect(loss(copy) != loss(original))
    try start(copy)
    #expect(copy.parameters.map(\.value.bits) == original.parameters.map(\.value.bits))
    #expect(
      copy.linears.flatMap(\.indices).map(\.value.array) == original.linears.flatMap(\.indices).map(\.value.array))
    #expect(loss(copy) == loss(original))
    #expect(try HuggingFaceCheckpoint(folder.path).methodName == method)
  }

  @Test("the dense weights alone give the same model", arguments: ["lora", "low-rank", "sltrain"])
  func mergedWeights(method: String) throws {
    let options = method == "sltrain" ? ", alpha: 8, density: 0.1" : ""
    let original = try trained("{name: \(method), rank: 3\(options)}")
    try export(original)
    let full = try model("full-rank")
    try start(full)
    #expect(abs(loss(full) / loss(original) - 1) < 1e-6)
  }

  @Test("a method starts from dense weights as it knows how to")
  func denseStart() throws {
    let original = try trained("full-rank")
    try export(original)
    let adapted = try model("{name: lora, rank: 3}")
    try start(adapted)
    #expect(abs(loss(adapted) / loss(original) - 1) < 1e-6)
    // At full rank the leading components are all there are.
    let decomposed = try model("{name: low-rank, rank: 10}")
    try start(decomposed)
    let product = Compute().zeros(10, 12, .data)
    for (layer, source) in zip(decomposed.linears, original.linears) where layer.site.role == .gate {
      #expect(layer.writeMergedWeight(into: product))
      #expect(relativeDifference(product.doubles, source.parameters[0].value.doubles) < 1e-4)
    }
  }

  @Test("an export has transformers' names, shapes and configuration")
  func names() throws {
    try export(try trained("{name: sltrain, rank: 3, alpha: 8, density: 0.1}"), "sltrain")
    let file = try SafetensorsFile(path: dense)
    #expect(file.metadata == ["format": "pt", "method": "sltrain", "options": #"{"rank":3}"#])
    #expect(try SafetensorsFile(path: factors).metadata == file.metadata)
    let shapes = file.entries.mapValues(\.shape)
    #expect(shapes.count == 2 * 9 + 3)
    #expect(shapes["model.embed_tokens.weight"] == [31, 12] && shapes["lm_head.weight"] == [31, 12])
    #expect(shapes["model.norm.weight"] == [12] && shapes["model.layers.1.input_layernorm.weight"] == [12])
    #expect(shapes["model.layers.1.mlp.down_proj.weight"] == [12, 10])
    #expect(shapes["model.layers.0.post_attention_layernorm.weight"] == [12])
    let own = try SafetensorsFile(path: factors).entries
    #expect(own["model.layers.0.mlp.up_proj.low_rank.B"]?.shape == [10, 3])
    #expect(own["model.layers.0.mlp.up_proj.sparse.indices"]?.type == .i32)
    #expect(own["model.layers.0.mlp.up_proj.sparse.indices"]?.shape == [12])
    let checkpoint = try HuggingFaceCheckpoint(folder.path)
    var named = configuration
    named.name = checkpoint.configuration.name
    named.paddingIndex = 30
    #expect(checkpoint.configuration == named)
    let text = try String(contentsOfFile: folder.path + "/config.json", encoding: .utf8)
    for line in [
      "\"rms_norm_eps\": 1e-06", "\"bos_token_id\": 0", "\"pad_token_id\": 30", "\"torch_dtype\": \"float32\"",
    ] {
      #expect(text.contains(line))
    }
  }

  @Test("the same model gives the same bytes")
  func deterministic() throws {
    let files = ["config.json", "model.safetensors", "factors.safetensors"]
    let contents = try (0..<2).map { _ in
      try export(try trained("{name: lora, rank: 3}"))
      return try files.map { try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + $0)) }
    }
    #expect(contents[0] == contents[1])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == files.sorted())
  }

  @Test("an export takes no memory of the run's, and leaves no factors of an earlier one")
  func memory() throws {
    try export(try trained("{name: lora, rank: 3}"))
    let memory = Memory()
    let model = try model("{name: galore, rank: 3}", memory: memory)
    let (total, count) = (memory.total, memory.allocationCount)
    try export(model)
    #expect(memory.total == total && memory.allocationCount == count)
    #expect(!FileManager.default.fileExists(atPath: factors))
  }

  @Test("a model whose layers hide a non-linearity is refused, and an earlier export stays whole")
  func notMergeable() throws {
    final class Opaque: LinearLayer {
      let site: Site
      let parameters: [Parameter]
      init(_ site: Site) {
        self.site = site
        parameters = [Parameter(site.name + ".code.A", rows: 2, columns: site.inputs, site: site, in: Memory())]
      }
      func forward(_ x: Tensor, into y: Tensor) {}
      func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {}
      func writeMergedWeight(into weight: Tensor) -> Bool { false }
    }
    let original = try trained("full-rank")
    try export(original)
    let opaque = try LlamaModel(
      configuration, shape: BatchShape(rows: 2, length: 9), seed: 1, compute: Compute()
    ) { site, _ in Opaque(site) }
    let line = diagnosticText { try export(opaque, "cola") }
    #expect(line.contains("a model of method 'cola' cannot be exported as LLaMA: 'model.layers.0."), "\(line)")
    let copy = try model("full-rank")
    try start(copy)
    #expect(loss(copy) == loss(original))
    let refused = diagnosticText { try start(opaque) }
    #expect(refused.contains("the method cannot start 'model.layers.0.self_attn.q_proj' from a dense weight"))
  }

  @Test("missing and extra tensors are refused with their names")
  func missingAndExtra() throws {
    try export(try trained("full-rank"))
    try rewrite(dense) { $0["model.norm.weight"] = nil }
    #expect(
      diagnosticText { try start(try model("full-rank")) }
        == "\(dense): error: 1 tensors are missing: 'model.norm.weight'")
    try rewrite(dense) {
      $0["model.layers.0.mlp.up_proj.weight"] = nil
      $0["model.norm.weight"] = Compute().zeros(1, 12, .data)
    }
    let missing = diagnosticText { try start(try model("{name: lora, rank: 3}")) }
    for name in ["low_rank.A", "low_rank.B", "base.weight", "weight"] {
      #expect(missing.contains("'model.layers.0.mlp.up_proj.\(name)'"), "\(missing)")
    }
    try export(try trained("full-rank"))
    try rewrite(dense) {
      $0["model.layers.0.self_attn.q_proj.bias"] = Compute().zeros(1, 12, .data)
      $0["model.layers.0.self_attn.rotary_emb.inv_freq"] = Compute().zeros(1, 2, .data)
    }
    #expect(
      diagnosticText { try start(try model("full-rank")) }
        == "\(dense): error: 1 tensors belong to nothing in the model: 'model.layers.0.self_attn.q_proj.bias'")
    try rewrite(dense) { $0["model.layers.0.self_attn.q_proj.bias"] = nil }
    try start(try model("full-rank"))
  }

  @Test("factors of another rank, scale or support are refused")
  func otherFactors() throws {
    try export(try trained("{name: sltrain, rank: 3, alpha: 8, density: 0.1}"))
    let rank = diagnosticText { try start(try model("{name: sltrain, rank: 4, alpha: 8, density: 0.1}")) }
    #expect(rank.contains("low_rank.A': found shape [3, 12], expected [4, 12]"), "\(rank)")
    let scale = diagnosticText { try start(try model("{name: sltrain, rank: 3, alpha: 16, density: 0.1}")) }
    #expect(
      scale.contains("is not what the layer's factors give; the method's rank, alpha or scale differs"), "\(scale)")
    let density = diagnosticText { try start(try model("{name: sltrain, rank: 3, alpha: 8, density: 0.2}")) }
    #expect(density.contains("sparse.values': found shape"), "\(density)")
  }

  @Test("positions outside their matrix, or out of order, are refused", arguments: [(120, "below 120"), (3, "above")])
  func positions(last: Int32, reason: String) throws {
    try export(try trained("{name: sltrain, rank: 3, alpha: 8, density: 0.1}"))
    let file = try SafetensorsFile(path: factors)
    let name = "model.layers.1.mlp.gate_proj.sparse.indices"
    let tensors = try file.entries.values.map { entry in
      if entry.type == .f32 {
        let tensor = Tensor(rows: entry.shape[0], columns: entry.shape[1], category: .data, in: Memory())
        try file.read(entry.name, into: tensor)
        return SafetensorsTensor(entry.name, tensor)
      }
      let indices = IndexTensor(count: entry.count, category: .data, in: Memory())
      try file.read(entry.name, into: indices)
      if entry.name == name { indices.base[entry.count - 1] = last }
      return SafetensorsTensor(entry.name, indices)
    }
    try SafetensorsWriter.write(tensors, to: factors)
    let line = diagnosticText { try start(try model("{name: sltrain, rank: 3, alpha: 8, density: 0.1}")) }
    #expect(line.contains("tensor '\(name)': element 11 is \(last), expected \(reason)"), "\(line)")
  }

  @Test("a checkpoint that transformers saved gives transformers' loss, also in shards")
  func fromTransformers() throws {
    let fixture = try PyTorchFixture()
    let expected = try #require(fixture.losses("ten_steps", "full-rank").first)
    let batch = try #require(try fixture.batches().first)
    func loss(of folder: String) throws -> Double {
      let checkpoint = try HuggingFaceCheckpoint(folder)
      let model = try LlamaModel(
        checkpoint.configuration, shape: BatchShape(rows: 4, length: 20), seed: 1, compute: Compute(),
        makeLinear: DenseLinear.init)
      try checkpoint.start(model)
      return model.loss(tokens: batch.tokens, targets: batch.targets, rows: 4) / Double(batch.targets.count { $0 >= 0 })
    }
    #expect(abs(try loss(of: PyTorchFixture.folder) / expected - 1) < 2e-6)

    let whole = try SafetensorsFile(path: PyTorchFixture.folder + "/model.safetensors")
    var shards: [[SafetensorsTensor]] = [[], []]
    var map: [String: ResolvedValue] = [:]
    for (position, entry) in whole.entries.values.enumerated() {
      let tensor = Tensor(
        rows: entry.shape.count == 1 ? 1 : entry.shape[0], columns: entry.shape.last!, category: .data, in: Memory())
      try whole.read(entry.name, into: tensor)
      shards[position % 2].append(SafetensorsTensor(entry.name, tensor, shape: entry.shape))
      map[entry.name] = .string("model-\(position % 2).safetensors")
    }
    for (number, shard) in shards.enumerated() {
      try SafetensorsWriter.write(shard, to: folder.path + "/model-\(number).safetensors")
    }
    try ResolvedValue.object(["weight_map": .object(map)]).canonicalJSON.write(
      toFile: dense + ".index.json", atomically: true, encoding: .utf8)
    try FileManager.default.copyItem(
      atPath: PyTorchFixture.folder + "/config.json", toPath: folder.path + "/config.json")
    #expect(abs(try loss(of: folder.path) / expected - 1) < 2e-6)
  }
}
