import Configuration
import Methods
import Modeling

/// A training specification, read and checked, as far as planning needs to know it.
public struct ResolvedTraining: Sendable {
  /// The specification as written, its layers laid together; values keep their places.
  public var node: SpecificationNode
  /// Everything that the run depends on, with defaults filled in.
  public var resolved: ResolvedValue
  /// The model.
  public var model: LlamaConfiguration
  /// Parameters and bytes as the paper counts them.
  public var footprint: Footprint
  /// Updates; 0 of a run that is only counted.
  public var steps: Int
  /// Sequences of an update.
  public var batch: Int
  /// Tokens of a sequence.
  public var sequenceLength: Int
  /// Works out the bytes that the run will take; may take a second, and throws a ``Diagnostic`` if the run cannot be laid
  /// out.
  public var predictMemory: @Sendable () throws -> MemoryPrediction

  /// Creates a resolved training.
  public init(
    node: SpecificationNode, resolved: ResolvedValue, model: LlamaConfiguration, footprint: Footprint, steps: Int,
    batch: Int, sequenceLength: Int,
    predictMemory: @escaping @Sendable () throws -> MemoryPrediction = {
      preconditionFailure("a run that is only counted takes no memory to be predicted")
    }
  ) {
    self.node = node
    self.resolved = resolved
    self.model = model
    self.footprint = footprint
    self.steps = steps
    self.batch = batch
    self.sequenceLength = sequenceLength
    self.predictMemory = predictMemory
  }

  /// Token positions of the run, padding included.
  public var tokenSlots: Int { steps * batch * sequenceLength }

  /// Floating-point operations of the run were its model dense: six for every weight of a matrix and every token, and
  /// the products of attention.
  ///
  /// The embedding is looked up and not multiplied, so it does not count.
  public var denseOperations: Double {
    let matrices = model.sites.reduce(0) { $0 + $1.inputs * $1.outputs } + model.vocabularySize * model.hiddenSize
    let attention = 2 * model.layers * model.hiddenSize * sequenceLength
    return 6 * Double(matrices + attention) * Double(tokenSlots)
  }
}

/// Turns a laid-together specification into a checked one.
public struct TrainingResolver: Sendable {
  /// Reads a specification.
  ///
  /// - Throws: ``Diagnostic`` at the key that is missing, unknown or impossible.
  public var resolve: @Sendable (SpecificationNode) throws -> ResolvedTraining
  /// Reads model and method alone, for a run that is counted and never made: it has no updates.
  ///
  /// - Throws: ``Diagnostic`` at the key that is missing, unknown or impossible.
  public var count: @Sendable (SpecificationNode) throws -> ResolvedTraining

  /// Creates a resolver; without `count`, a run that is only counted is read like any other.
  public init(
    resolve: @escaping @Sendable (SpecificationNode) throws -> ResolvedTraining,
    count: (@Sendable (SpecificationNode) throws -> ResolvedTraining)? = nil
  ) {
    self.resolve = resolve
    self.count = count ?? resolve
  }
}
