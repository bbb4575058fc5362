import MemoryAccounting
import Modeling
import TestSupport
import Tensors
import Testing

@Suite("A stack of layers")
struct LayerStackTests {
  private func stack(_ count: Int, workers: Int = 1) throws -> (stack: LayerStack, compute: Compute) {
    let compute = Compute(workers: workers)
    let context = LinearContext(compute: compute, tokens: 5, seed: 3, initializerRange: 0.4)
    return (try LayerStack(width: 6, count: count, context: context, makeLinear: DenseLinear.init), compute)
  }

  @Test("The analytic gradient is that of central differences", arguments: [1, 2, 4])
  func gradient(count: Int) throws {
    let (stack, _) = try stack(count)
    _ = stack.lossAndGradient()
    let analytic = stack.parameters.map { $0.gradient!.array }
    for (layer, parameter) in stack.parameters.enumerated() {
      for index in stride(from: 0, to: parameter.count, by: 5) {
        let start = parameter.value.base[index]
        func loss(_ shift: Float) -> Double {
          parameter.value.base[index] = start + shift
          defer { parameter.value.base[index] = start }
          return stack.lossAndGradient()
        }
        let slope = (loss(1e-2) - loss(-1e-2)) / 2e-2
        #expect(abs(slope - Double(analytic[layer][index])) < 2e-3 * max(1, abs(slope)))
      }
    }
  }

  @Test("One and two workers give the same bits")
  func workers() throws {
    let gradients = try [1, 2].map { workers in
      let (stack, _) = try stack(3, workers: workers)
      _ = stack.lossAndGradient()
      return stack.parameters.map { $0.gradient!.bits }
    }
    #expect(gradients[0] == gradients[1])
  }
}
