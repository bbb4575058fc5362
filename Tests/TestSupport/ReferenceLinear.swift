import Modeling
import Tensors

/// A linear layer of any parameterisation in double precision, straight from the names of its parameters:
/// `W = W₀ + scale · B A ⊕ S`, each part where there is a parameter for it, and `y = x Wᵀ`.
public struct ReferenceLinear {
  private let site: Site
  private let scale: Double
  private let names: [String]
  private let support: [Int]

  /// A reference for a layer whose factors' product is multiplied by `scale`.
  public init(_ layer: any LinearLayer, scale: Double) {
    site = layer.site
    self.scale = scale
    names = layer.parameters.map { String($0.name.dropFirst(layer.site.name.count + 1)) }
    support = layer.indices.flatMap { $0.value.array.map(Int.init) }
  }

  /// `W`, row-major, from the values of all parameters in the layer's order.
  public func weight(_ parameters: [[Double]]) -> [Double] {
    let part = Dictionary(uniqueKeysWithValues: zip(names, parameters))
    var weight = part["weight"] ?? part["base.weight"] ?? [Double](repeating: 0, count: site.outputs * site.inputs)
    if let a = part["low_rank.A"], let b = part["low_rank.B"] {
      let product = naiveProduct(b, a, site.outputs, a.count / site.inputs, site.inputs)
      weight = zip(weight, product).map { $0 + scale * $1 }
    }
    for (value, position) in zip(part["sparse.values"] ?? [], support) { weight[position] += value }
    return weight
  }

  /// `y = x Wᵀ`, row-major.
  public func output(_ x: [Double], _ parameters: [[Double]]) -> [Double] {
    let transposed = naiveTranspose(weight(parameters), rows: site.outputs)
    return naiveProduct(x, transposed, x.count / site.inputs, site.inputs, site.outputs)
  }
}
