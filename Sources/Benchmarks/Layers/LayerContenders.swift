// T tokens.
import Configuration
import Experiments
import MemoryAccounting
import Methods
import Modeling
import Tensors

/// One linear layer under several methods: forward and backward, with the gradients of parameters and input.
struct LayerContenders {
  /// What comes in and goes out.
  var inputs: Int, outputs: Int
  /// Tokens of a pass.
  var tokens: Int
  /// The methods, each with its label.
  var methods: [(label: String, method: any Method)]

  /// A contender a method.
  ///
  /// - Throws: `Diagnostic` if a method cannot be built.
  func make(workers: Int) throws -> [Contender] {
    let compute = Compute(workers: workers)
    let context = LinearContext(compute: compute, tokens: tokens, seed: 1, initializerRange: 0.02)
    let (x, dy) = (compute.noise(tokens, inputs), compute.noise(tokens, outputs, seed: 2))
    let (y, dx) = (compute.zeros(tokens, outputs, .workspace), compute.zeros(tokens, inputs, .workspace))
    return try methods.map { label, method in
      let layer = try method.makeLinear(at: Site(layer: 0, role: .up, inputs: inputs, outputs: outputs), in: context)
      // A factor that starts at zero is like any other after an update.
      for parameter in layer.parameters {
        compute.fillNormal(parameter.value, deviation: 0.02, numbers: context.startingNumbers(for: parameter.name))
      }
      let operations = Double(tokens) * OperationCount.perToken(of: layer)
      let measurement = Measurement(
        Slug.text(of: label), label: label, workers: workers, operations: operations, tokens: tokens)
      return Contender(measurement, times: 1) {
        layer.forward(x, into: y)
        layer.backward(dy, input: x, into: dx, accumulate: false)
      }
    }
  }
}
