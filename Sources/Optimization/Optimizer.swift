import Modeling
import Tensors

/// One update rule a trained parameter, and the count of updates made.
public final class Optimizer {
  /// A trained parameter and how it is updated.
  public struct Entry {
    /// The parameter.
    public let parameter: Parameter
    /// Its rule.
    public let rule: any UpdateRule
  }

  /// What the specification asks for.
  public let specification: OptimizerSpecification
  /// The trained parameters in the model's order.
  public let entries: [Entry]
  /// Updates made so far.
  public var step = 0
  private let compute: Compute
  private let indices: [ObjectIdentifier: Int]
  private var sumsOfSquares: [Double]

  /// Creates an optimizer for the trained parameters among `parameters`.
  ///
  /// - Parameter rule: a method's own rule for a parameter, or nil for the specification's.
  public init(
    _ specification: OptimizerSpecification, parameters: [Parameter], compute: Compute,
    rule: (Parameter) -> (any UpdateRule)? = { _ in nil }
  ) {
    self.specification = specification
    self.compute = compute
    entries = parameters.filter(\.isTrained).map { parameter in
      Entry(parameter: parameter, rule: rule(parameter) ?? Adam(specification, for: parameter, compute: compute))
    }
    indices = Dictionary(
      uniqueKeysWithValues: entries.enumerated().map { (ObjectIdentifier($1.parameter), $0) })
    sumsOfSquares = entries.map { _ in 0 }
  }

  /// Sets every gradient to zero.
  public func clearGradients() {
    compute.doing(.clearing) {
      for entry in entries { compute.fill(entry.parameter.gradient!, with: 0) }
    }
  }

  /// The Euclidean norm of the whole gradient, summed in double precision: fixed blocks of each parameter, side by side on
  /// the workers, added in the parameters' order.
  public func gradientNorm() -> Float {
    Float(entries.reduce(0.0) { $0 + compute.sumOfSquares($1.parameter.gradient!) }.squareRoot())
  }

  /// Clips the gradient where the specification asks for it, and makes one update of all parameters.
  ///
  /// - Returns: the norm of the gradient before clipping.
  @discardableResult
  public func update(learningRate: Float) -> Float {
    compute.during(.update) { updateAll(learningRate: learningRate) }
  }

  private func updateAll(learningRate: Float) -> Float {
    for index in entries.indices { takeNote(of: index) }
    let norm = lastGradientNorm
    if let limit = specification.clipNorm, norm > limit {
      // torch.nn.utils.clip_grad_norm_ divides by the norm plus 1e-6.
      for entry in entries { compute.scale(entry.parameter.gradient!, by: limit / (norm + 1e-6)) }
    }
    step += 1
    for entry in entries { apply(entry, learningRate: learningRate) }
    return norm
  }

  /// Begins an update that is made layer by layer; clears nothing and clips nothing.
  ///
  /// - Returns: a flow for the backward pass, by which each layer's gradients are cleared before they are added to, and
  ///   its parameters updated as soon as they are whole. When the pass is over all are updated, and ``lastGradientNorm`` is
  ///   the norm of the whole gradient.
  public func beginUpdate(learningRate: Float) -> GradientFlow {
    step += 1
    return GradientFlow(
      begin: { [self] parameters in
        compute.doing(.clearing) {
          for parameter in parameters { parameter.gradient.map { compute.fill($0, with: 0) } }
        }
      },
      end: { [self] parameters in
        for parameter in parameters {
          guard let index = indices[ObjectIdentifier(parameter)] else { continue }
          compute.during(.update) {
            takeNote(of: index)
            apply(entries[index], learningRate: learningRate)
          }
        }
      })
  }

  /// The Euclidean norm of the whole gradient of the last update, before clipping.
  public var lastGradientNorm: Float { Float(sumsOfSquares.reduce(0, +).squareRoot()) }

  /// Looks at a gradient that is whole: keeps the frozen row as it is, and sums the squares.
  private func takeNote(of index: Int) {
    let parameter = entries[index].parameter
    if let row = parameter.frozenRow { parameter.gradient!.row(row).fill(0) }
    sumsOfSquares[index] = compute.doing(.gradientNorm) { compute.sumOfSquares(parameter.gradient!) }
  }

  private func apply(_ entry: Entry, learningRate: Float) {
    compute.doing(.update) {
      entry.rule.update(
        entry.parameter, learningRate: learningRate * entry.parameter.learningRateMultiplier, step: step)
    }
  }

  /// The rule of a parameter, or nil if it is frozen.
  public func rule(of parameter: Parameter) -> (any UpdateRule)? {
    indices[ObjectIdentifier(parameter)].map { entries[$0].rule }
  }
}
