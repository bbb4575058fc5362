import Methods
import Modeling
import Tensors
import TestSupport
import Testing

@Suite("Every method's layer")
struct GradientTests {
  /// A method and what its factors' product is multiplied by.
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let scale: Double
    var testDescription: String { text }
  }

  static let cases = [
    Case(text: "full-rank", scale: 0),
    Case(text: "{name: low-rank, rank: 3}", scale: 1),
    Case(text: "{name: low-rank, rank: 1, alpha: 0.5}", scale: 0.5),
    Case(text: "{name: lora, rank: 3, alpha: 6}", scale: 2),
    Case(text: "{name: relora, rank: 2, alpha: 1, restartEvery: 5}", scale: 0.5),
    Case(text: "{name: galore, rank: 3}", scale: 0),
    Case(text: "{name: sltrain, rank: 3, density: 0.21, alpha: 6}", scale: 2),
    Case(text: "{name: sltrain, rank: 0, density: 0.4}", scale: 0),
    Case(text: "{name: sltrain, rank: 3, density: 0.21, alpha: 6, form: factored}", scale: 2),
    Case(text: "{name: sltrain, rank: 0, density: 0.4, form: factored}", scale: 0),
    Case(text: "{name: sparse-residual, rank: 3}", scale: 1),
    Case(text: "{name: sparse-residual, rank: 3, density: 0.21}", scale: 1),
    Case(text: "{name: sparse-residual, rank: 2, density: 0.21, support: top}", scale: 1),
  ]
  static let shapes = [[7, 13, 5], [13, 7, 1], [8, 8, 11], [9, 3, 64], [4, 5, 67]]

  /// A layer whose parameters are all made-up numbers, with an input and a gradient of its output.
  private struct Subject {
    let layer: any LinearLayer
    let reference: ReferenceLinear
    let compute: Compute
    let x: Tensor
    let dy: Tensor
    let dx: Tensor
    let y: Tensor

    init(_ test: Case, _ shape: [Int], workers: Int = 1) throws {
      compute = Compute(workers: workers)
      let (inputs, outputs, tokens) = (shape[0], shape[1], shape[2])
      layer = try makeLayer(
        method(test.text), inputs: inputs, outputs: outputs, tokens: tokens + 3, compute: compute)
      for parameter in layer.parameters { parameter.value.fillForTest(parameter.name) }
      reference = ReferenceLinear(layer, scale: test.scale)
      x = compute.testMatrix("x", tokens, inputs)
      dy = compute.testMatrix("dy", tokens, outputs)
      dx = compute.testMatrix("dx", tokens, inputs)
      y = compute.testMatrix("y", tokens, outputs)
    }

    var values: [[Double]] { layer.parameters.map { $0.value.doubles } }

    /// `Σ dy ∘ y` in double precision, whose gradients the backward pass claims to give.
    func objective(_ x: [Double], _ parameters: [[Double]]) -> Double {
      zip(dy.doubles, reference.output(x, parameters)).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  @Test("The forward pass is what its formula says", arguments: cases, shapes)
  func forward(test: Case, shape: [Int]) throws {
    let subject = try Subject(test, shape)
    subject.layer.forward(subject.x, into: subject.y)
    #expect(relativeDifference(subject.y.doubles, subject.reference.output(subject.x.doubles, subject.values)) < 2e-6)
  }

  @Test("The backward pass agrees with central differences in double precision", arguments: cases, shapes)
  func backward(test: Case, shape: [Int]) throws {
    let subject = try Subject(test, shape)
    let (layer, values) = (subject.layer, subject.values)
    layer.forward(subject.x, into: subject.y)
    layer.backward(subject.dy, input: subject.x, into: subject.dx, accumulate: false)
    for (index, parameter) in layer.parameters.enumerated() where parameter.isTrained {
      let numeric = centralDifferences(at: values[index]) { changed in
        var parameters = values
        parameters[index] = changed
        return subject.objective(subject.x.doubles, parameters)
      }
      #expect(relativeDifference(parameter.gradient!.doubles, numeric) < 1e-5, "\(parameter.name)")
    }
    let numeric = centralDifferences(at: subject.x.doubles) { subject.objective($0, values) }
    #expect(relativeDifference(subject.dx.doubles, numeric) < 1e-5, "the input")
  }

  @Test("A second backward pass adds to the gradients of parameters and, when told to, of the input", arguments: cases)
  func accumulates(test: Case) throws {
    let subject = try Subject(test, [7, 13, 5])
    let layer = subject.layer
    layer.forward(subject.x, into: subject.y)
    layer.backward(subject.dy, input: subject.x, into: subject.dx, accumulate: false)
    let once = layer.parameters.compactMap { $0.gradient?.doubles }
    let dxOnce = subject.dx.doubles
    layer.backward(subject.dy, input: subject.x, into: subject.dx, accumulate: true)
    for (gradient, first) in zip(layer.parameters.compactMap(\.gradient), once) {
      #expect(relativeDifference(gradient.doubles, first.map { 2 * $0 }) < 1e-6)
    }
    #expect(relativeDifference(subject.dx.doubles, dxOnce.map { 2 * $0 }) < 1e-6)
  }

  @Test("The merged weight gives the same output as the parts", arguments: cases, shapes)
  func merged(test: Case, shape: [Int]) throws {
    let subject = try Subject(test, shape)
    subject.layer.forward(subject.x, into: subject.y)
    let weight = subject.compute.testMatrix("overwritten", shape[1], shape[0])
    #expect(subject.layer.writeMergedWeight(into: weight))
    #expect(relativeDifference(weight.doubles, subject.reference.weight(subject.values)) < 1e-6)
    let y = subject.compute.zeros(shape[2], shape[1], .data)
    subject.compute.multiply(subject.x, weight.transposed, into: y)
    #expect(relativeDifference(subject.y.doubles, y.doubles) < 2e-6)
  }

  @Test("One worker and two give the same bits, in sizes of several blocks", arguments: cases)
  func workersAgree(test: Case) throws {
    let subjects = try [1, 2].map { try Subject(test, [300, 410, 200], workers: $0) }
    for subject in subjects {
      subject.layer.forward(subject.x, into: subject.y)
      subject.layer.backward(subject.dy, input: subject.x, into: subject.dx, accumulate: true)
    }
    let results = subjects.map { subject in
      [subject.y, subject.dx] + subject.layer.parameters.compactMap(\.gradient)
    }
    for (one, two) in zip(results[0], results[1]) { #expect(one.bits == two.bits) }
  }

  @Test("A pass over fewer rows than the layer was built for gives the same rows", arguments: cases)
  func fewerRows(test: Case) throws {
    let subject = try Subject(test, [7, 13, 20])
    subject.layer.forward(subject.x, into: subject.y)
    let some = subject.compute.zeros(6, 13, .data)
    subject.layer.forward(subject.x.rows(0..<6), into: some)
    #expect(relativeDifference(some.doubles, subject.y.rows(0..<6).doubles) < 1e-6)
  }
}
