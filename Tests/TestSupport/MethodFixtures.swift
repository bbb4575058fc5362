import Configuration
import Foundation
import Methods
import Modeling
import Tensors

extension LlamaConfiguration {
  /// A model small enough for any test, whose matrices admit ranks up to 8.
  public static var tiny: LlamaConfiguration {
    LlamaConfiguration(name: "tiny", vocabularySize: 32, hiddenSize: 8, intermediateSize: 12, layers: 2, heads: 2)
  }

  /// A model of the paper, read from the shipped file.
  public static func paper(_ name: String) throws -> LlamaConfiguration {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try SpecificationNode(file: root.appending(path: "experiments/models/paper.yaml").path)
    guard let node = try file.members().first(where: { $0.key == name })?.value else {
      throw Diagnostic(.usage, "no model '\(name)'")
    }
    return try LlamaConfiguration(reading: node.mapping(keys: LlamaConfiguration.keys))
  }
}

/// A method from the text of its specification: `{name: sltrain, rank: 3, density: 0.2, alpha: 6}`.
public func method(
  _ text: String, for model: LlamaConfiguration = .tiny, in registry: MethodRegistry = .standard
) throws -> any Method {
  try registry.method(reading: SpecificationNode(text: text, file: "spec.yaml"), for: model).method
}

/// The layer that a method builds for a matrix of any shape.
public func makeLayer(
  _ method: any Method, inputs: Int, outputs: Int, tokens: Int, compute: Compute, seed: UInt64 = 3
) throws -> any LinearLayer {
  let context = LinearContext(compute: compute, tokens: tokens, seed: seed, initializerRange: 0.02)
  return try method.makeLinear(at: Site(layer: 0, role: .up, inputs: inputs, outputs: outputs), in: context)
}
