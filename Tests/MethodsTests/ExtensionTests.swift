import Configuration
import Methods
import Modeling
import Optimization
import Tensors
import TestSupport
import Testing

/// A method that the library does not know: the dense start scaled column by column, `W = W₀ diag(c)`, with `c` trained by
/// sign descent and pulled towards 1 after every update.
private struct ColumnScaling: Method {
  static let name = "column-scaling"
  static let keys = ["pull"]
  let pull: Float

  init(reading options: SpecificationMapping, for model: LlamaConfiguration) throws {
    pull = Float(try options.number("pull", default: 0.001, in: 0...1))
  }

  func makeLinear(at site: Site, in context: LinearContext) throws -> any LinearLayer {
    ColumnScaledLinear(at: site, in: context)
  }

  func makeUpdateRule(
    for parameter: Parameter, optimizer: OptimizerSpecification, seed: UInt64, compute: Compute
  ) -> (any UpdateRule)? {
    parameter.name.hasSuffix(".scales") ? SignDescent() : nil
  }

  func afterUpdate(_ step: StepContext) {
    for case let layer as ColumnScaledLinear in step.layers {
      for index in 0..<layer.scales.count { layer.scales.value[0, index] += pull * (1 - layer.scales.value[0, index]) }
    }
  }

  func footprint(of model: LlamaConfiguration) -> Footprint {
    let scales = model.sites.reduce(0) { $0 + $1.inputs }
    return Footprint(
      finalParameters: model.denseParameterCount, storedParameters: model.denseParameterCount + scales,
      optimizerNumbers: 2 * model.baseParameterCount)
  }
}

private final class SignDescent: UpdateRule {
  func update(_ parameter: Parameter, learningRate: Float, step: Int) {
    for index in 0..<parameter.count {
      let slope = parameter.gradient!.base[index]
      parameter.value.base[index] -= slope == 0 ? 0 : slope > 0 ? learningRate : -learningRate
    }
  }

  var state: [(name: String, value: Tensor)] { [] }
  var adam: AdamState? { nil }
}

private final class ColumnScaledLinear: LinearLayer {
  let site: Site
  let base: Parameter
  let scales: Parameter
  private let compute: Compute

  init(at site: Site, in context: LinearContext) {
    self.site = site
    compute = context.compute
    let memory = context.compute.memory
    base = Parameter(
      site.name + ".base.weight", rows: site.outputs, columns: site.inputs, isTrained: false, site: site, in: memory)
    scales = Parameter(site.name + ".scales", rows: 1, columns: site.inputs, site: site, in: memory)
    context.fillDense(base.value, name: site.name + ".weight")
    scales.value.fill(1)
  }

  var parameters: [Parameter] { [base, scales] }

  func forward(_ x: Tensor, into y: Tensor) {
    compute.workspace.withTemporary(rows: site.outputs, columns: site.inputs) { weight in
      _ = writeMergedWeight(into: weight)
      compute.multiply(x, weight.transposed, into: y)
    }
  }

  func backward(_ dy: Tensor, input x: Tensor, into dx: Tensor, accumulate: Bool) {
    compute.workspace.withTemporary(rows: site.outputs, columns: site.inputs) { weight in
      _ = writeMergedWeight(into: weight)
      compute.multiply(dy, weight, into: dx, accumulate: accumulate)
      compute.multiply(dy.transposed, x, into: weight)
      for row in 0..<site.outputs {
        for column in 0..<site.inputs {
          scales.gradient![0, column] += weight[row, column] * base.value[row, column]
        }
      }
    }
  }

  func writeMergedWeight(into weight: Tensor) -> Bool {
    for row in 0..<site.outputs {
      for column in 0..<site.inputs { weight[row, column] = base.value[row, column] * scales.value[0, column] }
    }
    return true
  }
}

@Suite("A method of one's own")
struct ExtensionTests {
  private let registry = MethodRegistry.standard.adding(ColumnScaling.self)

  @Test("A method that only a test knows trains through the registry like any other")
  func trains() throws {
    let task = try ToyTask("{name: column-scaling, pull: 0.01}", registry: registry)
    let losses = task.run(300)
    #expect(losses.suffix(20).reduce(0, +) / 20 < 0.9 * losses[0], "\(losses[0]) to \(losses.last!)")
    #expect(task.layers.flatMap(\.parameters).filter(\.isTrained).count == 2)
  }

  @Test("It resumes with the same bits")
  func resumes() throws {
    let whole = try ToyTask("column-scaling", registry: registry)
    let losses = whole.run(9)
    let (first, second) = (
      try ToyTask("column-scaling", registry: registry), try ToyTask("column-scaling", registry: registry)
    )
    _ = first.run(4)
    second.restore(first.snapshot)
    #expect(second.run(5) == Array(losses.suffix(5)))
    #expect(second.snapshot == whole.snapshot)
  }

  @Test("A layer that knows no dense start says so")
  func noDenseStart() throws {
    let compute = Compute()
    let layer = try makeLayer(
      method("column-scaling", in: registry), inputs: 4, outputs: 3, tokens: 1, compute: compute)
    #expect(!layer.start(fromDense: compute.testMatrix("dense", 3, 4)))
  }

  @Test("The standard registry stays without it, and lists what it knows")
  func standardStays() {
    let diagnostic = #expect(throws: Diagnostic.self) { try method("column-scaling") }
    #expect(
      diagnostic?.message.contains("known: full-rank, galore, lora, low-rank, relora, sltrain, sparse-residual") == true
    )
  }
}
