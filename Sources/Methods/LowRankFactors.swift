// T tokens, R rank; `inputs` and `outputs` are the site's widths.
import MemoryAccounting
import Modeling
import Tensors

/// The factors of a low-rank matrix, `scale · B A`, and the products that the methods build from them.
///
/// - Shapes: `A` is `[R, inputs]`, `B` is `[outputs, R]`; both start at zero.
/// - Names: `<site>.low_rank.A`, `<site>.low_rank.B`.
public struct LowRankFactors {
  /// `A`, which takes the input to the `R` numbers of the code.
  public let a: Parameter
  /// `B`, which takes the code to the output.
  public let b: Parameter
  /// What the product is multiplied by: the papers' `α / R`.
  public let scale: Float
  private let compute: Compute

  /// Creates factors that are zero.
  ///
  /// - Parameter isTrained: whether they learn; factors that do not have no gradients, and no backward pass here.
  public init(at site: Site, rank: Int, scale: Float, isTrained: Bool = true, in context: LinearContext) {
    a = context.makeParameter(
      site.name + ".low_rank.A", rows: rank, columns: site.inputs, isTrained: isTrained, site: site)
    b = context.makeParameter(
      site.name + ".low_rank.B", rows: site.outputs, columns: rank, isTrained: isTrained, site: site)
    self.scale = scale
    compute = context.compute
  }

  /// Both factors in the order in which checkpoints store them.
  public var parameters: [Parameter] { [a, b] }

  /// A tensor for the codes `x Aᵀ` of a forward pass, `[T, R]`, that the backward pass needs again.
  public func makeCodes(at site: Site, in context: LinearContext) -> Tensor {
    context.makeActivation("\(site.role.rawValue) codes", columns: a.value.rows)
  }

  /// Draws `A` from `U(-1/√inputs, 1/√inputs)` and clears `B`, so that the product starts at zero: LoRA's start.
  ///
  /// Source: `kaiming_uniform_(a=√5)` of the official codes comes to these bounds.
  public func startAtZero(numbers: RandomNumbers) {
    compute.fillUniform(a.value, bound: 1 / Float(a.value.columns).squareRoot(), numbers: numbers)
    compute.fill(b.value, with: 0)
  }

  /// Draws both factors from normal distributions.
  public func startNormal(deviationA: Float, deviationB: Float, in context: LinearContext) {
    compute.fillNormal(a.value, deviation: deviationA, numbers: context.startingNumbers(for: a.name))
    compute.fillNormal(b.value, deviation: deviationB, numbers: context.startingNumbers(for: b.name))
  }

  /// Sets the product to the best approximation of a dense matrix: with `weight / scale = U Σ Vᵀ`, `B = U √Σ` and
  /// `A = √Σ Vᵀ` of the leading `R` singular values.
  ///
  /// - Shapes: `weight` is `[outputs, inputs]`.
  public func start(fromDense weight: Tensor) {
    // A scratch of its own, so that the run's workspace does not keep what only the start needs.
    let scratch = Workspace(in: compute.memory)
    scratch.withTemporaries { take in
      let inner = min(weight.rows, weight.columns)
      let (left, values, right) = (take(weight.rows, inner), take(1, inner), take(inner, weight.columns))
      let converged = compute.singularValueDecomposition(
        of: weight, left: left, values: values, right: right, scratch: scratch)
      precondition(converged, "the starting matrix of \(a.name) holds a number that is not finite")
      guard !compute.isPlanned else { return }
      let (aStart, bStart) = (take(a.value.rows, a.value.columns), take(b.value.rows, b.value.columns))
      for component in 0..<a.value.rows {
        let root = (values[0, component] / scale).squareRoot()
        for column in 0..<weight.columns { aStart[component, column] = root * right[component, column] }
        for row in 0..<weight.rows { bStart[row, component] = root * left[row, component] }
      }
      compute.copy(aStart, to: a.value)
      compute.copy(bStart, to: b.value)
    }
  }

  /// Hands what the product misses of a dense matrix, `weight - scale · B A`, to `body`.
  public func withMissed(of weight: Tensor, _ body: (Tensor) -> Void) {
    // A scratch of its own, so that the run's workspace does not keep what only the start needs.
    Workspace(in: compute.memory).withTemporary(rows: weight.rows, columns: weight.columns) { missed in
      writeProduct(into: missed)
      compute.scale(missed, by: -1)
      compute.add(weight, to: missed)
      body(missed)
    }
  }

  /// `weight = scale · B A`, or `weight += scale · B A` with `accumulate`.
  public func writeProduct(into weight: Tensor, accumulate: Bool = false) {
    compute.multiply(b.value, a.value, scale: scale, into: weight, accumulate: accumulate)
  }

  /// `y = scale · (x Aᵀ) Bᵀ`, or added to `y` with `accumulate`; `codes` receives `x Aᵀ`.
  ///
  /// - Shapes: `x` is `[T, inputs]`, `codes` is `[T, R]`, `y` is `[T, outputs]`.
  public func forward(_ x: Tensor, codes: Tensor, into y: Tensor, accumulate: Bool = false) {
    compute.multiply(x, a.value.transposed, into: codes)
    compute.multiply(codes, b.value.transposed, scale: scale, into: y, accumulate: accumulate)
  }

  /// Adds `dB = scale · dyᵀ z` and `dA = dzᵀ x` with `z = x Aᵀ` and `dz = scale · dy B`, and writes (or adds) `dx = dz A`.
  public func backward(_ dy: Tensor, input x: Tensor, codes: Tensor, into dx: Tensor, accumulate: Bool) {
    compute.workspace.withTemporary(rows: dy.rows, columns: a.value.rows) { dz in
      compute.multiply(dy, b.value, scale: scale, into: dz)
      compute.multiply(dy.transposed, codes, scale: scale, into: b.gradient!, accumulate: true)
      compute.multiply(dz.transposed, x, into: a.gradient!, accumulate: true)
      compute.multiply(dz, a.value, into: dx, accumulate: accumulate)
    }
  }

  /// Adds `dB = scale · dW Aᵀ` and `dA = scale · Bᵀ dW` from the gradient of the product, `[outputs, inputs]`.
  public func addGradients(ofDense dw: Tensor) {
    compute.multiply(dw, a.value.transposed, scale: scale, into: b.gradient!, accumulate: true)
    compute.multiply(b.value.transposed, dw, scale: scale, into: a.gradient!, accumulate: true)
  }
}
