import Configuration
import Foundation
import MemoryAccounting
import Modeling
import Tensors

/// A folder as Hugging Face's `transformers` writes and reads it, opened to start a model from.
///
/// | file | holds |
/// |---|---|
/// | `config.json` | the sizes, as `LlamaForCausalLM` |
/// | `model.safetensors`, or `model.safetensors.index.json` and its shards | dense weights under LLaMA's usual names |
/// | `factors.safetensors` | where a method has them, its own tensors; `transformers` does not look at it |
///
/// A factor's key is the linear layer's name, such as `model.layers.0.self_attn.q_proj`, and:
///
/// | key ends in | shape | is |
/// |---|---|---|
/// | `.low_rank.A`, `.low_rank.B` | `[rank, inputs]`, `[outputs, rank]` | the factors of `scale · B A` |
/// | `.sparse.values` | `[1, nnz]` or `[nnz]` | the entries of the sparse part |
/// | `.sparse.indices` | `[nnz]`, I32 or I64 | their positions `row · inputs + column`, ascending |
/// | `.base.weight` | `[outputs, inputs]` | the frozen dense part |
///
/// The metadata of an export names the `method`, and as `options` the JSON of its options.
public final class HuggingFaceCheckpoint {
  /// The folder's path as the user gave it.
  public let directory: String
  /// What `config.json` says; the name is the folder's.
  public let configuration: LlamaConfiguration
  private let dense: SafetensorsFile
  private let factors: SafetensorsFile?

  static let configurationFile = "config.json"
  static let denseFile = "model.safetensors"
  static let factorFile = "factors.safetensors"

  /// Opens a folder: reads the configuration and the heads of the tensor files.
  ///
  /// - Throws: `Diagnostic` naming the file and what is wrong or missing.
  public init(_ directory: String) throws {
    self.directory = directory
    let name = URL(fileURLWithPath: directory).lastPathComponent
    configuration = try HuggingFaceConfiguration.read(Self.path(Self.configurationFile, in: directory), name: name)
    let sharded = Self.path(Self.denseFile + ".index.json", in: directory)
    let single = Self.path(Self.denseFile, in: directory)
    let isSharded = !Self.exists(single) && Self.exists(sharded)
    guard isSharded || Self.exists(single) else {
      throw Diagnostic.file(
        directory, .data, "has no \(Self.denseFile) and no \(Self.denseFile).index.json; other formats are not read")
    }
    dense = try SafetensorsFile(path: isSharded ? sharded : single)
    let factorPath = Self.path(Self.factorFile, in: directory)
    factors = Self.exists(factorPath) ? try SafetensorsFile(path: factorPath) : nil
  }

  /// The method that the model was trained with, where the checkpoint says so.
  public var methodName: String? { (factors ?? dense).metadata[Self.methodKey] }

  /// The digest of all that a model takes from the checkpoint: of the contents of its tensor files, shard by shard.
  ///
  /// - Throws: `Diagnostic` if a file cannot be read.
  public func digest() throws -> Digest {
    let files = dense.files + (factors?.files ?? [])
    return Digest(of: try files.map { try Digest(ofFile: $0).hexadecimal }.joined(separator: "\n"))
  }

  static let methodKey = "method"
  static let optionsKey = "options"

  static func path(_ file: String, in directory: String) -> String {
    (directory as NSString).appendingPathComponent(file)
  }

  private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Checks that the checkpoint is of a model's sizes.
  ///
  /// - Throws: `Diagnostic` naming the first key that differs, and both values.
  public func requireSizes(of model: LlamaConfiguration) throws {
    try HuggingFaceConfiguration.requireSame(
      configuration, as: model, path: Self.path(Self.configurationFile, in: directory))
  }

  /// Fills a model, before any training.
  ///
  /// A linear layer takes its own tensors if the checkpoint has exactly those for it, or else starts from the dense weight
  /// as its method knows how to: `LinearLayer.start(fromDense:)`.
  /// - Throws: `Diagnostic` naming sizes that differ, tensors that are missing, of another shape or not known, positions
  ///   outside their matrix, and factors whose product is not the dense weight beside them.
  public func start(_ model: LlamaModel) throws {
    try requireSizes(of: model.configuration)
    let layers = model.linears.map { LayerTensors($0, in: [dense] + (factors.map { [$0] } ?? [])) }
    let inLayers = Set(model.linears.flatMap(\.parameters).map(ObjectIdentifier.init))
    let base = model.parameters.filter { !inLayers.contains(ObjectIdentifier($0)) }
    try requireKnown(base: base.map(\.name), layers: layers)
    try requireComplete(base: base.map(\.name), layers: layers)
    for parameter in base { try dense.read(parameter.name, into: parameter.value) }
    for layer in layers { try layer.start() }
  }

  /// Throws if a tensor belongs to nothing in the model.
  private func requireKnown(base: [String], layers: [LayerTensors]) throws {
    func require(_ known: [String], in file: SafetensorsFile) throws {
      // Older files of transformers hold the rotary embedding's wavelengths, which follow from the configuration.
      let extra = Set(file.entries.keys).subtracting(known).filter { !$0.hasSuffix("rotary_emb.inv_freq") }
      guard extra.isEmpty else {
        throw Diagnostic.file(file.path, .data, "\(extra.count) tensors belong to nothing in the model: \(list(extra))")
      }
    }
    try require(base + layers.flatMap(\.known), in: dense)
    if let factors { try require(layers.flatMap(\.knownFactors), in: factors) }
  }

  /// Throws if a parameter has no source.
  private func requireComplete(base: [String], layers: [LayerTensors]) throws {
    let missing = base.filter { dense.entries[$0] == nil } + layers.flatMap(\.missing)
    guard missing.isEmpty else {
      throw Diagnostic.file(dense.path, .data, "\(missing.count) tensors are missing: \(list(missing))")
    }
  }
}
