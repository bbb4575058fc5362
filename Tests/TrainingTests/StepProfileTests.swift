import TestSupport
import Tensors
import Testing
import Training

@Suite("The profile of a step")
struct StepProfileTests {
  private func profile(_ method: String, steps: Int = 4, _ extra: String = "") throws -> StepProfile? {
    let text = SmallRuns.text(method: method, steps: steps, extra: extra)
    let specification = try TrainingSpecification(text: text.replacing("warmupSteps: 2", with: "warmupSteps: 1"))
    let trainer = try Trainer(
      specification, train: PatternRows(), evaluation: PatternRows(rowCount: 19, seed: 8), workers: 2, profiles: true)
    _ = try trainer.run()
    return trainer.profile
  }

  @Test("All of the time is somewhere, once", arguments: SmallRuns.methods.keys.sorted())
  func whole(method: String) throws {
    let profile = try #require(try profile(method))
    #expect(profile.updates == 2)
    // Every third row is padded: 8 rows of 24 tokens have fewer that count.
    #expect(profile.tokens > 2 * 8 * 16 && profile.tokens < 2 * 8 * 24)
    let sum = profile.entries.values.reduce(0) { $0 + $1.seconds }
    #expect(abs(sum - profile.seconds) < 1e-6)
    let byPart = StepProfile.Part.allCases.reduce(0) { $0 + profile.total(of: $1).seconds }
    #expect(abs(byPart - sum) < 1e-9)
    #expect(profile.accountedShare > 0 && profile.accountedShare < 1)
    for operation in [Operation.linear, .attention, .head, .crossEntropy, .norm, .gate, .rotary, .update] {
      #expect(profile.total(of: operation).seconds > 0, "\(operation)")
    }
  }

  @Test("The operations of the products are those of the model's shape")
  func counts() throws {
    let profile = try #require(try profile("full-rank"))
    // Two blocks of hidden size 24 and intermediate size 40, a vocabulary of 50, and 8 rows of 24 tokens; three products.
    let tokens = 2 * 8 * 24
    #expect(profile.total(of: .linear).floatingPointOperations == 6 * tokens * 2 * (4 * 24 * 24 + 3 * 24 * 40))
    #expect(profile.total(of: .head).floatingPointOperations == 6 * tokens * 50 * 24)
    // Rows shorter than a block of queries see all keys: scores and values forward, five products backward.
    #expect(profile.total(of: .attention).floatingPointOperations == 7 * 2 * tokens * 24 * 24 * 2)
    #expect(profile.total(of: .norm).floatingPointOperations == 0)
  }

  @Test("The sparse part of SLTrain counts six operations a value and token")
  func sparseCounts() throws {
    let profile = try #require(try profile("sltrain-factored"))
    let values = 2 * (4 * Int(0.05 * 24 * 24) + 3 * Int(0.05 * 24 * 40))
    #expect(profile.total(of: .sparse).floatingPointOperations == 6 * 2 * 8 * 24 * values)
  }

  @Test("With per-layer updates the update is a phase of its own within the backward pass")
  func perLayer() throws {
    let profile = try #require(try profile("full-rank", "optimizer: {updates: per-layer}"))
    #expect(profile.entries[.init(.update, .update)] != nil)
    #expect(profile.entries[.init(.backward, .update)] == nil && profile.entries[.init(.backward, .linear)] != nil)
  }

  @Test("The updates whose memory is sampled are left out")
  func short() throws {
    #expect(try profile("full-rank", steps: 2)?.updates == 0)
  }
}
