import Methods
import Modeling
import Optimization
import Tensors
import TestSupport
import Testing

@Suite("ReLoRA's restarts")
struct ReLoRATests {
  private static let text = "{name: relora, rank: 3, alpha: 6, restartEvery: 4, reset: {kind: none}}"

  private func merged(_ task: ToyTask) -> [[Double]] {
    task.layers.map { layer in
      let weight = task.compute.zeros(layer.site.outputs, layer.site.inputs, .data)
      #expect(layer.writeMergedWeight(into: weight))
      return weight.doubles
    }
  }

  private func moments(_ task: ToyTask, _ ending: String) -> [Float] {
    task.optimizer.entries.filter { $0.parameter.name.hasSuffix(ending) }
      .flatMap { [$0.rule.moments!.first, $0.rule.moments!.second] }.flatMap(\.array)
  }

  /// A task just before its first restart, and the step context of that restart.
  private func beforeRestart(_ text: String) throws -> (task: ToyTask, method: any Method, step: StepContext) {
    let task = try ToyTask(text.replacing("restartEvery: 4", with: "restartEvery: 1000"))
    _ = task.run(4)
    let step = StepContext(step: 4, layers: task.layers, optimizer: task.optimizer, seed: 3)
    return (task, try method(text), step)
  }

  @Test("A merge leaves the function as it was, clears B and draws A anew")
  func mergeKeepsFunction() throws {
    let (task, method, step) = try beforeRestart(Self.text)
    let (before, weights) = (task.snapshot, merged(task))
    method.afterUpdate(step)
    let after = task.snapshot
    for (one, two) in zip(merged(task), weights) { #expect(relativeDifference(one, two) < 1e-6) }
    for layer in task.layers {
      let (base, a, b) = (layer.parameters[0].name, layer.parameters[1].name, layer.parameters[2].name)
      #expect(after.tensors[base] != before.tensors[base])
      #expect(after.tensors[a] != before.tensors[a])
      #expect(before.tensors[b]!.contains { $0 != 0 } && after.tensors[b]!.allSatisfy { $0 == 0 })
      let bound = 1 / Float(layer.site.inputs).squareRoot()
      #expect(after.tensors[a]!.allSatisfy { abs($0) <= bound })
    }
  }

  @Test("Restarts come after every so many updates and at no other time, each with another A")
  func cadence() throws {
    let task = try ToyTask(Self.text)
    var starts: [[Float]] = [], restarts: [Int] = []
    for step in 1...12 {
      task.step()
      let (a, b) = (task.layers[0].parameters[1].value, task.layers[0].parameters[2].value)
      if b.array.allSatisfy({ $0 == 0 }) {
        restarts.append(step)
        starts.append(a.array)
      }
    }
    #expect(restarts == [4, 8, 12])
    #expect(Set(starts).count == 3)
  }

  @Test("A random reset zeroes the share of the factors' moments asked for, and no other parameter's")
  func randomReset() throws {
    let (task, method, step) = try beforeRestart(
      Self.text.replacing("kind: none", with: "kind: random, share: 0.75"))
    let (factors, others) = (moments(task, ".A") + moments(task, ".B"), moments(task, "norm.weight"))
    method.afterUpdate(step)
    let after = moments(task, ".A") + moments(task, ".B")
    #expect(moments(task, "norm.weight") == others)
    #expect(zip(after, factors).allSatisfy { $0 == 0 || $0 == $1 })
    let zeroed = Double(after.count { $0 == 0 } - factors.count { $0 == 0 }) / Double(factors.count { $0 != 0 })
    #expect(abs(zeroed - 0.75) < 0.1)
  }

  @Test("The optimizer's count of steps goes on through a restart")
  func countGoesOn() throws {
    let task = try ToyTask(Self.text)
    _ = task.run(9)
    #expect(task.optimizer.step == 9)
  }

  @Test("As shipped, the factors are dead until the first restart and alive after it")
  func asShipped() throws {
    let task = try ToyTask("{name: relora, rank: 3, alpha: 6, restartEvery: 4, start: as-shipped}")
    func gradientNorm() -> Double {
      task.layers.flatMap(\.parameters).compactMap(\.gradient).reduce(0) { $0 + task.compute.sumOfSquares($1) }
    }
    _ = task.run(4)
    #expect(gradientNorm() == 0)
    task.step()
    #expect(gradientNorm() > 0)
  }
}
