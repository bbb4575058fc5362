import Modeling

/// Parameters and bytes of a training run as the paper counts them: no gradients, no activations.
///
/// Source: arXiv 2406.02214, section 5.1 and appendix F.
public struct Footprint: Equatable, Sendable {
  /// What a part of a footprint is: a row of the breakdown.
  public enum Component: String, CaseIterable, Sendable {
    /// What no method touches: embedding, head and norms.
    case base
    /// The dense matrices of the adapted layers.
    case dense
    /// The factors of the adapted layers.
    case lowRank = "low-rank"
    /// The values and positions of sparse entries.
    case sparse
    /// The matrices that project gradients.
    case projector
    /// All of it, where a method does not say what it consists of.
    case whole
  }

  /// The numbers of one component.
  public struct Part: Equatable, Sendable {
    /// What they are.
    public var component: Component
    /// Numbers that are stored as parameters while training, counted as the paper counts them.
    public var parameters: Int
    /// Numbers that the optimizer stores for them.
    public var optimizerNumbers: Int
    /// Positions of sparse entries.
    public var indices: Int

    /// Creates a part.
    public init(_ component: Component, parameters: Int, optimizerNumbers: Int, indices: Int = 0) {
      self.component = component
      self.parameters = parameters
      self.optimizerNumbers = optimizerNumbers
      self.indices = indices
    }
  }

  /// Parameters of the final model, merged where the method merges: the paper's Param column.
  public var finalParameters: Int
  /// What is stored while training, component by component.
  public var parts: [Part]

  /// Creates a footprint from its parts.
  public init(finalParameters: Int, parts: [Part]) {
    self.finalParameters = finalParameters
    self.parts = parts
  }

  /// Creates a footprint that is not broken down.
  public init(
    finalParameters: Int, storedParameters: Int, optimizerNumbers: Int, projectorNumbers: Int = 0, indices: Int = 0
  ) {
    let whole = Part(
      .whole, parameters: storedParameters, optimizerNumbers: optimizerNumbers - projectorNumbers, indices: indices)
    let projector = Part(.projector, parameters: 0, optimizerNumbers: projectorNumbers)
    self.init(finalParameters: finalParameters, parts: projectorNumbers > 0 ? [whole, projector] : [whole])
  }

  /// Numbers that are stored as parameters while training.
  public var storedParameters: Int { parts.reduce(0) { $0 + $1.parameters } }

  /// Numbers that the optimizer stores: moments, and projectors where there are any.
  public var optimizerNumbers: Int { parts.reduce(0) { $0 + $1.optimizerNumbers } }

  /// How many of these are projectors'.
  public var projectorNumbers: Int {
    parts.reduce(0) { $0 + ($1.component == .projector ? $1.optimizerNumbers : 0) }
  }

  /// Positions of sparse entries.
  public var indices: Int { parts.reduce(0) { $0 + $1.indices } }

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

extension Footprint.Part {
  /// Embedding, head and norms, each with two moments.
  static func base(of model: LlamaConfiguration, copies: Int = 1) -> Self {
    Self(
      .base, parameters: copies * model.baseParameterCount, optimizerNumbers: 2 * model.baseParameterCount)
  }

  /// The dense matrices of all linear layers, with as many moments as are said.
  static func dense(of model: LlamaConfiguration, moments: Int) -> Self {
    Self(
      .dense, parameters: model.denseParameterCount - model.baseParameterCount, optimizerNumbers: moments)
  }

  /// The factors of all linear layers, each number with two moments.
  static func lowRank(of model: LlamaConfiguration, rank: Int) -> Self {
    let count = model.lowRankParameterCount(rank: rank)
    return Self(.lowRank, parameters: count, optimizerNumbers: 2 * count)
  }
}
