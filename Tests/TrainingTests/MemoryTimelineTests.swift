import Foundation
import MemoryAccounting
import TestSupport
import Tensors
import Testing
import Training

private let methods = SmallRuns.methods.keys.sorted()

/// Ways to store a run's numbers and to update them, as a specification says them.
private let storages = [
  "", "precision: {weights: bf16, gradients: bf16}", "optimizer: {updates: per-layer}", "activationCheckpointing: true",
  "precision: {weights: bf16, gradients: bf16}\noptimizer: {moments: 8-bit, updates: per-layer}\n"
    + "activationCheckpointing: true",
]

@Suite("The memory of a run at every boundary between phases", .serialized)
struct MemoryTimelineTests {
  /// A run in whose first two updates everything happens that a method does: projectors are renewed in both, and the
  /// second ends with a restart.
  private func specification(_ method: String, _ extra: String = "", accumulation: Int = 1) throws
    -> TrainingSpecification
  {
    let text = SmallRuns.text(method: method, steps: 4, accumulation: accumulation, extra: extra)
    return try TrainingSpecification(
      text: text.replacing("restartEvery: 4", with: "restartEvery: 2").replacing("updateGap: 4", with: "updateGap: 1"))
  }

  @Test(
    "Ledger and allocator agree to the byte, nothing is allocated on the way, and all was foreseen", arguments: methods,
    storages)
  func crossCheck(method: String, storage: String) throws {
    let memory = Memory()
    var allocations: [Int] = []
    let trainer = try SmallRuns.trainer(specification(method, storage), workers: 2, memory: memory) {
      if case .step = $0 { allocations.append(memory.allocationCount) }
    }
    let result = try trainer.run()
    #expect(trainer.timeline.parts.map(\.moment) == [.update(1), .update(2), .evaluation])
    for sample in trainer.timeline.parts.flatMap(\.samples) {
      #expect(sample.disagreements.isEmpty)
      guard Memory.isCrossChecked else { continue }
      for (category, bytes) in sample.bytes {
        #expect(bytes.allocated == bytes.usable, "\(category) after \(sample.phase.name)")
      }
    }
    #expect(Set(allocations).count == 1, "allocations grew: \(allocations)")
    #expect(result.peakBytes == trainer.plan.peakBytes)
    #expect(result.totalPeakBytes == trainer.plan.totalPeakBytes)
    #expect(trainer.timeline.withoutMeasurements == trainer.plan.timeline)
  }

  @Test("A tensor that the ledger knows nothing of is found in the update where it is, and in its category")
  func leak() throws {
    var trainer: Trainer?
    var hidden: HiddenBlock?
    var parts: [MemoryTimeline.Part] = []
    trainer = try SmallRuns.trainer(specification("sltrain")) { event in
      switch event {
      case .memory(let part):
        parts.append(part)
        hidden = nil
        if part.moment == .update(1), let weight = trainer?.model.parameters.first?.value {
          hidden = HiddenBlock(beside: weight.slab.base, byteCount: 4096)
          #expect((hidden != nil) == Memory.isCrossChecked)
        }
      default: break
      }
    }
    _ = try trainer?.run()
    try #require(parts.map(\.moment) == [.update(1), .update(2), .evaluation])
    #expect((parts[0].samples + parts[2].samples).allSatisfy { $0.disagreements.isEmpty })
    let expected: Set<MemoryCategory> = Memory.isCrossChecked ? [.weights] : []
    #expect(parts[1].samples.allSatisfy { $0.disagreements == expected })
    #expect(trainer?.timeline.text.contains("the allocator counts otherwise: weights") == Memory.isCrossChecked)
  }

