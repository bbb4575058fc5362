// M outputs, N inputs, R rank.
import Configuration
import Modeling
import Optimization
import Tensors

/// Gradient low-rank projection: dense weights whose gradients Adam sees in a subspace of `rank` dimensions, which is
/// found anew every `updateGap` updates.
///
/// Options: `rank`; `updateGap`, 200 where not given; `scale`, what the update is multiplied by, 0.25; `projection`, one of
/// ``Projection``; `epsilon`, which takes the optimizer's place and is 1e-6 where not given, as in the official code.
/// The parameters that are not a linear layer's matrix, or have a side below the rank, use the same form of Adam at the
/// full learning rate.
/// Source: Zhao et al., "GaLore", 2024, and its official code.
public struct GaLore: Method {
  public static let name = "galore"
  public static let keys = ["rank", "updateGap", "scale", "projection", "epsilon"]

  /// How the subspace is found.
  public enum Projection: String, CaseIterable, Sendable {
    /// By the singular value decomposition of the gradient.
    case svd
    /// By subspace iteration on a random sketch of the gradient: close to the same, and faster.
    case randomized
  }

  /// `R`.
  public let rank: Int
  /// Updates from one projector to the next.
  public let updateGap: Int
  /// What a projected update is multiplied by.
  public let scale: Float
  /// How the subspace is found.
  public let projection: Projection
  /// What Adam adds to the root of the second moment.
  public let epsilon: Double

  public init(reading options: SpecificationMapping, for model: LlamaConfiguration) throws {
    rank = try options.rank(for: model)
    updateGap = try options.integer("updateGap", default: 200, in: 1...)
    scale = Float(try options.positive("scale", default: 0.25))
    projection = try options.choice("projection", default: .svd)
    epsilon = try options.number("epsilon", default: 1e-6, in: 0...)
  }

  public var searchPeriod: Int { updateGap }

  public func makeLinear(at site: Site, in context: LinearContext) throws -> any LinearLayer {
    DenseLinear(at: site, in: context)
  }

  public func makeUpdateRule(
    for parameter: Parameter, optimizer: OptimizerSpecification, seed: UInt64, compute: Compute
  ) -> (any UpdateRule)? {
    var specification = optimizer
    specification.epsilon = epsilon
    guard parameter.site != nil, min(parameter.value.rows, parameter.value.columns) >= rank else {
      return Adam(specification, convention: .huggingFace, for: parameter, compute: compute)
    }
    return ProjectedAdam(self, specification, for: parameter, seed: seed, compute: compute)
  }

  /// The dense model; two moments of the base and of what is projected, and a projector a matrix.
  public func footprint(of model: LlamaConfiguration) -> Footprint {
    let projected = model.sites.reduce(0) { $0 + rank * max($1.outputs, $1.inputs) }
    let projectors = model.sites.reduce(0) { $0 + rank * min($1.outputs, $1.inputs) }
    return Footprint(
      finalParameters: model.denseParameterCount,
      parts: [
        .base(of: model), .dense(of: model, moments: 2 * projected),
        .init(.projector, parameters: 0, optimizerNumbers: projectors),
      ])
  }
}

/// Adam in the leading singular subspace of one matrix's gradient `G`, `[M, N]`.
///
/// With `P`, `[R, min(M, N)]`, the singular vectors on the shorter side, one a row:
/// - `M ≥ N`: `r = G Pᵀ`, `[M, R]`, and `W += scale · n P`;
/// - `M < N`: `r = P G`, `[R, N]`, and `W += scale · Pᵀ n`;
///
/// where `n` is Adam's update of `r`, `-η√(1-β₂ᵗ)/(1-β₁ᵗ) · m / (√v + ε)`. Weight decay comes after, decoupled. The moments
/// stay as they are when the projector changes.
public final class ProjectedAdam: UpdateRule {
  private let method: GaLore
  private let specification: OptimizerSpecification
  /// Whether the projector stands on the right: `M ≥ N`. Kept, as a square projector could be either.
  private let projectsInputs: Bool
  private let projector: Tensor
  private let moments: AdamState
  /// The shape of the projected gradient.
  private let projectedRows, projectedColumns: Int
  private let seed: UInt64
  private let compute: Compute

