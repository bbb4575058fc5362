import Configuration
import Corpus
import Files
import Foundation
import MemoryAccounting
import Modeling
import Tensors

extension HuggingFaceCheckpoint {
  /// Writes a model as a folder that `transformers` loads: dense weights in F32, and the method's own tensors beside them.
  ///
  /// The dense weights are worked out one matrix at a time. No file gets its name before all of them are written;
  /// `config.json` comes last, and a folder that is being replaced has none in the meantime.
  /// - Parameters:
  ///   - methodName: the method, for the metadata of both files.
  ///   - methodOptions: the method's options with defaults filled in, for the metadata: the scale of the factors follows
  ///     from them.
  ///   - beginToken: the id that begins a text, for `config.json`.
  ///   - endToken: the id that ends a text, for `config.json`.
  /// - Throws: `Diagnostic` if a file cannot be written, or a layer has no dense weight.
  public static func export(
    model: LlamaModel, methodName: String, methodOptions: ResolvedValue? = nil, to directory: String,
    beginToken: Int? = nil, endToken: Int? = nil
  ) throws {
    // transformers refuses a file whose metadata gives no format.
    var metadata = ["format": "pt", methodKey: methodName]
    metadata[optionsKey] = methodOptions?.canonicalJSON
    let inLayers = Set(model.linears.flatMap(\.parameters).map(ObjectIdentifier.init))
    let base = model.parameters.filter { !inLayers.contains(ObjectIdentifier($0)) }.map { parameter in
      // LLaMA's gains are vectors.
      let isVector = parameter.value.rows == 1
      return SafetensorsTensor(parameter.name, parameter.value, shape: isVector ? [parameter.count] : nil)
    }
    let merged = model.linears.map { mergedWeight(of: $0, methodName: methodName) }
    let denseFile = try SafetensorsWriter.prepare(
      base + merged, metadata: metadata, to: path(denseFile, in: directory))
    let factorPath = path(factorFile, in: directory)
    let factors = factors(of: model.linears)
    let factorFile =
      try factors.isEmpty
      ? nil
      : SafetensorsWriter.prepare(factors, metadata: metadata, to: factorPath)
    let configurationFile = try AtomicFileWriter(path: path(configurationFile, in: directory))
    let text = HuggingFaceConfiguration.text(
      of: model.configuration, length: model.shape.length, beginToken: beginToken, endToken: endToken)
    try Array(text.utf8).withUnsafeBytes { try configurationFile.write($0) }

    unlink(configurationFile.path)
    unlink(factorPath)
    try denseFile.commit()
    try factorFile?.commit()
    try configurationFile.commit()
  }

  private static func mergedWeight(of layer: any LinearLayer, methodName: String) -> SafetensorsTensor {
    let site = layer.site
    return SafetensorsTensor(site.name + ".weight", shape: [site.outputs, site.inputs]) { consume in
      // A ledger of its own: what an export takes for a moment is no part of what training takes.
      let weight = Tensor(rows: site.outputs, columns: site.inputs, category: .workspace, in: Memory())
      guard layer.writeMergedWeight(into: weight) else {
        throw Diagnostic(
          .usage,
          "a model of method '\(methodName)' cannot be exported as LLaMA: '\(site.name)' has no dense weight, because a "
            + "non-linearity sits inside")
      }
      try consume(weight)
    }
  }

  /// The tensors of the layers that are more than a dense weight, each once, even if layers share it.
  private static func factors(of layers: [any LinearLayer]) -> [SafetensorsTensor] {
    var seen: Set<String> = []
    return layers.filter { $0.parameters.map(\.name) != [$0.site.name + ".weight"] }.flatMap { layer in
      layer.parameters.filter { seen.insert($0.name).inserted }.map { SafetensorsTensor($0.name, $0.value) }
        + layer.indices.filter { seen.insert($0.name).inserted }.map { SafetensorsTensor($0.name, $0.value) }
    }
  }
}
