import Configuration
import Modeling
import Optimization
import Tensors
import TestSupport
import Testing

@Suite("The optimizer")
struct OptimizerTests {
  private let compute = Compute()

  private func parameter(_ name: String, _ rows: Int = 3, _ columns: Int = 4, isTrained: Bool = true) -> Parameter {
    let parameter = Parameter(name, rows: rows, columns: columns, isTrained: isTrained, in: compute.memory)
    parameter.value.fillForTest(name)
    parameter.gradient?.fillForTest("gradient of \(name)")
    return parameter
  }

  @Test("Frozen parameters are neither updated nor counted")
  func frozen() {
    let (trained, frozen) = (parameter("trained"), parameter("frozen", isTrained: false))
    let before = frozen.value.bits
    let optimizer = Optimizer(OptimizerSpecification(), parameters: [frozen, trained], compute: compute)
    optimizer.update(learningRate: 0.1)
    #expect(frozen.value.bits == before)
    #expect(optimizer.entries.count == 1 && optimizer.rule(of: frozen) == nil && optimizer.rule(of: trained) != nil)
    #expect(compute.memory.usage(of: .optimizerState).requested == 2 * trained.count * 4)
  }

  @Test("The norm is that of the whole gradient, before clipping, on one worker as on two")
  func norm() {
    let norms = [1, 2].map { workers in
      let compute = Compute(workers: workers)
      let parameters = [(1, 7), (301, 222)].map { rows, columns in
        let parameter = Parameter("\(rows)", rows: rows, columns: columns, in: compute.memory)
        parameter.gradient!.fillForTest("gradient \(rows)")
        return parameter
      }
      let optimizer = Optimizer(OptimizerSpecification(clipNorm: 0.5), parameters: parameters, compute: compute)
      let expected = parameters.flatMap { $0.gradient!.doubles }.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(Double(optimizer.gradientNorm()) / expected - 1) < 1e-6)
      let norm = optimizer.update(learningRate: 0.1)
      #expect(abs(Double(norm) / expected - 1) < 1e-6)
      #expect(abs(optimizer.gradientNorm() - 0.5) < 1e-5)
      return norm.bitPattern
    }
    #expect(norms[0] == norms[1])
  }

  @Test("A gradient within the limit is not touched")
  func noClipping() {
    let parameter = parameter("small")
    let before = parameter.gradient!.bits
    Optimizer(OptimizerSpecification(clipNorm: 100), parameters: [parameter], compute: compute).update(
      learningRate: 0.1)
    #expect(parameter.gradient!.bits == before)
  }

  @Test("A frozen row stays as it is, and its gradient counts neither for the norm nor for the moments")
  func frozenRow() {
    let parameter = parameter("embedding", 5, 4)
    parameter.frozenRow = 3
    let before = parameter.value.row(3).bits
    let optimizer = Optimizer(OptimizerSpecification(), parameters: [parameter], compute: compute)
    let expected = parameter.gradient!.doubles.enumerated().reduce(0) {
      $0 + ($1.offset / 4 == 3 ? 0 : $1.element * $1.element)
    }
    let norm = optimizer.update(learningRate: 0.1)
    #expect(abs(Double(norm) - expected.squareRoot()) < 1e-6)
    #expect(parameter.value.row(3).bits == before)
    #expect(parameter.value.row(2).bits != Compute().testMatrix("embedding", 5, 4).row(2).bits)
    #expect(optimizer.entries[0].rule.moments!.second.row(3).array.allSatisfy { $0 == 0 })
  }

  @Test("A parameter's multiplier scales its learning rate")
  func multiplier() {
    let (plain, scaled) = (parameter("same"), parameter("same"))
    scaled.learningRateMultiplier = 0.5
    Optimizer(OptimizerSpecification(), parameters: [plain], compute: compute).update(learningRate: 0.05)
    Optimizer(OptimizerSpecification(), parameters: [scaled], compute: compute).update(learningRate: 0.1)
    #expect(plain.value.bits == scaled.value.bits)
  }

  @Test("Gradients are cleared, all of them")
  func clears() {
    let parameters = [parameter("one"), parameter("two", 200, 200)]
    Optimizer(OptimizerSpecification(), parameters: parameters, compute: compute).clearGradients()
    #expect(parameters.allSatisfy { $0.gradient!.array.allSatisfy { $0 == 0 } })
  }

  @Test("Updates are counted, and none after the first allocates")
  func steps() {
    let optimizer = Optimizer(
      OptimizerSpecification(clipNorm: 1), parameters: [parameter("one", 400, 300)], compute: compute)
    optimizer.update(learningRate: 0.1)
    let count = compute.memory.allocationCount
    for _ in 0..<3 { optimizer.update(learningRate: 0.1) }
    #expect(optimizer.step == 4 && compute.memory.allocationCount == count)
  }

  @Test("A specification is read with the paper's defaults, and what cannot be is refused where it stands")
  func specification() throws {
    func read(_ text: String) throws -> OptimizerSpecification {
      try OptimizerSpecification(
        reading: SpecificationNode(text: text, file: "spec.yaml").mapping(keys: OptimizerSpecification.keys))
    }
    #expect(try read("{}") == OptimizerSpecification())
    #expect(
      try read("{kind: adam, beta2: 0.95, clipNorm: 1}")
        == OptimizerSpecification(kind: .adam, beta2: 0.95, clipNorm: 1))
    for (text, column) in [("{beta1: 1}", 9), ("{kind: sgd}", 8), ("{weightDecay: -1}", 15), ("{lr: 1}", 2)] {
      let diagnostic = #expect(throws: Diagnostic.self) { try read(text) }
      #expect(diagnostic?.place?.column == column, "\(diagnostic?.message ?? "")")
    }
  }
}
