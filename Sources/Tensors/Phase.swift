/// A part of a training step or of an evaluation.
public enum Phase: Hashable, Sendable {
  /// The forward pass, up to the head.
  case forward
  /// The head and the cross-entropy: their forward pass, and in a step their backward pass too.
  case head
  /// The backward pass of one block.
  case backward(block: Int)
  /// The gradient of the embedding.
  case embedding
  /// The optimizer's update; with per-layer updates it comes in parts, within the phases of the backward pass.
  case update
  /// The search for a new subspace to project gradients to, within the update.
  case projector
  /// What the method does after an update.
  case afterUpdate

  /// The name in files and tables: `forward`, `backward 3`, `after update`.
  public var name: String {
    switch self {
    case .forward: "forward"
    case .head: "head"
    case .backward(let block): "backward \(block)"
    case .embedding: "embedding"
    case .update: "update"
    case .projector: "projector"
    case .afterUpdate: "after update"
    }
  }

  /// The phase of a name, or nil if there is none.
  public init?(name: String) {
    let simple: [Phase] = [.forward, .head, .embedding, .update, .projector, .afterUpdate]
    if let phase = simple.first(where: { $0.name == name }) {
      self = phase
    } else if name.hasPrefix("backward "), let block = Int(name.dropFirst("backward ".count)) {
      self = .backward(block: block)
    } else {
      return nil
    }
  }
}

/// Who is told where the phases of a computation begin and end.
public protocol PhaseObserver: AnyObject {
  /// A phase begins; one that began before and has not ended goes on when this one ends.
  func begins(_ phase: Phase)
  /// The phase that began last ends.
  func ends(_ phase: Phase)
  /// An operation begins within the phase; one that began before and has not ended goes on when this one ends.
  func begins(_ operation: Operation)
  /// The operation that began last ends.
  func ends(_ operation: Operation)
  /// The operation at hand makes that many multiplications and additions, now or before it ends.
  func computes(_ floatingPointOperations: Int)
}

extension Compute {
  /// Runs a phase of a step: all there is to it where nobody observes.
  public func during<Result>(_ phase: Phase, _ body: () throws -> Result) rethrows -> Result {
    guard let observer = phaseObserver else { return try body() }
    observer.begins(phase)
    defer { observer.ends(phase) }
    return try body()
  }
}
