import Configuration
import Experiments
import TestSupport
import Testing

@Suite("The identity of a cell")
struct CellIdentityTests {
  private let training = ResolvedValue.object([
    "method": .object(["name": .string("low-rank"), "rank": .integer(8), "initialization": .string("zero-b")]),
    "model": .object(["name": .string("32x4"), "hiddenSize": .integer(32)]), "learningRate": .number(0.003),
    "seed": .integer(42), "steps": .integer(1100), "checkpointEvery": .integer(250),
  ])
  private let rows = (Digest(of: "train"), Digest(of: "validation"))

  private func identity(
    _ training: ResolvedValue? = nil, split: EvaluationSplit = .validation, rows: (Digest, Digest)? = nil,
    numerics: Int = 1
  ) -> CellIdentity {
    let (train, evaluation) = rows ?? self.rows
    return CellIdentity(
      CellSpecification(training: training ?? self.training, split: split), trainingRows: train,
      evaluationRows: evaluation, numerics: numerics)
  }

  @Test("A fixed specification has a fixed identity: a change here makes every record foreign")
  func stable() {
    let expected =
      #"{"data":{"evaluation":"98c41dcd20b86b86830ec0794559835614458ceaae0f0ec77a3ed1cd3a1f7d55","#
      + #""training":"116f54c41d0405dbb10e7b04ebc31e262a5b8c85c1233fcf36eaee344d91ae58"},"#
      + #""evaluationSplit":"validation","format":1,"numerics":1,"training":{"learningRate":0.003,"#
      + #""method":{"initialization":"zero-b","name":"low-rank","rank":8},"#
      + #""model":{"hiddenSize":32,"name":"32x4"},"seed":42,"steps":1100}}"#
    #expect(identity().resolved.canonicalJSON == expected)
    // The digest of the text above, worked out by another program.
    #expect(identity().digest.hexadecimal == "3e536627b347f85412261e7dbc9c4b6c1dafc1ec0f9f75c06faa6bd069d32253")
    #expect(identity().id == "low-rank-zero-b-32x4-lr0.003-seed42-3e536627b347")
  }

  @Test("How often a checkpoint is made is no part of it")
  func checkpoints() {
    var other = training
    other["checkpointEvery"] = .integer(1)
    #expect(identity(other) == identity())
    other["checkpointEvery"] = nil
    #expect(identity(other).id == identity().id)
  }

  @Test("Everything that a number depends on is part of it")
  func distinct() {
    var seed = training
    seed["seed"] = .integer(43)
    var rate = training
    rate["learningRate"] = .number(0.0030000000000000005)
    let others = [
      identity(seed), identity(rate), identity(split: .tuning), identity(rows: (Digest(of: "other"), rows.1)),
      identity(rows: (rows.0, Digest(of: "other"))), identity(numerics: 2),
    ]
    #expect(Set(others.map(\.digest) + [identity().digest]).count == 7)
  }

  @Test("The specification alone has a digest that data and arithmetic have no part in")
  func specificationDigest() {
    let other = identity(rows: (Digest(of: "x"), Digest(of: "y")), numerics: 9)
    #expect(other.specification.digest == identity().specification.digest)
    #expect(identity(split: .tuning).specification.digest != identity().specification.digest)
  }

  @Test("The name tells method, words among its options, model, rate, seed and whether it is tuning")
  func slugs() {
    #expect(identity().specification.slug == "low-rank-zero-b-32x4-lr0.003-seed42")
    #expect(identity(split: .tuning).specification.slug == "low-rank-zero-b-32x4-lr0.003-seed42-tuning")
    #expect(CellSpecification(training: .object([:]), split: .validation).slug == "run")
  }
}
