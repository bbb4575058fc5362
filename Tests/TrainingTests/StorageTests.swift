import Configuration
import MemoryAccounting
import Methods
import Modeling
import Optimization
import TestSupport
import Tensors
import Testing
import Training

private let methods = SmallRuns.methods.keys.sorted()

/// Ways to store a run's numbers that are not the default, as a specification says them.
private let storages = [
  "precision: {weights: bf16, gradients: bf16}\noptimizer: {moments: bf16}",
  "precision: {weights: bf16, rounding: stochastic}\noptimizer: {moments: bf16, updates: per-layer}",
  "precision: {weights: bf16, gradients: bf16, rounding: per-operation}\n"
    + "optimizer: {moments: 8-bit, updates: per-layer}\nactivationCheckpointing: true",
]

@Suite("How a run's numbers are stored")
struct StorageTests {
  @Test("Updates layer by layer give the bits of the global update, in every storage", arguments: methods)
  func perLayer(method: String) throws {
    for precision in ["", "precision: {weights: bf16, gradients: bf16, rounding: stochastic}"] {
      let moments = precision.isEmpty ? "fp32" : "bf16"
      func outcome(_ updates: String) throws -> (losses: [Double], parameters: [[Float]], norms: [Double], peak: Int) {
        var norms: [Double] = []
        var losses: [Double] = []
        let run = try SmallRuns.specification(
          method: method, extra: "\(precision)\noptimizer: {moments: \(moments), updates: \(updates), weightDecay: 0.1}"
        )
        let memory = Memory()
        let trainer = try SmallRuns.trainer(run, memory: memory) {
          if case .step(let metrics) = $0 {
            losses.append(metrics.loss)
            norms.append(metrics.gradientNorm)
          }
        }
        _ = try trainer.run()
        return (losses, trainer.model.parameters.map(\.value.array), norms, memory.usage(of: .gradients).peak)
      }
      let (global, perLayer) = (try outcome("global"), try outcome("per-layer"))
      #expect(perLayer.losses == global.losses)
      #expect(perLayer.parameters == global.parameters)
      #expect(perLayer.norms == global.norms)
      #expect(perLayer.peak < global.peak / 2)
    }
  }

  @Test("Activation checkpointing changes no bit, and one block's activations are there at a time", arguments: methods)
  func checkpointing(method: String) throws {
    let whole = try SmallRuns.outcome(SmallRuns.specification(method: method))
    let run = try SmallRuns.specification(method: method, extra: "activationCheckpointing: true")
    let checkpointed = try SmallRuns.outcome(run)
    #expect(checkpointed.losses == whole.losses)
    #expect(checkpointed.parameters == whole.parameters)
    #expect(checkpointed.result.evaluation == whole.result.evaluation)
    #expect(checkpointed.result.peakBytes[.activations]! < whole.result.peakBytes[.activations]! / 2)
    #expect(checkpointed.result.totalPeakBytes < whole.result.totalPeakBytes)
  }

  @Test("The plan has the bytes of the run, category by category, whatever the storage", arguments: methods)
  func plan(method: String) throws {
    for extra in [""] + storages {
      let memory = Memory()
      let trainer = try SmallRuns.trainer(SmallRuns.specification(method: method, extra: extra), memory: memory)
      _ = try trainer.run()
      for category in MemoryCategory.allCases {
        #expect(memory.usage(of: category).peak == trainer.plan.peakBytes[category], "\(category) with \(extra)")
      }
      #expect(memory.total.peak == trainer.plan.totalPeakBytes)
    }
  }

  @Test("In every storage one and two workers give the same bits, and no step takes memory", arguments: methods)
  func workers(method: String) throws {
    for extra in storages {
      let run = try SmallRuns.specification(method: method, extra: extra)
      let outcomes = try [1, 2].map { workers in
        let memory = Memory()
        var (losses, allocations): ([Double], [Int]) = ([], [])
        let trainer = try SmallRuns.trainer(run, workers: workers, memory: memory) {
          guard case .step(let metrics) = $0 else { return }
          losses.append(metrics.loss)
          allocations.append(memory.allocationCount)
          #expect(memory.crossCheck().isEmpty)
        }
        _ = try trainer.run()
        #expect(Set(allocations).count == 1, "allocations grew: \(allocations)")
        return (losses: losses, parameters: trainer.model.parameters.map(\.value.array), memory.total.peak)
      }
      #expect(outcomes[0] == outcomes[1])
    }
  }

  @Test("A run in fewer bits that was interrupted ends with the bits of one that was not", arguments: methods)
  func resume(method: String) throws {
    struct Interruption: Error {}
    for extra in storages {
      let folder = try TemporaryFolder()
      let run = try SmallRuns.specification(method: method, extra: extra + "\ncheckpointEvery: 3")
      let whole = try SmallRuns.outcome(run)
      let first = try SmallRuns.trainer(run, checkpointFolder: folder.path) {
        if case .step(let metrics) = $0, metrics.step == 8 { throw Interruption() }
      }
      #expect(throws: Interruption.self) { try first.run() }
      let second = try SmallRuns.outcome(run, checkpointFolder: folder.path)
      #expect(second.losses == Array(whole.losses.suffix(6)))
      #expect(second.parameters == whole.parameters)
    }
  }

