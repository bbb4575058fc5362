// T tokens.
import Configuration
import Methods
import Modeling
import Optimization
import Tensors

/// A regression that any method can train: `y = g ∘ (x W₁ᵀ W₂ᵀ)` with a layer of 7 to 13 and one of 13 to 7, towards a
/// fixed linear map. Each step has rows of its own, which hang on the step's number alone.
public final class ToyTask {
  /// All that a checkpoint holds.
  public struct Snapshot: Equatable {
    public var step: Int
    public var tensors: [String: [Float]]
    public var indices: [String: [Int32]]
  }

  public let compute: Compute
  public let layers: [any LinearLayer]
  public let optimizer: Optimizer
  private let method: any Method
  private let gain: Parameter
  private let target: Tensor
  private let seed: UInt64
  private static let tokens = 24
  private static let width = 7

  public init(
    _ text: String, workers: Int = 1, seed: UInt64 = 3, registry: MethodRegistry = .standard,
    optimizer specification: OptimizerSpecification = OptimizerSpecification()
  ) throws {
    let compute = Compute(workers: workers)
    let method = try TestSupport.method(text, in: registry)
    let context = LinearContext(compute: compute, tokens: Self.tokens, seed: seed, initializerRange: 0.3)
    layers = try [
      Site(layer: 0, role: .up, inputs: Self.width, outputs: 13),
      Site(layer: 0, role: .down, inputs: 13, outputs: Self.width),
    ].map { try method.makeLinear(at: $0, in: context) }
    gain = Parameter("norm.weight", rows: 1, columns: Self.width, in: compute.memory)
    gain.value.fill(1)
    optimizer = Optimizer(specification, parameters: layers.flatMap(\.parameters) + [gain], compute: compute) {
      method.makeUpdateRule(for: $0, optimizer: specification, seed: seed, compute: compute)
    }
    target = compute.testMatrix("target", Self.width, Self.width)
    self.compute = compute
    self.method = method
    self.seed = seed
  }

  /// Makes one update and returns the mean squared error before it.
  @discardableResult
  public func step(learningRate: Float = 0.01) -> Double {
    optimizer.clearGradients()
    let loss = compute.workspace.withTemporaries { take in
      let (x, y, dy) = (take(Self.tokens, Self.width), take(Self.tokens, Self.width), take(Self.tokens, Self.width))
      let (hidden, mapped, dx) = (take(Self.tokens, 13), take(Self.tokens, Self.width), take(Self.tokens, Self.width))
      x.fillForTest("rows of step \(optimizer.step)")
      layers[0].forward(x, into: hidden)
      layers[1].forward(hidden, into: mapped)
      compute.multiply(x, target.transposed, into: y)
      let loss = regress(mapped, to: y, gradient: dy)
      let dHidden = take(Self.tokens, 13)
      layers[1].backward(dy, input: hidden, into: dHidden, accumulate: false)
      layers[0].backward(dHidden, input: x, into: dx, accumulate: false)
      return loss
    }
    optimizer.update(learningRate: learningRate)
    method.afterUpdate(StepContext(step: optimizer.step, layers: layers, optimizer: optimizer, seed: seed))
    return loss
  }

  /// Makes updates and returns every loss.
  public func run(_ steps: Int, learningRate: Float = 0.01) -> [Double] {
    (0..<steps).map { _ in step(learningRate: learningRate) }
  }

  private func regress(_ mapped: Tensor, to target: Tensor, gradient: Tensor) -> Double {
    var loss = 0.0
    for row in 0..<mapped.rows {
      for column in 0..<mapped.columns {
        let error = gain.value[0, column] * mapped[row, column] - target[row, column]
        loss += Double(error * error) / Double(mapped.count)
        let slope = 2 * error / Float(mapped.count)
        gain.gradient![0, column] += slope * mapped[row, column]
        gradient[row, column] = slope * gain.value[0, column]
      }
    }
    return loss
  }

  /// All tensors by name, each with its bits.
  public var snapshot: Snapshot {
    Snapshot(
      step: optimizer.step, tensors: stored.mapValues(\.array),
      indices: Dictionary(uniqueKeysWithValues: layers.flatMap(\.indices).map { ($0.name, $0.value.array) }))
  }

  /// Puts a snapshot's numbers in place.
  public func restore(_ snapshot: Snapshot) {
    optimizer.step = snapshot.step
    for (name, tensor) in stored { tensor.copy(from: snapshot.tensors[name]!) }
  }

  private var stored: [String: Tensor] {
    let parameters = (layers.flatMap(\.parameters) + [gain]).map { ($0.name, $0.value) }
    let states = optimizer.entries.flatMap { entry in
      entry.rule.state.map { ("\(entry.parameter.name).\($0.name)", $0.value) }
    }
    return Dictionary(uniqueKeysWithValues: parameters + states)
  }
}
