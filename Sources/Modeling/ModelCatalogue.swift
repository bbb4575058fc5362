import Configuration
import Foundation

/// The models that a specification can name: the entries of the YAML files of one folder.
public struct ModelCatalogue: Sendable {
  private let models: [String: SpecificationNode]

  /// Reads every `.yaml` file of a folder, each a mapping from names to models.
  ///
  /// - Throws: `Diagnostic` if a file is no such mapping, or if two files define one name.
  public init(folder: String) throws {
    var models: [String: SpecificationNode] = [:]
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.filter { $0.hasSuffix(".yaml") } ?? []
    for file in files.sorted() {
      for (name, place, model) in try SpecificationNode(file: "\(folder)/\(file)").members() {
        guard models.updateValue(model, forKey: name) == nil else {
          throw Diagnostic(.usage, at: place, "model '\(name)' is defined twice; rename one")
        }
      }
    }
    self.models = models
  }

  /// The names, sorted.
  public var names: [String] { models.keys.sorted() }

  /// A model: a name of the catalogue, or a mapping with the model's sizes.
  ///
  /// - Returns: the model, and its sizes with defaults filled in.
  /// - Throws: `Diagnostic` at an unknown name or an impossible size.
  public func model(reading node: SpecificationNode) throws -> (model: LlamaConfiguration, resolved: ResolvedValue) {
    guard node.isScalar else {
      let sizes = try node.mapping(keys: LlamaConfiguration.keys)
      return (try LlamaConfiguration(reading: sizes), sizes.resolved)
    }
    let name = try node.string()
    guard !models.isEmpty else {
      throw node.error(
        "model '\(name)' is a name, and there is no folder of models here; run this from the project's folder, or write "
          + "the model's sizes")
    }
    guard let entry = models[name] else {
      throw node.error("unknown model '\(name)'; " + Suggestion.clause(for: name, in: names))
    }
    let sizes = try entry.mapping(keys: LlamaConfiguration.keys)
    var model = try LlamaConfiguration(reading: sizes)
    model.name = name
    sizes.note("name", .string(name))
    return (model, sizes.resolved)
  }
}
