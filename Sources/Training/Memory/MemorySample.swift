import MemoryAccounting
import Tensors

/// The memory of a run when a phase of a step had just ended.
public struct MemorySample: Equatable, Sendable {
  /// The phase.
  public var phase: Phase
  /// The bytes of every category.
  public var bytes: [MemoryCategory: MemoryReading]
  /// The most bytes of temporaries that were in use at once during the phase, those of phases within it left out.
  public var workspaceInUse: Int
  /// The process's bytes of physical memory; nil where nothing runs or the system does not say.
  public var residentSet: Int?
  /// The categories in which ledger and allocator differed, this time or an earlier one; empty when all is well.
  public var disagreements: Set<MemoryCategory>

  /// Creates a sample.
  public init(
    phase: Phase, bytes: [MemoryCategory: MemoryReading], workspaceInUse: Int, residentSet: Int? = nil,
    disagreements: Set<MemoryCategory> = []
  ) {
    self.phase = phase
    self.bytes = bytes
    self.workspaceInUse = workspaceInUse
    self.residentSet = residentSet
    self.disagreements = disagreements
  }

  /// Bytes in use in a category: those that are live, and of the workspace those that held temporaries.
  public func inUse(_ category: MemoryCategory) -> Int {
    category == .workspace ? workspaceInUse : bytes[category]?.requested ?? 0
  }

  /// Bytes in use in all.
  public var inUse: Int { MemoryCategory.allCases.reduce(0) { $0 + inUse($1) } }
}
