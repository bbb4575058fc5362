import Configuration
import Foundation
import Modeling
import TestSupport
import Testing
import Training

@Suite("Hugging Face configurations") struct HuggingFaceConfigurationTests {
  private let folder: TemporaryFolder
  private static let usual: [String: ResolvedValue] = [
    "model_type": .string("llama"), "vocab_size": .integer(11), "hidden_size": .integer(12),
    "intermediate_size": .integer(5), "num_hidden_layers": .integer(2), "num_attention_heads": .integer(3),
  ]

  init() throws {
    folder = try TemporaryFolder()
    try SafetensorsWriter.write([], to: folder.path + "/model.safetensors")
  }

  /// Opens a checkpoint with the usual configuration and some keys changed.
  private func open(_ changes: [String: ResolvedValue]) throws -> HuggingFaceCheckpoint {
    let members = Self.usual.merging(changes) { _, new in new }
    try ResolvedValue.object(members).prettyJSON.write(
      toFile: folder.path + "/config.json", atomically: true, encoding: .utf8)
    return try HuggingFaceCheckpoint(folder.path)
  }

  @Test("transformers' own file gives the model that it was saved from")
  func fixture() throws {
    let model = try HuggingFaceCheckpoint(PyTorchFixture.folder).configuration
    #expect(
      model
        == LlamaConfiguration(
          name: "pytorch", vocabularySize: 97, hiddenSize: 24, intermediateSize: 40, layers: 2, heads: 3,
          initializerRange: 0.1, paddingIndex: 96))
  }

  @Test("what is not written or null has LLaMA's usual value")
  func defaults() throws {
    let model = try open(["pad_token_id": .null, "rope_scaling": .null]).configuration
    #expect(model.normEpsilon == 1e-6 && model.rotaryBase == 10_000 && model.initializerRange == 0.02)
    #expect(model.frozenEmbeddingRow == nil)
    #expect(model.name == URL(fileURLWithPath: folder.path).lastPathComponent)
  }

  @Test("a padding index of -1 freezes the last row, another one its own")
  func padding() throws {
    #expect(try open(["pad_token_id": .integer(-1)]).configuration.frozenEmbeddingRow == 10)
    #expect(try open(["pad_token_id": .integer(0)]).configuration.frozenEmbeddingRow == 0)
  }

  @Test("the rotary base is read from its old and its new place")
  func rotaryBase() throws {
    #expect(try open(["rope_theta": .number(5e5)]).configuration.rotaryBase == 500_000)
    let new = ResolvedValue.object(["rope_theta": .integer(1000), "rope_type": .string("default")])
    #expect(try open(["rope_parameters": new]).configuration.rotaryBase == 1000)
  }

  @Test("the official SLTrain configurations are read")
  func official() throws {
    let model = try open([
      "architectures": .array([.string("LLaMAForCausalLM")]), "bos_token_id": .integer(0),
      "eos_token_id": .integer(1), "hidden_act": .string("silu"), "initializer_range": .number(0.02),
      "max_sequence_length": .integer(1024), "pad_token_id": .integer(-1), "rms_norm_eps": .number(1e-6),
      "transformers_version": .string("4.28.1"), "use_cache": .bool(true),
    ]).configuration
    #expect(model.frozenEmbeddingRow == 10)
  }

  @Test(
    "another architecture, or an impossible size, is refused with its key and what was expected",
    arguments: [
      ("model_type", .string("gpt2"), "'model_type' is \"gpt2\", expected \"llama\""),
      ("model_type", .null, "'model_type' is missing"),
      ("architectures", .array([.string("LlamaForSequenceClassification")]), "expected [\"LlamaForCausalLM\"]"),
      ("num_key_value_heads", .integer(1), "'num_key_value_heads' is 1, expected 3: grouped-query attention"),
      ("tie_word_embeddings", .bool(true), "'tie_word_embeddings' is true, expected false"),
      ("attention_bias", .bool(true), "'attention_bias' is true, expected false"),
      ("mlp_bias", .bool(true), "'mlp_bias' is true, expected false"),
      ("hidden_act", .string("gelu"), "'hidden_act' is \"gelu\", expected \"silu\""),
      ("rope_scaling", .object(["type": .string("linear"), "factor": .number(2)]), "'rope_scaling' is {"),
      ("rope_parameters", .object(["rope_type": .string("llama3")]), "'rope_parameters' is {"),
      ("rope_parameters", .object(["partial_rotary_factor": .number(0.5)]), "'rope_parameters' is {"),
      ("head_dim", .integer(8), "'head_dim' is 8, expected 4"),
      ("num_attention_heads", .integer(5), "'num_attention_heads' is 5, expected a divisor of the hidden size 12"),
      ("num_attention_heads", .integer(4), "expected a divisor"),
      ("hidden_size", .string("12"), "'hidden_size' is \"12\", expected a whole number from 2"),
      ("vocab_size", .null, "'vocab_size' is missing, expected a whole number from 2"),
      ("num_hidden_layers", .integer(0), "'num_hidden_layers' is 0"),
      ("rms_norm_eps", .number(-1), "'rms_norm_eps' is"),
      ("rope_theta", .number(0.5), "'rope_theta' is 0.5"),
      ("pad_token_id", .integer(11), "'pad_token_id' is 11, expected null or a row of the embedding of 11"),
    ] as [(String, ResolvedValue, String)])
  func refused(key: String, value: ResolvedValue, message: String) {
    let line = diagnosticText { try open([key: value]) }
    #expect(line.hasPrefix(folder.path + "/config.json: error: ") && line.contains(message), "\(line)")
  }

  @Test("a folder without the files of a checkpoint is refused with what is missing")
  func missingFiles() throws {
    #expect(diagnosticText { try HuggingFaceCheckpoint("none") }.hasPrefix("none/config.json: error: no such file"))
    _ = try open([:])
    try FileManager.default.removeItem(atPath: folder.path + "/model.safetensors")
    #expect(
      diagnosticText { try HuggingFaceCheckpoint(folder.path) }.contains("has no model.safetensors and no "))
    try "{".write(toFile: folder.path + "/config.json", atomically: true, encoding: .utf8)
    #expect(diagnosticText { try HuggingFaceCheckpoint(folder.path) }.contains("config.json: error: is not valid JSON"))
  }

  @Test("a checkpoint of other sizes is refused with the key and both values")
  func otherSizes() throws {
    let checkpoint = try open([:])
    var model = checkpoint.configuration
    try checkpoint.requireSizes(of: model)
    model.name = "60M"
    model.intermediateSize = 6
    #expect(
      diagnosticText { try checkpoint.requireSizes(of: model) }.hasSuffix(
        "/config.json: error: 'intermediate_size' is 5, but the model '60M' has 6"))
    model.intermediateSize = 5
    model.normEpsilon = 1e-5
    #expect(
      diagnosticText { try checkpoint.requireSizes(of: model) }.contains("'rms_norm_eps' is 1e-06, but the model"))
  }
}
