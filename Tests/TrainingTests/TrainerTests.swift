import Configuration
import Foundation
import MemoryAccounting
import TestSupport
import Testing
import Training

private let methods = SmallRuns.methods.keys.sorted()

@Suite("Trainer")
struct TrainerTests {
  @Test("One and two workers give the same bits", arguments: methods)
  func workers(method: String) throws {
    let run = try SmallRuns.specification(method: method)
    let one = try SmallRuns.outcome(run, workers: 1)
    let two = try SmallRuns.outcome(run, workers: 2)
    #expect(one.losses == two.losses)
    #expect(one.parameters == two.parameters)
    #expect(one.result.evaluation == two.result.evaluation)
  }

  @Test("A run that was interrupted ends with the bits of one that was not", arguments: methods)
  func resume(method: String) throws {
    struct Interruption: Error {}
    let whole = try SmallRuns.outcome(SmallRuns.specification(method: method))
    for interruptedAfter in [3, 7, 11] {
      let folder = try TemporaryFolder()
      let run = try SmallRuns.specification(method: method, extra: "checkpointEvery: 3")
      let first = try SmallRuns.trainer(run, checkpointFolder: folder.path) {
        if case .step(let metrics) = $0, metrics.step == interruptedAfter { throw Interruption() }
      }
      #expect(throws: Interruption.self) { try first.run() }
      let second = try SmallRuns.outcome(run, workers: 2, checkpointFolder: folder.path)
      #expect(second.losses == Array(whole.losses.suffix(second.losses.count)))
      #expect(second.losses.count == 12 - (interruptedAfter - 1) / 3 * 3)
      #expect(second.parameters == whole.parameters)
      #expect(second.result.evaluation == whole.result.evaluation)
      #expect(second.result.tokens == whole.result.tokens)
    }
  }

  @Test(
    "After the first update no tensor memory is allocated, and every byte is in jemalloc's books", arguments: methods)
  func allocations(method: String) throws {
    let memory = Memory()
    var counts: [Int] = []
    let trainer = try SmallRuns.trainer(
      SmallRuns.specification(method: method, extra: "evaluation: {every: 5}"), memory: memory
    ) {
      if case .step = $0 { counts.append(memory.allocationCount) }
    }
    _ = try trainer.run()
    #expect(Set(counts).count == 1, "allocations grew: \(counts)")
    if Memory.isCrossChecked { #expect(memory.crossCheck().isEmpty) }
  }

  @Test("Training brings the loss down", arguments: methods)
  func learning(method: String) throws {
    // ReLoRA restarts once, not every fourth update: it needs some time between restarts to learn anything.
    let text = SmallRuns.text(method: method, steps: 60).replacing("restartEvery: 4", with: "restartEvery: 30")
    let outcome = try SmallRuns.outcome(TrainingSpecification(text: text))
    #expect(outcome.losses.last! < outcome.losses.first! - 0.3)
  }

  @Test("Low-rank factors that start with B at zero in every layer never move: no gradient reaches them")
  func deadFactors() throws {
    func factors(_ initialization: String, steps: Int) throws -> [[Float]] {
      let run = try SmallRuns.specification(
        method: "{name: low-rank, rank: 6, initialization: \(initialization)}", steps: steps)
      let trainer = try SmallRuns.trainer(run)
      let factors = trainer.model.parameters.filter { $0.name.contains(".low_rank.") }
      let before = factors.map(\.value.array)
      _ = try trainer.run()
      return zip(before, factors).map { zip($0, $1.value.array).map { $0 - $1 } }
    }
    #expect(try factors("zero-b", steps: 12).allSatisfy { $0.allSatisfy { $0 == 0 } })
    #expect(try factors("svd", steps: 12).allSatisfy { $0.contains { $0 != 0 } })
  }

  @Test("Token-weighted accumulation equals the whole batch; the mean of means differs where rows are padded")
  func accumulation() throws {
    func losses(_ accumulation: Int, _ reduction: String) throws -> [Double] {
      let run = try SmallRuns.specification(
        method: "full-rank", steps: 6, accumulation: accumulation, extra: "lossReduction: \(reduction)")
      return try SmallRuns.outcome(run).losses
    }
    let whole = try losses(1, "token-weighted")
    let weighted = try losses(4, "token-weighted")
    let means = try losses(4, "mean-of-means")
    for (a, b) in zip(whole, weighted) { #expect(abs(a - b) < 2e-5 * a) }
    #expect(zip(whole, means).contains { abs($0 - $1) > 1e-4 * $0 })
  }

  @Test("The official estimator divides by one more than the number of batches; the corrected one weighs tokens")
  func estimators() throws {
    let run = try SmallRuns.specification(method: "full-rank", steps: 4, extra: "evaluation: {batch: 19}")
    let evaluation = try #require(try SmallRuns.outcome(run).result.evaluation)
    // One batch holds all rows: the sum of the means is the token-weighted mean, and the official figure is half of it.
    #expect(evaluation.batches == 1)
    #expect(abs(evaluation.paperLoss - evaluation.correctedLoss / 2) < 1e-12)
    let rows = PatternRows(rowCount: 19, seed: 8)
    #expect(evaluation.targets == (0..<19).reduce(0) { $0 + rows.tokenCount(ofRow: $1) - 1 })
  }

  @Test("A loss that is not finite ends the run with a record of the update")
  func divergence() throws {
    let node = SmallRuns.text(method: "full-rank").replacing("learningRate: 0.01", with: "learningRate: 1e30")
    let run = try TrainingSpecification(text: node)
    let result = try SmallRuns.outcome(run).result
    guard case .diverged(let step) = result.status else {
      Issue.record("the run did not diverge")
      return
    }
    #expect(step > 1 && step < 12)
    #expect(result.evaluation == nil)
  }

  @Test("Data whose ids exceed the model's vocabulary are refused before anything is trained")
  func vocabulary() throws {
    let run = try SmallRuns.specification(method: "full-rank")
    let error = #expect(throws: Diagnostic.self) {
      try Trainer(run, train: PatternRows(vocabularySize: 60), evaluation: nil)
    }
    #expect(error?.exitCode == 65)
    #expect(error?.message.contains("vocabulary is 50") == true)
  }
}
