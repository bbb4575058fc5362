import Configuration
import Foundation
import Modeling

/// The `config.json` of a Hugging Face checkpoint, and the one architecture of it that is spoken here.
///
/// A `LlamaForCausalLM` with silu, as many key-value heads as heads, plain rotary embeddings, an untied head and no
/// biases. Keys that change nothing here (`use_cache`, `transformers_version`, …) are passed over.
enum HuggingFaceConfiguration {
  /// Reads a configuration.
  ///
  /// - Throws: `Diagnostic` naming the file and the key that is missing, impossible or of another architecture.
  static func read(_ path: String, name: String) throws -> LlamaConfiguration {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Diagnostic.file(path, .data, "no such file, or it cannot be read; expected a Hugging Face configuration")
    }
    let reader = Reader(path: path, value: try ResolvedValue(json: data, file: path))
    try reader.checkArchitecture()
    let hiddenSize = try reader.integer("hidden_size", in: LlamaConfiguration.hiddenSizes)
    let heads = try reader.integer("num_attention_heads", in: 1...hiddenSize)
    try reader.checkHeads(heads, hiddenSize: hiddenSize)
    let vocabularySize = try reader.integer("vocab_size", in: LlamaConfiguration.vocabularySizes)
    return LlamaConfiguration(
      name: name, vocabularySize: vocabularySize, hiddenSize: hiddenSize,
      intermediateSize: try reader.integer("intermediate_size", in: LlamaConfiguration.intermediateSizes),
      layers: try reader.integer("num_hidden_layers", in: LlamaConfiguration.layerCounts), heads: heads,
      normEpsilon: Float(try reader.number("rms_norm_eps", default: 1e-6)),
      rotaryBase: Float(try reader.rotaryBase()),
      initializerRange: Float(try reader.number("initializer_range", default: 0.02)),
      paddingIndex: try reader.paddingIndex(vocabularySize: vocabularySize))
  }

  /// The text of a configuration that `transformers` loads as `LlamaForCausalLM`.
  ///
  /// - Parameters:
  ///   - length: tokens of the longest sequence that the model was trained on.
  ///   - beginToken: the id that begins a text, if there is one.
  ///   - endToken: the id that ends a text, if there is one.
  static func text(of model: LlamaConfiguration, length: Int, beginToken: Int?, endToken: Int?) -> String {
    func integer(_ value: Int?) -> ResolvedValue { value.map { .integer($0) } ?? .null }
    // The shortest text of the 32-bit number: 1e-06, not 9.999999974752427e-07.
    func number(_ value: Float) -> ResolvedValue { .number(Double("\(value)")!) }
    return ResolvedValue.object([
      "architectures": .array([.string("LlamaForCausalLM")]), "model_type": .string("llama"),
      "vocab_size": .integer(model.vocabularySize), "hidden_size": .integer(model.hiddenSize),
      "intermediate_size": .integer(model.intermediateSize), "num_hidden_layers": .integer(model.layers),
      "num_attention_heads": .integer(model.heads), "num_key_value_heads": .integer(model.heads),
      "max_position_embeddings": .integer(length), "rms_norm_eps": number(model.normEpsilon),
      "rope_theta": number(model.rotaryBase), "initializer_range": number(model.initializerRange),
      "hidden_act": .string("silu"), "tie_word_embeddings": .bool(false), "attention_bias": .bool(false),
      "mlp_bias": .bool(false), "attention_dropout": .number(0), "torch_dtype": .string("float32"),
      "bos_token_id": integer(beginToken), "eos_token_id": integer(endToken),
      // The row itself, as transformers warns of the official configurations' -1.
      "pad_token_id": integer(model.frozenEmbeddingRow),
    ]).prettyJSON
  }

  /// Throws at the first size in which a checkpoint differs from the model that it is to start.
  static func requireSame(_ checkpoint: LlamaConfiguration, as model: LlamaConfiguration, path: String) throws {
    func require<Value: Equatable>(_ key: String, _ size: KeyPath<LlamaConfiguration, Value>) throws {
      let (found, expected) = (checkpoint[keyPath: size], model[keyPath: size])
      guard found == expected else {
        throw Diagnostic.file(path, .data, "'\(key)' is \(found), but the model '\(model.name)' has \(expected)")
      }
    }
    try require("vocab_size", \.vocabularySize)
    try require("hidden_size", \.hiddenSize)
    try require("intermediate_size", \.intermediateSize)
    try require("num_hidden_layers", \.layers)
    try require("num_attention_heads", \.heads)
    try require("rms_norm_eps", \.normEpsilon)
    try require("rope_theta", \.rotaryBase)
  }
}

