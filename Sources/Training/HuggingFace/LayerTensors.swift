import Configuration
import MemoryAccounting
import Modeling
import Tensors

/// What a checkpoint holds for one linear layer, and how the layer starts from it.
struct LayerTensors {
  private let layer: any LinearLayer
  /// The file that holds each of the layer's tensors, by key; the dense weight is not among them.
  private let own: [String: SafetensorsFile]
  /// The file that holds the dense weight.
  private let dense: SafetensorsFile?
  private let denseName: String
  /// The keys of the layer's parameters and indices.
  private let wanted: [String]

  /// Finds a layer's tensors in some files.
  init(_ layer: any LinearLayer, in files: [SafetensorsFile]) {
    self.layer = layer
    let prefix = layer.site.name + "."
    let denseName = prefix + "weight"
    let wanted = layer.parameters.map(\.name) + layer.indices.map(\.name)
    var own: [String: SafetensorsFile] = [:]
    for file in files {
      // A tensor that layers share need not have this layer's prefix.
      let names = file.entries.keys.filter { $0.hasPrefix(prefix) || wanted.contains($0) }
      for name in names where name != denseName { own[name] = file }
    }
    self.own = own
    self.wanted = wanted
    self.denseName = denseName
    dense = files.first { $0.entries[denseName] != nil }
  }

  /// Whether the layer is nothing but the dense weight.
  private var isDense: Bool { wanted == [denseName] }

  /// Whether the checkpoint holds exactly what the layer is made of.
  private var hasOwn: Bool { !isDense && Set(own.keys) == Set(wanted) }

  /// The keys that `model.safetensors` may hold for the layer.
  var known: [String] { wanted + [denseName] }

  /// The keys that `factors.safetensors` may hold for the layer: another method's tensors stand beside a dense weight
  /// that has the same product.
  var knownFactors: [String] { wanted + own.keys }

  /// The keys that are needed and not there.
  var missing: [String] {
    if hasOwn || dense != nil { return [] }
    return isDense ? [denseName] : wanted.filter { own[$0] == nil } + [denseName]
  }

  /// Fills the layer.
  ///
  /// - Throws: `Diagnostic` if a tensor does not fit, or the layer knows no start from what there is.
  func start() throws {
    if hasOwn {
      try readOwn()
      try requireSameProduct()
      return
    }
    // Dense weights are read for a moment only: they count in a ledger of their own, not in the run's.
    let weight = try readDense(in: Memory())
    guard layer.start(fromDense: weight) else {
      let absent = wanted.filter { own[$0] == nil }
      let foreign = own.keys.filter { !wanted.contains($0) }
      throw Diagnostic.file(
        dense!.path, .data,
        "the method cannot start '\(layer.site.name)' from a dense weight; "
          + (absent.isEmpty ? "the checkpoint also has \(list(foreign))" : "the checkpoint lacks \(list(absent))"))
    }
  }

  private func readOwn() throws {
    for parameter in layer.parameters { try own[parameter.name]!.read(parameter.name, into: parameter.value) }
    for (name, value) in layer.indices { try own[name]!.read(name, into: value) }
  }

  private func readDense(in memory: Memory) throws -> Tensor {
    let weight = Tensor(
      rows: layer.site.outputs, columns: layer.site.inputs, category: .workspace, in: memory)
    try dense!.read(denseName, into: weight)
    return weight
  }

  /// Compares the product of the factors with the dense weight beside them: a scale that differs shows here.
  private func requireSameProduct() throws {
    guard let dense else { return }
    let memory = Memory()
    let product = Tensor(rows: layer.site.outputs, columns: layer.site.inputs, category: .workspace, in: memory)
    guard layer.writeMergedWeight(into: product) else { return }
    let weight = try readDense(in: memory)
    var (difference, norm) = (0.0, 0.0)
    for (found, expected) in zip(product.elements, weight.elements) {
      difference += Double(found - expected) * Double(found - expected)
      norm += Double(expected) * Double(expected)
    }
    // A half has 8 or 11 bits; the sum of a product of 32-bit numbers is good to some units in the last place.
    let tolerance = dense.entries[denseName]!.type.byteCount == 2 ? 0.01 : 1e-4
    guard difference.squareRoot() <= tolerance * norm.squareRoot() else {
      throw Diagnostic.file(
        dense.path, .data,
        "tensor '\(denseName)' is not what the layer's factors give; the method's rank, alpha or scale differs from the "
          + "checkpoint's, or the files do not belong together")
    }
  }
}
