import Configuration
import Foundation
import Modeling
import Optimization
import Tensors

/// The state of a run on disk: parameters, indices, optimizer state and counts, in one safetensors file.
///
/// A checkpoint replaces the one before it in one step, so that there is always a whole one.
public struct TrainingCheckpoint: Sendable {
  /// How far the run had come.
  public struct Progress: Equatable, Sendable {
    /// Updates made.
    public var step: Int
    /// Non-padding tokens seen.
    public var tokens: Int
  }

  /// The checkpoint's file.
  public let path: String
  /// What the run is: a checkpoint of another one is refused.
  public let identity: Digest
  private static let format = "sltrain-checkpoint-1"

  /// A checkpoint in a folder, which must exist when it is saved.
  public init(folder: String, identity: Digest) {
    path = Self.path(in: folder)
    self.identity = identity
  }

  /// The file of the checkpoint in a folder.
  public static func path(in folder: String) -> String { folder + "/checkpoint.safetensors" }

  /// Saves the state after the optimizer's last update.
  ///
  /// - Throws: `Diagnostic` if the file cannot be written; the checkpoint before it stays.
  public func save(_ model: LlamaModel, _ optimizer: Optimizer, tokens: Int) throws {
    var tensors = Self.tensors(of: model, optimizer).map { SafetensorsTensor($0.name, $0.value) }
    tensors += Self.indices(of: model).map { SafetensorsTensor($0.name, $0.value) }
    let metadata = [
      "format": Self.format, "identity": identity.hexadecimal, "step": "\(optimizer.step)", "tokens": "\(tokens)",
    ]
    try SafetensorsWriter.write(tensors, metadata: metadata, to: path)
  }

  /// Restores the state, or returns nil if there is no checkpoint.
  ///
  /// - Throws: `Diagnostic` if the file is damaged or belongs to another run.
  public func restore(_ model: LlamaModel, _ optimizer: Optimizer) throws -> Progress? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let file = try SafetensorsFile(path: path)
    guard file.metadata["format"] == Self.format, let step = file.metadata["step"].flatMap({ Int($0) }),
      let tokens = file.metadata["tokens"].flatMap({ Int($0) })
    else {
      throw Diagnostic.file(path, .data, "is not a checkpoint of this version; delete it to start the run again")
    }
    guard file.metadata["identity"] == identity.hexadecimal else {
      throw Diagnostic.file(
        path, .data,
        "belongs to a run with another specification, other data or another start; delete it, or choose another folder")
    }
    for (name, value) in Self.tensors(of: model, optimizer) { try file.read(name, into: value) }
    for (name, value) in Self.indices(of: model) { try file.read(name, into: value) }
    optimizer.step = step
    return Progress(step: step, tokens: tokens)
  }

  private static func tensors(of model: LlamaModel, _ optimizer: Optimizer) -> [(name: String, value: Tensor)] {
    model.parameters.map { ($0.name, $0.value) }
      + optimizer.entries.flatMap { entry in
        entry.rule.state.map { ("optimizer.\(entry.parameter.name).\($0.name)", $0.value) }
      }
  }

  private static func indices(of model: LlamaModel) -> [(name: String, value: any LayerIndices)] {
    model.linears.flatMap(\.indices)
  }
}
