import Modeling
import Optimization
import Tensors
import TestSupport
import Testing

@Suite("Adam and AdamW")
struct AdamTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let specification: OptimizerSpecification
    /// The weights after 1, 3 and 10 updates.
    let weights: [[Double]]
    var testDescription: String { name }
  }

  /// Printed by `reference_adam.py`, which lies beside this file.
  static let cases = [
    Case(
      name: "adam", specification: OptimizerSpecification(kind: .adam),
      weights: [
        [-0.635000000, -0.010000000, 0.635000000, -0.115000000, 0.509999998],
        [-0.645825133, -0.050260919, 0.622861205, -0.065844704, 0.555927042],
        [-0.812922138, -0.094141439, 0.598538577, 0.023623550, 0.741466836],
      ]),
    Case(
      name: "adam with decay", specification: OptimizerSpecification(kind: .adam, weightDecay: 0.1),
      weights: [
        [-0.635000000, -0.010000000, 0.635000000, -0.115000000, 0.509999992],
        [-0.636569336, -0.050161814, 0.617750235, -0.065767738, 0.551669461],
        [-0.728518385, -0.088780292, 0.529226570, 0.030423689, 0.688292894],
      ]),
    Case(
      name: "adamw with decay", specification: OptimizerSpecification(kind: .adamw, weightDecay: 0.1),
      weights: [
        [-0.634375000, -0.010000000, 0.634375000, -0.114875000, 0.509499998],
        [-0.641991861, -0.050155048, 0.619074443, -0.065205185, 0.552827532],
        [-0.774631679, -0.090694964, 0.565605755, 0.026096246, 0.705232133],
      ]),
    Case(
      name: "other constants", specification: OptimizerSpecification(beta1: 0.8, beta2: 0.95, epsilon: 1e-2),
      weights: [
        [-0.634740260, -0.009842520, 0.634825328, -0.115310078, 0.508620690],
        [-0.641758294, -0.047615016, 0.619858702, -0.066528702, 0.553267993],
        [-0.801890374, -0.064114369, 0.598817796, 0.004849922, 0.688840034],
      ]),
    Case(
      name: "clipped", specification: OptimizerSpecification(epsilon: 1e-2, weightDecay: 0.1, clipNorm: 0.75),
      weights: [
        [-0.634040188, -0.009796386, 0.634149273, -0.115274102, 0.507779199],
        [-0.640498385, -0.049438315, 0.617127440, -0.067077995, 0.547954973],
        [-0.764024826, -0.092229825, 0.552626174, 0.040265847, 0.694861833],
      ]),
  ]

  private let compute = Compute()

  private func parameter() -> Parameter {
    let parameter = Parameter("vector", rows: 1, columns: 5, in: compute.memory)
    for i in 0..<5 { parameter.value[0, i] = Float((5 * i) % 11 - 5) / 8 }
    return parameter
  }

  private func setGradient(of parameter: Parameter, step: Int) {
    for i in 0..<5 { parameter.gradient![0, i] = Float((3 * i + 17 * step + i * step) % 23 - 11) / 16 }
  }

  @Test("The weights after 1, 3 and 10 updates agree with the reference script", arguments: cases)
  func matchesReference(test: Case) {
    let parameter = parameter()
    let optimizer = Optimizer(test.specification, parameters: [parameter], compute: compute)
    var weights: [[Double]] = []
    for step in 1...10 {
      setGradient(of: parameter, step: step)
      optimizer.update(learningRate: 0.01 * Float(step))
      if [1, 3, 10].contains(step) { weights.append(parameter.value.doubles) }
    }
    for (found, expected) in zip(weights, test.weights) {
      let worst = zip(found, expected).map { abs($0 - $1) }.max()!
      #expect(worst < 1e-6, "off by \(worst)")
    }
    #expect(weights.count == 3)
  }

  @Test(
    "A parameter that does not decay is left to the gradient alone",
    arguments: [OptimizerSpecification.Kind.adam, .adamw])
  func decayIsOptional(kind: OptimizerSpecification.Kind) {
    let results = [0.0, 0.5].map { decay in
      let parameter = parameter()
      parameter.decays = false
      let optimizer = Optimizer(
        OptimizerSpecification(kind: kind, weightDecay: decay), parameters: [parameter], compute: compute)
      for step in 1...3 {
        setGradient(of: parameter, step: step)
        optimizer.update(learningRate: 0.01)
      }
      return parameter.value.bits
    }
    #expect(results[0] == results[1])
  }

  @Test("The two conventions differ by the place of the constant and the time of the decay alone")
  func conventions() {
    let results = [AdamMoments.Convention.torch, .huggingFace].map { convention in
      let parameter = parameter()
      let rule = Adam(
        OptimizerSpecification(epsilon: 0), convention: convention, for: parameter, compute: compute)
      for step in 1...5 {
        setGradient(of: parameter, step: step)
        rule.update(parameter, learningRate: 0.01, step: step)
      }
      return parameter.value.doubles
    }
    #expect(relativeDifference(results[0], results[1]) < 1e-6)
  }
}
