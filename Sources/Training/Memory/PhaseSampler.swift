import MemoryAccounting
import Tensors

/// Takes a sample of a run's memory at the end of every phase.
///
/// A phase that comes again, as with micro-batches or with the updates of single layers, is one sample, at its last
/// end: the workspace's use is the most of all times, and disagreements with the allocator are those of all times.
final class PhaseSampler: PhaseObserver {
  /// One sample a phase, by the phases' last ends.
  private(set) var samples: [MemorySample] = []
  private let compute: Compute
  /// The phases that have begun, outermost first, each with the most bytes of temporaries so far.
  private var open: [(phase: Phase, workspaceInUse: Int)] = []

  /// Creates a sampler that is told of a computation's phases while `body` runs, and returns it.
  static func observing<Result>(_ compute: Compute, _ body: () throws -> Result) rethrows -> (Result, PhaseSampler) {
    let sampler = PhaseSampler(compute)
    compute.phaseObserver = sampler
    defer { compute.phaseObserver = nil }
    return (try body(), sampler)
  }

  private init(_ compute: Compute) { self.compute = compute }

  func begins(_ phase: Phase) {
    noteUse()
    open.append((phase, compute.workspace.used))
  }

  func ends(_ phase: Phase) {
    noteUse()
    let ended = open.removeLast()
    precondition(ended.phase == phase, "\(phase.name) ended within \(ended.phase.name)")
    let bytes = compute.memory.read()
    var sample = MemorySample(
      phase: phase, bytes: bytes, workspaceInUse: ended.workspaceInUse,
      residentSet: compute.isPlanned ? nil : ProcessMemory.current?.resident,
      disagreements: Set(bytes.filter { !$0.value.agrees }.keys))
    if let index = samples.firstIndex(where: { $0.phase == phase }) {
      let earlier = samples.remove(at: index)
      sample.workspaceInUse = max(sample.workspaceInUse, earlier.workspaceInUse)
      sample.disagreements.formUnion(earlier.disagreements)
    }
    samples.append(sample)
  }

  /// Counts the temporaries since the last boundary to the innermost phase.
  private func noteUse() {
    let workspace = compute.workspace
    if !open.isEmpty {
      open[open.count - 1].workspaceInUse = max(open[open.count - 1].workspaceInUse, workspace.peakSinceMark)
    }
    workspace.markPeak()
  }
}
