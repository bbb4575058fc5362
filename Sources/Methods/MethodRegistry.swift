import Configuration
import Modeling

/// The methods that a specification can name.
public struct MethodRegistry: Sendable {
  private var types: [any Method.Type]

  /// Every method of the paper. A new method adds its line here.
  public static let standard = MethodRegistry([
    FullRank.self, LowRank.self, LoRA.self, ReLoRA.self, GaLore.self, SLTrain.self, SparseResidual.self,
  ])

  /// Creates a registry.
  public init(_ types: [any Method.Type]) { self.types = types }

  /// This registry with one more method.
  public func adding(_ type: any Method.Type) -> MethodRegistry { MethodRegistry(types + [type]) }

  /// The names, in the order of registration.
  public var names: [String] { types.map { $0.name } }

  /// Reads a method: a bare name, or a mapping with `name` and the method's own options.
  ///
  /// - Returns: the method, and its name and options with defaults filled in.
  /// - Throws: `Diagnostic` at an unknown name or a wrong option.
  public func method(
    reading node: SpecificationNode, for model: LlamaConfiguration
  ) throws -> (method: any Method, resolved: ResolvedValue) {
    let nameNode = try node.isScalar ? node : node.members().first { $0.key == "name" }?.value
    guard let nameNode else { throw node.error("missing key 'name' in '\(node.path)'") }
    let name = try nameNode.string()
    guard let type = types.first(where: { $0.name == name }) else {
      throw nameNode.error("unknown method '\(name)'; " + Suggestion.clause(for: name, in: names))
    }
    let options =
      try node.isScalar
      ? SpecificationNode(text: "{name: \(name)}", file: node.file).mapping(keys: ["name"])
      : node.mapping(keys: ["name"] + type.keys)
    options.note("name", .string(name))
    return (try type.init(reading: options, for: model), options.resolved)
  }
}
