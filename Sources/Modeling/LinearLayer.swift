import Tensors

/// A map from `inputs` to `outputs` numbers a token, however it is parameterised: the seam between model and method.
///
/// A layer says what it saves. The model keeps the input `x` of every layer and hands it back, so a layer saves only
/// what it cannot work out from `x` cheaply.
public protocol LinearLayer: AnyObject {
  /// Where in the model the layer stands.
  var site: Site { get }

  /// All parameters, trained and frozen, in the order in which checkpoints store them.
  var parameters: [Parameter] { get }

  /// Fixed whole numbers that belong to the layer (a support), each list with the name that checkpoints use.
  var indices: [(name: String, value: any LayerIndices)] { get }

  /// `y = f(x)`.
  ///
  /// - Shapes: `x` is `[tokens, inputs]`, `y` is `[tokens, outputs]`; `tokens` is at most what the layer was built for.
  func forward(_ x: Tensor, into y: Tensor)

  /// Adds the gradient of the parameters, and writes (or with `accumulate` adds) the gradient of the input to `dx`.
  ///
  /// Called after ``forward(_:into:)`` with the same `x`.
  func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool)

  /// Whether ``forward(_:into:)`` saves something for the backward pass, so that a block that is run again for its
  /// backward pass must run the layer too, even where its output is not needed.
  var savesForBackward: Bool { get }

  /// How the layer is computed, where its method knows several ways: a word, which the records keep.
  var form: String? { get }

  /// Writes the dense matrix `[outputs, inputs]` that gives the same output, and returns true; or returns false where
  /// there is none, because a non-linearity sits inside.
  func writeMergedWeight(into weight: Tensor) -> Bool

  /// Starts the layer, before any training, from a dense matrix `[outputs, inputs]`, and returns true; or returns false
  /// and changes nothing where the parameterisation knows no such start.
  ///
  /// The layer comes as near to the matrix as its parameters allow: a copy, a truncated singular value decomposition,
  /// a residual on a sparse support.
  func start(fromDense weight: Tensor) -> Bool
}

extension LinearLayer {
  /// No indices.
  public var indices: [(name: String, value: any LayerIndices)] { [] }

  /// Yes: it costs time and is never wrong.
  public var savesForBackward: Bool { true }

  /// There is one way only.
  public var form: String? { nil }

  /// No such start.
  public func start(fromDense weight: Tensor) -> Bool { false }
}

/// The dense layer `y = x Wᵀ`.
///
/// - Saves nothing beyond the input, which the model keeps.
public final class DenseLinear: LinearLayer {
  public let site: Site
  /// `W`, `[outputs, inputs]`.
  public let weight: Parameter
  private let compute: Compute

  /// Creates a layer that starts from the model's dense law.
  public init(at site: Site, in context: LinearContext) {
    self.site = site
    compute = context.compute
    weight = context.makeParameter(site.name + ".weight", rows: site.outputs, columns: site.inputs, site: site)
    context.fillDense(weight.value, name: weight.name)
  }

  public var parameters: [Parameter] { [weight] }

  public var savesForBackward: Bool { false }

  public func forward(_ x: Tensor, into y: Tensor) {
    compute.multiply(x, weight.value.transposed, into: y)
  }

  public func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {
    compute.multiply(dy, weight.value, into: dx, accumulate: accumulate)
    if let gradient = weight.gradient { compute.multiply(dy.transposed, x, into: gradient, accumulate: true) }
  }

  public func writeMergedWeight(into weight: Tensor) -> Bool {
    weight.copy(from: self.weight.value)
    return true
  }

  /// Copies the matrix.
  public func start(fromDense weight: Tensor) -> Bool {
    self.weight.value.copy(from: weight)
    return true
  }
}
