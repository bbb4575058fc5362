import Tensors

/// What a method may use to build a linear layer.
public struct LinearContext {
  /// Threads, memory, temporaries.
  public let compute: Compute
  /// The most tokens of a forward pass.
  public let tokens: Int
  /// The run's seed.
  public let seed: UInt64
  /// The standard deviation of a dense starting matrix.
  public let initializerRange: Float
  /// How parameters and gradients are stored.
  public let storage: ModelStorage
  private let standing: StandingActivations

  /// Creates a context.
  public init(
    compute: Compute, tokens: Int, seed: UInt64, initializerRange: Float, storage: ModelStorage = ModelStorage()
  ) {
    self.compute = compute
    self.tokens = tokens
    self.seed = seed
    self.initializerRange = initializerRange
    self.storage = storage
    standing = StandingActivations()
  }

  /// A parameter of zeros, stored as the run asks for.
  public func makeParameter(
    _ name: String, rows: Int, columns: Int, isTrained: Bool = true, site: Site
  ) -> Parameter {
    Parameter(
      name, rows: rows, columns: columns, isTrained: isTrained, site: site, storage: storage, in: compute.memory)
  }

  /// Room for what a forward pass saves for the backward pass, `[tokens, columns]`.
  ///
  /// With activation checkpointing every block uses the same room: it holds what the block saved last.
  /// - Parameter name: the name of what is saved; the same for the same part of every block.
  public func makeActivation(_ name: String, columns: Int) -> Tensor {
    guard storage.checkpointsActivations else { return compute.zeros(tokens, columns, .activations) }
    return standing.tensor(name) { compute.workspace.takeStanding(rows: tokens, columns: columns) }
  }

  /// The random numbers that a parameter starts from.
  public func startingNumbers(for name: String) -> RandomNumbers {
    RandomNumbers(seed: seed, purpose: .initialization, name: name)
  }

  /// Fills with the model's dense starting law, `N(0, initializerRange²)`: the same numbers for every method.
  public func fillDense(_ weight: Tensor, name: String) {
    compute.fillNormal(weight, deviation: initializerRange, numbers: startingNumbers(for: name))
  }
}

/// What the blocks of a model with activation checkpointing share.
private final class StandingActivations {
  private var tensors: [String: Tensor] = [:]

  func tensor(_ name: String, make: () -> Tensor) -> Tensor {
    if let tensor = tensors[name] { return tensor }
    let tensor = make()
    tensors[name] = tensor
    return tensor
  }
}
