import Methods
import Optimization
import TestSupport
import Testing

@Suite("Training a toy regression")
struct ToyTrainingTests {
  /// Restarts and projector refreshes fall within the steps that these tests make.
  static let methods = [
    "full-rank",
    "{name: low-rank, rank: 7}",
    "{name: low-rank, rank: 7, initialization: xavier}",
    "{name: low-rank, rank: 7, initialization: cola, alpha: 7}",
    "{name: lora, rank: 3, alpha: 3}",
    "{name: relora, rank: 3, alpha: 3, restartEvery: 5}",
    "{name: relora, rank: 3, alpha: 3, restartEvery: 4, reset: {kind: magnitude, share: 1}, start: as-shipped}",
    "{name: galore, rank: 3, updateGap: 4, scale: 1}",
    "{name: galore, rank: 3, updateGap: 3, scale: 1, projection: randomized}",
    "{name: sltrain, rank: 3, density: 0.3, alpha: 3}",
    "{name: sltrain, rank: 0, density: 0.5}",
    "{name: sltrain, rank: 3, density: 0.3, alpha: 3, form: factored}",
    "{name: sltrain, rank: 0, density: 0.5, form: factored}",
    "{name: sparse-residual, rank: 3, density: 0.5}",
    "{name: sparse-residual, rank: 3, density: 0.5, support: top, values: zero}",
  ]

  @Test("Every method learns", arguments: methods)
  func learns(text: String) throws {
    let losses = try ToyTask(text).run(400)
    #expect(losses.allSatisfy { $0.isFinite })
    // A rank below the target's or a sparse support cannot reach it; each must come well below its start.
    #expect(losses.suffix(20).reduce(0, +) / 20 < 0.5 * losses[0], "\(losses[0]) to \(losses.last!)")
  }

  @Test("A run that is stopped and resumed has the bits of one that was not", arguments: methods)
  func resumes(text: String) throws {
    let whole = try ToyTask(text)
    let losses = whole.run(17)
    let first = try ToyTask(text)
    _ = first.run(10)
    let second = try ToyTask(text)
    second.restore(first.snapshot)
    #expect(second.run(7) == Array(losses.suffix(7)))
    #expect(second.snapshot == whole.snapshot)
  }

  @Test("One worker and two give the same bits", arguments: methods)
  func workersAgree(text: String) throws {
    let (one, two) = (try ToyTask(text, workers: 1), try ToyTask(text, workers: 2))
    #expect(one.run(12) == two.run(12))
    #expect(one.snapshot == two.snapshot)
  }

  @Test("After the first step nothing is allocated, restarts and refreshes included", arguments: methods)
  func allocatesNothing(text: String) throws {
    let task = try ToyTask(text)
    task.step()
    let (count, bytes) = (task.compute.memory.allocationCount, task.compute.memory.total.requested)
    _ = task.run(12)
    #expect(task.compute.memory.allocationCount == count)
    #expect(task.compute.memory.total.requested == bytes)
    #expect(task.compute.memory.crossCheck().isEmpty)
  }

  @Test("Seeds differ, and the same seed gives the same run", arguments: methods)
  func seeds(text: String) throws {
    let run = try ToyTask(text).run(3)
    #expect(try ToyTask(text).run(3) == run)
    #expect(try ToyTask(text, seed: 4).run(3) != run)
  }

  @Test("Every trained parameter has a gradient after a few steps, and no frozen one moves", arguments: methods)
  func gradientsReachEverything(text: String) throws {
    let task = try ToyTask(text)
    let before = task.snapshot
    _ = task.run(3)
    for parameter in task.layers.flatMap(\.parameters) {
      let isDead = text.contains("as-shipped")
      if let gradient = parameter.gradient {
        #expect((task.compute.sumOfSquares(gradient) > 0) == !isDead, "\(parameter.name)")
      } else {
        #expect(parameter.value.array == before.tensors[parameter.name], "\(parameter.name)")
      }
    }
  }

  @Test("Low-rank layers that all start with B at zero stay at zero: neither factor ever has a gradient")
  func zeroBIsDead() throws {
    let task = try ToyTask("{name: low-rank, rank: 7, initialization: zero-b}")
    _ = task.run(20)
    for parameter in task.layers.flatMap(\.parameters) {
      #expect(task.compute.sumOfSquares(parameter.gradient!) == 0)
      #expect(!parameter.name.hasSuffix(".B") || parameter.value.array.allSatisfy { $0 == 0 })
    }
  }
}