  /// Creates the rule with zero moments, and sets aside the workspace of all later updates.
  public init(
    _ method: GaLore, _ specification: OptimizerSpecification, for parameter: Parameter, seed: UInt64, compute: Compute
  ) {
    let (rows, columns) = (parameter.value.rows, parameter.value.columns)
    self.method = method
    self.specification = specification
    self.seed = seed
    self.compute = compute
    projectsInputs = rows >= columns
    projector = compute.zeros(method.rank, min(rows, columns), .projector, as: parameter.value.elementType)
    projectedRows = projectsInputs ? rows : method.rank
    projectedColumns = projectsInputs ? method.rank : columns
    moments = AdamState(
      rows: projectedRows, columns: projectedColumns, specification: specification, compute: compute)
    if method.projection == .svd { compute.reserveLeadingSingularVectors(rows: rows, columns: columns) }
    compute.reserveRandomizedSingularVectors(rows: rows, columns: columns, rank: method.rank)
  }

  public func update(_ parameter: Parameter, learningRate: Float, step: Int) {
    guard let gradient = parameter.gradient else { return }
    compute.withFloats(gradient) { update(parameter, gradient: $0, learningRate: learningRate, step: step) }
  }

  private func update(_ parameter: Parameter, gradient: Tensor, learningRate: Float, step: Int) {
    if (step - 1) % method.updateGap == 0 {
      compute.during(.projector) {
        compute.doing(.projectorSearch) { findProjector(of: gradient, name: parameter.name, step: step) }
      }
    }
    compute.workspace.withTemporaries { take in
      let projected = take(projectedRows, projectedColumns)
      let change = take(projectedRows, projectedColumns)
      compute.doing(.projection) { project(gradient, into: projected) }
      compute.fill(change, with: 0)
      moments.update(
        change, gradient: projected, learningRate: learningRate, step: step, specification: specification,
        decays: false, convention: .huggingFace,
        rounding: UpdateRounding(specification.rounding, name: parameter.name, step: step, seed: specification.seed),
        compute: compute)
      compute.doing(.projection) { addBack(change, to: parameter.value) }
    }
    let decay = parameter.decays ? specification.weightDecay : 0
    if decay != 0 { compute.scale(parameter.value, by: Float(1 - Double(learningRate) * decay)) }
  }

  public var state: [(name: String, value: Tensor)] { [("projector", projector)] + moments.state }

  /// None: the moments are not in the parameter's shape.
  public var adam: AdamState? { nil }

  private func findProjector(of gradient: Tensor, name: String, step: Int) {
    guard projector.elementType != .float32 else {
      return findProjector(of: gradient, name: name, step: step, into: projector)
    }
    compute.workspace.withTemporary(rows: projector.rows, columns: projector.columns) { vectors in
      findProjector(of: gradient, name: name, step: step, into: vectors)
      compute.copy(vectors, to: projector)
    }
  }

  private func findProjector(of gradient: Tensor, name: String, step: Int, into vectors: Tensor) {
    if method.projection == .svd, compute.leadingSingularVectors(of: gradient, into: vectors) { return }
    // Also where the decomposition did not converge: the iteration needs no convergence.
    compute.randomizedSingularVectors(
      of: gradient, numbers: RandomNumbers(seed: seed, purpose: .projection, name: "\(name)#\(step)"), into: vectors)
  }

  private func project(_ gradient: Tensor, into projected: Tensor) {
    if projectsInputs {
      compute.multiply(gradient, projector.transposed, into: projected)
    } else {
      compute.multiply(projector, gradient, into: projected)
    }
  }

  private func addBack(_ change: Tensor, to weight: Tensor) {
    if projectsInputs {
      compute.multiply(change, projector, scale: method.scale, into: weight, accumulate: true)
    } else {
      compute.multiply(projector.transposed, change, scale: method.scale, into: weight, accumulate: true)
    }
  }
}
