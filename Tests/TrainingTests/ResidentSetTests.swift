import Foundation
import MemoryAccounting
import TestSupport
import Testing
import Training

#if os(Linux)
  @Suite("What the resident set consists of", .serialized)
  struct ResidentSetTests {
    /// Some 150 MB of tensors on rows of pattern.
    private static func specification() throws -> TrainingSpecification {
      let text = SmallRuns.text(method: "sltrain", steps: 2, extra: "evaluation: {batch: 4}").replacing(
        "{vocabularySize: 50, hiddenSize: 24, intermediateSize: 40, layers: 2, heads: 2}",
        with: "{vocabularySize: 20000, hiddenSize: 256, intermediateSize: 688, layers: 4, heads: 4}")
      return try TrainingSpecification(text: text.replacing("warmupSteps: 2", with: "warmupSteps: 1"))
    }

    @Test("It lies between what is written of the tensors, and tensors, OpenBLAS's buffers and what was there before")
    func bounds() throws {
      let before = try #require(ResidentSet(of: Memory()))
      #expect(before.tensors == 0)
      let memory = Memory()
      let trainer = try SmallRuns.trainer(Self.specification(), workers: 2, memory: memory)
      _ = try trainer.run()
      let after = try #require(trainer.memoryReport.residentSet)
      // Every tensor is cleared when it is made, but for the workspace.
      let cleared = memory.total.requested - memory.usage(of: .workspace).requested
      #expect(cleared > 100_000_000)
      #expect(after.tensors >= cleared)
      #expect(after.tensors <= memory.total.usable + memory.allocationCount * 4096)
      #expect(after.total >= after.tensors)
      let buffers = try #require(after.blasBuffers)
      #expect(buffers > 0)
      #expect(after.total == after.tensors + buffers + after.rest)
      // The rest grows by code that is run for the first time and by small things beside tensors, no more.
      #expect(after.rest - before.rest < 24_000_000, "\(before.rest) grew to \(after.rest)")
      #expect(after.rest < MemoryPlan.reserve)
      #expect(after.peak >= after.total)
    }

    @Test("A tensor that is missing in the ledger shows in the rest", .enabled(if: Memory.isCrossChecked))
    func missing() throws {
      let memory = Memory()
      let block = memory.allocate(byteCount: 4096, category: .weights)
      let before = try #require(ResidentSet(of: memory))
      let hidden = try #require(HiddenBlock(beside: block.base, byteCount: 64 << 20))
      hidden.fill()
      let after = try #require(ResidentSet(of: memory))
      #expect(after.tensors == before.tensors)
      #expect(abs(after.rest - before.rest - 64 << 20) < 4 << 20)
    }

    @Test(
      "The plan of a model that is too large for this machine takes no memory to speak of",
      arguments: ["relora", "galore"])
    func planning(method: String) throws {
      let options = [
        "relora": "{name: relora, rank: 1024, alpha: 8, restartEvery: 1, reset: {kind: magnitude, share: 0.9}}",
        "galore": "{name: galore, rank: 1024, updateGap: 1}",
      ]
      let text = SmallRuns.text(method: options[method] ?? "", steps: 4).replacing(
        "{vocabularySize: 50, hiddenSize: 24, intermediateSize: 40, layers: 2, heads: 2}",
        with: "{vocabularySize: 32000, hiddenSize: 4096, intermediateSize: 11008, layers: 32, heads: 32}")
      let specification = try TrainingSpecification(text: text)
      // Sets the peak back to what is resident now.
      try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
      let before = try #require(ProcessMemory.current)
      let plan = try MemoryPlan(specification)
      #expect(plan.totalPeakBytes > 50_000_000_000)
      let after = try #require(ProcessMemory.current)
      #expect(after.peak - before.resident < 64_000_000)
    }

    @Test("The line names the parts in megabytes, and says where OpenBLAS's cannot be told apart")
    func text() {
      var set = ResidentSet(total: 100_000_000, peak: 120_000_000, tensors: 60_000_000, blasBuffers: 1_500_000)
      #expect(set.rest == 38_500_000)
      #expect(
        set.text
          == "resident set 100.0 MB = tensors 60.0 + OpenBLAS's buffers 1.5 + program, libraries and files 38.5; "
          + "at its peak 120.0")
      set.blasBuffers = nil
      #expect(set.text.contains("tensors 60.0 + OpenBLAS's buffers, which cannot be told apart here, program, "))
      #expect(set.text.contains("files 40.0; at its peak 120.0"))
    }
  }
#endif
