/// What a stretch of a step's time goes to, whatever the phase that it lies in.
public enum Operation: String, CaseIterable, Sendable {
  /// The linear layers, but for what a method names apart.
  case linear = "linear layers"
  /// The products with a sparse matrix.
  case sparse = "sparse products"
  /// Attention, its products included.
  case attention
  /// Rotary position embedding.
  case rotary = "rotary embedding"
  /// The norms of the residual stream.
  case norm = "RMSNorm"
  /// The gate's product, `silu(gate) · up`.
  case gate = "SwiGLU"
  /// Sums and copies of the residual stream and of its gradient.
  case residual = "residual stream"
  /// The products of the head.
  case head
  /// The softmax over the vocabulary, the loss and its gradient.
  case crossEntropy = "cross-entropy"
  /// The embedding's rows and their gradient.
  case embedding
  /// Setting gradients to zero.
  case clearing = "clearing gradients"
  /// The gradient's norm.
  case gradientNorm = "gradient norm"
  /// The optimizer's update.
  case update = "update"
  /// Products with a projector, on the way to a projected update and back.
  case projection
  /// The search for a new projector.
  case projectorSearch = "projector search"
}

extension PhaseObserver {
  /// Nothing.
  public func begins(_ operation: Operation) {}
  /// Nothing.
  public func ends(_ operation: Operation) {}
  /// Nothing.
  public func computes(_ floatingPointOperations: Int) {}
}

extension Compute {
  /// Runs an operation of a step: all there is to it where nobody observes.
  public func doing<Result>(_ operation: Operation, _ body: () throws -> Result) rethrows -> Result {
    guard let observer = phaseObserver else { return try body() }
    observer.begins(operation)
    defer { observer.ends(operation) }
    return try body()
  }

  /// Tells an observer of the multiplications and additions that the operation at hand makes.
  package func count(_ floatingPointOperations: @autoclosure () -> Int) {
    if let observer = phaseObserver { observer.computes(floatingPointOperations()) }
  }
}
