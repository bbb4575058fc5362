import Configuration
import Foundation
import MemoryAccounting

/// The bytes that a run takes, found by laying it out and going through its first updates without touching memory or
/// working out a number: the code that allocates is the code that runs.
public struct MemoryPlan: Equatable, Sendable {
  /// The most bytes that are live at once, by category, as they are asked for.
  public let peakBytes: [MemoryCategory: Int]
  /// The most bytes that are live at once.
  public let totalPeakBytes: Int
  /// The most bytes of temporaries at once: the size of the run's workspace.
  public let workspaceBytes: Int
  /// The memory at each boundary between phases, but for what only a running process has; empty where nothing is
  /// trained.
  public private(set) var timeline = MemoryTimeline()

  /// Plans a run.
  ///
  /// - Throws: `Diagnostic` if the method cannot be built.
  public init(_ specification: TrainingSpecification) throws {
    try self.init(specification, length: specification.data.sequenceLength, evaluates: true)
  }

  package init(_ specification: TrainingSpecification, length: Int, evaluates: Bool) throws {
    var timeline = MemoryTimeline()
    try self.init { memory, workspaceBytes in
      let state = try TrainingState(
        specification, length: length, evaluates: evaluates, workers: 1, memory: memory,
        workspaceBytes: workspaceBytes)
      for number in MemoryTimeline.sampledUpdates where number <= specification.steps {
        let (_, sampler) = PhaseSampler.observing(state.compute) { state.makeUpdate(learningRate: 0) }
        timeline.add(.init(.update(number), samples: sampler.samples))
      }
      if let batch = state.evaluationBatch {
        let (_, sampler) = PhaseSampler.observing(state.compute) {
          state.model.loss(tokens: batch.tokens.base, targets: batch.targets.base, rows: batch.rows)
        }
        timeline.add(.init(.evaluation, samples: sampler.samples))
      }
      return state.compute.workspace.highWater
    }
    self.timeline = timeline
  }

  /// Plans anything that is laid out once and gone through.
  ///
  /// - Parameter goThrough: lays out in a ledger, with a workspace of the bytes given or of a size to be found out; goes
  ///   through all that is done there; and returns the workspace's high water.
  package init(goThrough: (_ memory: Memory, _ workspaceBytes: Int?) throws -> Int) rethrows {
    let workspaceBytes = try goThrough(Memory(isPlanned: true), nil)
    // Once more with the workspace as the run has it: only then do all peaks fall where they do in the run.
    let memory = Memory(isPlanned: true)
    _ = try goThrough(memory, workspaceBytes)
    self.workspaceBytes = workspaceBytes
    peakBytes = Dictionary(
      uniqueKeysWithValues: MemoryCategory.allCases.map { ($0, memory.usage(of: $0).peak) })
    totalPeakBytes = memory.total.peak
  }

  /// Checks that a machine has the memory, with room for the program and OpenBLAS beside it.
  ///
  /// - Parameter available: bytes of memory; the machine's where nothing is given.
  /// - Throws: `Diagnostic` that says how much is needed, for what, and how much is there.
  public func check(available: Int = MemoryPlan.machineBytes) throws {
    guard !fits(available: available) else { return }
    throw Diagnostic(
      .unavailable,
      "this needs \(Self.text(totalPeakBytes)) of memory (\(breakdown)), and the machine has \(Self.text(available)), of "
        + "which \(Self.text(Self.reserve)) are for the program; choose a smaller model, shorter rows, a smaller batch, more "
        + "gradientAccumulation, activationCheckpointing, per-layer updates or bf16")
  }

  /// Whether a machine has the memory, with room for the program and OpenBLAS beside it.
  public func fits(available: Int = MemoryPlan.machineBytes) -> Bool { totalPeakBytes + Self.reserve <= available }

  /// What the program, its libraries and the system need beside tensors.
  public static let reserve = 1_000_000_000

  /// The bytes of memory that this machine, or the group of processes that this one belongs to, has.
  public static var machineBytes: Int {
    let physical = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let limit = FileManager.default.contents(atPath: "/sys/fs/cgroup/memory.max")
      .flatMap { Int(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) }
    return min(physical, limit ?? physical)
  }

  /// The categories that take anything, the largest first: `weights 6.29 GB, optimizer state 6.30 GB`.
  public var breakdown: String {
    MemoryCategory.allCases.map { ($0, peakBytes[$0] ?? 0) }.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
      .map { "\($0.rawValue) \(Self.text($1))" }.joined(separator: ", ")
  }

  private static func text(_ bytes: Int) -> String {
    bytes < 10_000_000
      ? String(format: "%.2f MB", Double(bytes) / 1e6) : String(format: "%.2f GB", Double(bytes) / 1e9)
  }
}