  @Test(
    "With moments in 8 bits: one byte each, layer by layer as globally, on two workers as on one, interrupted or not",
    arguments: methods)
  func blockwise(method: String) throws {
    struct Interruption: Error {}
    // Matrices of 64 x 64 are the smallest whose moments are stored so.
    func run(_ updates: String) throws -> TrainingSpecification {
      let extra = "optimizer: {moments: 8-bit, updates: \(updates)}\nprecision: {weights: bf16}\ncheckpointEvery: 3"
      return try TrainingSpecification(
        text: SmallRuns.text(method: method, extra: extra).replacing(
          "hiddenSize: 24, intermediateSize: 40", with: "hiddenSize: 64, intermediateSize: 64"))
    }
    let memory = Memory()
    let trainer = try SmallRuns.trainer(run("global"), memory: memory)
    _ = try trainer.run()
    let bytes = trainer.optimizer.entries.reduce(0) { bytes, entry in
      guard !(entry.rule is ProjectedAdam) else { return bytes + entry.rule.adamBytes }
      let count = entry.parameter.count
      return bytes + 2 * (count < 4096 ? 4 * count : count + 4 * ((count + 2047) / 2048))
    }
    #expect(memory.usage(of: .optimizerState).requested == bytes)
    let parameters = trainer.model.parameters.map(\.value.array)
    for updates in ["global", "per-layer"] {
      #expect(try SmallRuns.outcome(run(updates), workers: 2).parameters == parameters)
    }
    let folder = try TemporaryFolder()
    let first = try SmallRuns.trainer(run("per-layer"), checkpointFolder: folder.path) {
      if case .step(let metrics) = $0, metrics.step == 8 { throw Interruption() }
    }
    #expect(throws: Interruption.self) { try first.run() }
    #expect(try SmallRuns.outcome(run("per-layer"), checkpointFolder: folder.path).parameters == parameters)
  }

  @Test("Parameters in bf16 take two bytes, and every one of them is a bf16 number after training")
  func halves() throws {
    let memory = Memory()
    let trainer = try SmallRuns.trainer(
      SmallRuns.specification(method: "sltrain", extra: storages[0]), memory: memory)
    _ = try trainer.run()
    let count = trainer.model.parameters.reduce(0) { $0 + $1.count }
    #expect(memory.usage(of: .weights).requested == 2 * count)
    #expect(memory.usage(of: .gradients).requested == 2 * count)
    #expect(memory.usage(of: .optimizerState).requested == 4 * count)
    #expect(trainer.model.parameters.allSatisfy { $0.value.array.allSatisfy { $0.bitPattern & 0xFFFF == 0 } })
  }

  @Test("Training in fewer bits brings the loss down as fp32 does", arguments: methods)
  func learning(method: String) throws {
    for extra in [""] + storages {
      let text = SmallRuns.text(method: method, steps: 60, extra: extra)
        .replacing("restartEvery: 4", with: "restartEvery: 30")
      let outcome = try SmallRuns.outcome(TrainingSpecification(text: text))
      #expect(outcome.losses.last! < outcome.losses.first! - 0.3, "with \(extra)")
    }
  }

  @Test(
    "What cannot be is refused where it stands",
    arguments: [
      (
        "gradientAccumulation: 2\noptimizer: {updates: per-layer}",
        "run.yaml:9:23: error: 'per-layer' updates take a layer's gradient"
      ),
      ("optimizer: {updates: per-layer, clipNorm: 1}", "error: 'per-layer' updates cannot clip"),
      ("optimizer: {moments: 8-bit, blockSize: 100}", "error: a block of 100 numbers; expected 256 or 2048"),
      ("optimizer: {blockSize: 256}", "error: 'blockSize' is for moments in 8 bits"),
      ("precision: {rounding: stochastic}", "error: 'stochastic' rounding, and neither weights nor moments"),
      ("precision: {weights: fp16}", "'precision.weights' cannot be 'fp16'"),
    ])
  func refusals(extra: String, message: String) throws {
    let text = SmallRuns.text(method: "full-rank", extra: extra)
      .replacing(extra.hasPrefix("gradientAccumulation") ? "gradientAccumulation: 1\n" : "\u{0}", with: "")
    let found = #expect(throws: Diagnostic.self) { try TrainingSpecification(text: text) }
    #expect(found?.description.contains(message) == true, "\(found?.description ?? "")")
  }

  @Test("Keys at their defaults leave no trace in a run's identity")
  func identity() throws {
    let plain = try SmallRuns.specification(method: "sltrain", extra: "optimizer: {}")
    let written = try SmallRuns.specification(
      method: "sltrain",
      extra: "precision: {weights: fp32, gradients: fp32, rounding: nearest}\nactivationCheckpointing: false\n"
        + "optimizer: {moments: fp32, updates: global}")
    #expect(plain.resolved == written.resolved)
  }
}

extension UpdateRule {
  /// Bytes of the state but for a projector.
  fileprivate var adamBytes: Int { state.filter { $0.name != "projector" }.reduce(0) { $0 + $1.value.byteCount } }
}
