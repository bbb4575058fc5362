import Configuration
import Modeling
import Optimization
import Tensors

/// A way to train: how each linear layer is parameterised, how gradients become updates, what happens around a step, and
/// what memory that takes on paper.
///
/// A new method is one file with a type that conforms, one line in ``MethodRegistry/standard``, and one row of a table's
/// specification. Only ``name``, ``keys``, ``init(reading:for:)``, ``makeLinear(at:in:)`` and ``footprint(of:)`` must be
/// written; the rest has defaults that do nothing.
public protocol Method: Sendable {
  /// The name in a specification: `sltrain`.
  static var name: String { get }

  /// The keys of the method's own options.
  static var keys: [String] { get }

  /// Reads the options for a model, checking them against its sizes.
  ///
  /// - Throws: `Diagnostic` at the option that is missing or impossible.
  init(reading options: SpecificationMapping, for model: LlamaConfiguration) throws

  /// Builds the linear layer of a site.
  func makeLinear(at site: Site, in context: LinearContext) throws -> any LinearLayer

  /// The update rule of a trained parameter, or nil for the optimizer's own.
  func makeUpdateRule(
    for parameter: Parameter, optimizer: OptimizerSpecification, seed: UInt64, compute: Compute
  ) -> (any UpdateRule)?

  /// Updates from one search of subspaces to project gradients to until the next; 1 where there is none.
  var searchPeriod: Int { get }

  /// Called after every update: merges, restarts, moving supports.
  func afterUpdate(_ step: StepContext)

  /// Parameters and bytes, counted from the model's shape alone.
  func footprint(of model: LlamaConfiguration) -> Footprint
}

extension Method {
  /// The optimizer's own rule.
  public func makeUpdateRule(
    for parameter: Parameter, optimizer: OptimizerSpecification, seed: UInt64, compute: Compute
  ) -> (any UpdateRule)? { nil }

  /// No search.
  public var searchPeriod: Int { 1 }

  /// Nothing happens.
  public func afterUpdate(_ step: StepContext) {}
}

/// What a method sees after an update.
public struct StepContext {
  /// Updates made so far: 1 after the first.
  public let step: Int
  /// The method's layers, in the order of the forward pass.
  public let layers: [any LinearLayer]
  /// The optimizer, whose moments a restart may reset.
  public let optimizer: Optimizer
  /// The run's seed.
  public let seed: UInt64

  /// Creates a context.
  public init(step: Int, layers: [any LinearLayer], optimizer: Optimizer, seed: UInt64) {
    self.step = step
    self.layers = layers
    self.optimizer = optimizer
    self.seed = seed
  }
}
