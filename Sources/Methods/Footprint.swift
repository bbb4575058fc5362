import Modeling

/// Parameters and bytes of a training run as the paper counts them: no gradients, no activations.
///
/// Source: arXiv 2406.02214, section 5.1 and appendix F.
public struct Footprint: Equatable, Sendable {
  /// Parameters of the final model, merged where the method merges: the paper's Param column.
  public var finalParameters: Int
  /// Numbers that are stored as parameters while training, counted as the paper counts them.
  public var storedParameters: Int
  /// Numbers that the optimizer stores: moments, and projectors where there are any.
  public var optimizerNumbers: Int
  /// How many of these are projectors'.
  public var projectorNumbers: Int
  /// Positions of sparse entries.
  public var indices: Int

  /// Creates a footprint.
  public init(
    finalParameters: Int, storedParameters: Int, optimizerNumbers: Int, projectorNumbers: Int = 0, indices: Int = 0
  ) {
    self.finalParameters = finalParameters
    self.storedParameters = storedParameters
    self.optimizerNumbers = optimizerNumbers
    self.projectorNumbers = projectorNumbers
    self.indices = indices
  }

  /// Bytes of parameters and indices.
  public func parameterBytes(bytesPerNumber: Int = 2, bytesPerIndex: Int = 8) -> Int {
    storedParameters * bytesPerNumber + indices * bytesPerIndex
  }

  /// Bytes of optimizer state.
  public func optimizerBytes(bytesPerNumber: Int = 2) -> Int { optimizerNumbers * bytesPerNumber }
}

extension LlamaConfiguration {
  /// Numbers in the factors of all linear layers: `Σ rank · (outputs + inputs)`.
  public func lowRankParameterCount(rank: Int) -> Int { sites.reduce(0) { $0 + rank * ($1.outputs + $1.inputs) } }
}
