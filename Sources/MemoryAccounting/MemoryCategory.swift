/// What a byte of tensor memory is for. Every tensor has exactly one category, and every category its own arena.
public enum MemoryCategory: String, CaseIterable, Sendable, Codable {
  /// Parameters, trained or frozen.
  case weights
  /// Gradients of parameters.
  case gradients
  /// Moments and other per-parameter state of the optimizer.
  case optimizerState = "optimizer state"
  /// Projection matrices of methods that train in a subspace.
  case projector
  /// Positions of a sparse matrix's entries.
  case sparseIndex = "sparse index"
  /// What the forward pass saves for the backward pass.
  case activations
  /// Temporaries that live within one operation.
  case workspace
  /// Token batches.
  case data
}