  @Test("A phase is a sample, in the order of the step")
  func phases() throws {
    func names(_ method: String, _ extra: String = "", accumulation: Int = 1) throws -> [[String]] {
      let trainer = try SmallRuns.trainer(specification(method, extra, accumulation: accumulation))
      _ = try trainer.run()
      return trainer.timeline.parts.map { $0.samples.map(\.phase.name) }
    }
    let pass = ["forward", "head", "backward 1", "backward 0", "embedding"]
    let plain = pass + ["update", "after update"]
    #expect(try names("full-rank") == [plain, plain, ["forward", "head"]])
    #expect(try names("full-rank", accumulation: 4) == [plain, plain, ["forward", "head"]])
    let projecting = pass + ["projector", "update", "after update"]
    #expect(try names("galore") == [projecting, projecting, ["forward", "head"]])
    // The embedding's own update ends within the embedding's phase, and is the last.
    let layered = ["forward", "head", "backward 1", "backward 0", "update", "embedding", "after update"]
    #expect(try names("full-rank", "optimizer: {updates: per-layer}") == [layered, layered, ["forward", "head"]])
  }

  @Test(
    "The workspace is as large as the most that any phase uses of it", arguments: ["full-rank", "relora", "sltrain"])
  func workspace(method: String) throws {
    for storage in storages {
      let trainer = try SmallRuns.trainer(specification(method, storage))
      _ = try trainer.run()
      let samples = trainer.timeline.parts.flatMap(\.samples)
      #expect(samples.map(\.workspaceInUse).max() == trainer.plan.workspaceBytes)
      #expect(samples.map(\.inUse).max() == trainer.plan.totalPeakBytes)
      #expect(Set(samples.map(\.workspaceInUse)).count > 2)
    }
  }

  @Test("Only the first two updates and the first evaluation are sampled, and a run that goes on samples no others")
  func once() throws {
    struct Interruption: Error {}
    let folder = try TemporaryFolder()
    let run = try SmallRuns.specification(method: "full-rank", extra: "checkpointEvery: 3\nevaluation: {every: 2}")
    var moments: [MemoryTimeline.Moment] = []
    func trainer(until last: Int) throws -> Trainer {
      try SmallRuns.trainer(run, checkpointFolder: folder.path) {
        if case .memory(let part) = $0 { moments.append(part.moment) }
        if case .step(let metrics) = $0, metrics.step == last { throw Interruption() }
      }
    }
    #expect(throws: Interruption.self) { try trainer(until: 8).run() }
    #expect(moments == [.update(1), .update(2), .evaluation])
    let last = try trainer(until: 99)
    _ = try last.run()
    #expect(moments.suffix(from: 3) == [.evaluation])
    #expect(last.timeline.parts.map(\.moment) == [.evaluation])
  }

  @Test("The text has a line a phase, and one for blocks that take the same")
  func text() {
    func sample(_ phase: Phase, _ temporaries: Int) -> MemorySample {
      MemorySample(
        phase: phase, bytes: [.weights: MemoryReading(requested: 2_000_000, usable: 2_097_152)],
        workspaceInUse: temporaries, residentSet: phase == .forward ? 50_000_000 : nil)
    }
    let blocks = (0..<4).reversed().map { sample(.backward(block: $0), $0 == 0 ? 2 : 500_000) }
    let timeline = MemoryTimeline([
      .init(.evaluation, samples: [sample(.forward, 1)]),
      .init(.update(1), samples: [sample(.forward, 1000)] + blocks),
    ])
    let lines = timeline.text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(
      lines == [
        "memory by phase (MB) live temporaries in use resident set", "update 1:", "forward 2.000 0.001 2.001 50.000",
        "backward 3 to 1 2.000 0.500 2.500 -", "backward 0 2.000 0.000 2.000 -", "evaluation:",
        "forward 2.000 0.000 2.000 50.000",
      ])
  }
}

extension MemoryTimeline {
  /// What a plan knows of it.
  fileprivate var withoutMeasurements: MemoryTimeline {
    MemoryTimeline(
      parts.map { part in
        var part = part
        for index in part.samples.indices {
          part.samples[index].residentSet = nil
          part.samples[index].bytes = part.samples[index].bytes.mapValues {
            MemoryReading(requested: $0.requested, usable: $0.usable)
          }
        }
        return part
      })
  }
}