/// Reads keys of a configuration; null counts as not written, as in Python.
private struct Reader {
  let path: String
  let value: ResolvedValue

  private subscript(key: String) -> ResolvedValue? { value[key] == .null ? nil : value[key] }

  private func fault(_ key: String, expected: String, _ hint: String = "") -> Diagnostic {
    let found = self[key].map { "is \($0.canonicalJSON)" } ?? "is missing"
    return .file(path, .data, "'\(key)' \(found), expected \(expected)\(hint.isEmpty ? "" : ": \(hint)")")
  }

  func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int {
    guard let result = self[key]?.integerValue, range.contains(result) else {
      throw fault(key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return result
  }

  func number(_ key: String, default fallback: Double) throws -> Double {
    guard let value = self[key] else { return fallback }
    guard let result = value.doubleValue, result >= 0 else { throw fault(key, expected: "a number from 0") }
    return result
  }

  func checkArchitecture() throws {
    guard self["model_type"]?.stringValue == "llama" else {
      throw fault("model_type", expected: "\"llama\"", "no other architecture is supported")
    }
    if let names = self["architectures"]?.arrayValue {
      // The official SLTrain and GaLore configurations write LLaMAForCausalLM.
      guard names.contains(where: { $0.stringValue?.lowercased() == "llamaforcausallm" }) else {
        throw fault("architectures", expected: "[\"LlamaForCausalLM\"]")
      }
    }
    if let activation = self["hidden_act"]?.stringValue, !["silu", "swish"].contains(activation) {
      throw fault("hidden_act", expected: "\"silu\"")
    }
    try refuse("tie_word_embeddings", "the head has a weight of its own here")
    try refuse("attention_bias", "linear layers have no bias here")
    try refuse("mlp_bias", "linear layers have no bias here")
  }

  private func refuse(_ key: String, _ hint: String) throws {
    guard let value = self[key] else { return }
    guard value == .bool(false) else { throw fault(key, expected: "false", hint) }
  }

  func checkHeads(_ heads: Int, hiddenSize: Int) throws {
    if let value = self["num_key_value_heads"], value != .integer(heads) {
      throw fault("num_key_value_heads", expected: "\(heads)", "grouped-query attention is not supported")
    }
    guard hiddenSize % heads == 0, hiddenSize / heads % 2 == 0 else {
      throw fault("num_attention_heads", expected: "a divisor of the hidden size \(hiddenSize) that gives even heads")
    }
    if let value = self["head_dim"], value != .integer(hiddenSize / heads) {
      throw fault("head_dim", expected: "\(hiddenSize / heads)", "the hidden size over the heads")
    }
  }

  /// The base of the rotary embedding, which newer files write within `rope_parameters`.
  func rotaryBase() throws -> Double {
    for key in ["rope_scaling", "rope_parameters"] {
      guard let members = self[key]?.objectValue else { continue }
      let kind = (members["rope_type"] ?? members["type"])?.stringValue ?? "default"
      let part = members["partial_rotary_factor"]?.doubleValue ?? 1
      guard kind == "default", part == 1 else {
        throw fault(key, expected: "the default rotary embedding", "scaled or partial ones are not supported")
      }
    }
    if let base = value["rope_parameters"]?["rope_theta"]?.doubleValue {
      guard base >= 1 else { throw fault("rope_parameters", expected: "a 'rope_theta' from 1") }
      return base
    }
    let base = try number("rope_theta", default: 10_000)
    guard base >= 1 else { throw fault("rope_theta", expected: "a number from 1") }
    return base
  }

  /// The embedding's row of zeros: none where the key is null, the last one for -1.
  func paddingIndex(vocabularySize: Int) throws -> Int? {
    guard let value = self["pad_token_id"] else { return nil }
    guard let index = value.integerValue, (-vocabularySize..<vocabularySize).contains(index) else {
      throw fault("pad_token_id", expected: "null or a row of the embedding of \(vocabularySize)")
    }
    return index
  }
}
