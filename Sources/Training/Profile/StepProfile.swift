import Tensors

/// Where the time of updates goes: every moment belongs to one phase and to at most one operation.
public struct StepProfile: Equatable, Sendable {
  /// The phases, those of all blocks together.
  public enum Part: String, CaseIterable, Sendable {
    /// Outside every phase: the batches are filled, the next phase is called.
    case outside = "between phases"
    case forward
    case head
    case backward
    case embedding
    case update
    case projector
    case afterUpdate = "after update"

    init(_ phase: Phase) {
      switch phase {
      case .forward: self = .forward
      case .head: self = .head
      case .backward: self = .backward
      case .embedding: self = .embedding
      case .update: self = .update
      case .projector: self = .projector
      case .afterUpdate: self = .afterUpdate
      }
    }
  }

  /// A phase and an operation within it; nil is what no operation names.
  public struct Key: Hashable, Sendable {
    /// The phase.
    public var part: Part
    /// The operation.
    public var operation: Operation?

    /// Creates a key.
    public init(_ part: Part, _ operation: Operation?) {
      self.part = part
      self.operation = operation
    }
  }

  /// What a key took.
  public struct Entry: Equatable, Sendable {
    /// Seconds of wall time, those of operations within it not counted.
    public var seconds = 0.0
    /// Multiplications and additions of its products; 0 where nothing counts them.
    public var floatingPointOperations = 0

    /// Creates an entry.
    public init(seconds: Double = 0, floatingPointOperations: Int = 0) {
      self.seconds = seconds
      self.floatingPointOperations = floatingPointOperations
    }
  }

  /// Updates that were profiled.
  public var updates = 0
  /// Their tokens.
  public var tokens = 0
  /// Their wall time.
  public var seconds = 0.0
  /// What it went to.
  public var entries: [Key: Entry] = [:]

  /// Creates an empty profile.
  public init() {}

  /// The share of the wall time that an operation names.
  public var accountedShare: Double {
    seconds > 0 ? entries.reduce(0) { $0 + ($1.key.operation == nil ? 0 : $1.value.seconds) } / seconds : 0
  }

  /// All that an operation took, whatever the phase.
  public func total(of operation: Operation?) -> Entry {
    sum { $0.operation == operation }
  }

  /// All that a phase took.
  public func total(of part: Part) -> Entry { sum { $0.part == part } }

  private func sum(where isMeant: (Key) -> Bool) -> Entry {
    entries.reduce(into: Entry()) { sum, entry in
      guard isMeant(entry.key) else { return }
      sum.seconds += entry.value.seconds
      sum.floatingPointOperations += entry.value.floatingPointOperations
    }
  }
}
