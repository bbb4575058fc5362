import MemoryAccounting
import Tensors
import Testing

@Suite("The phases of a computation")
struct PhaseTests {
  private final class Listener: PhaseObserver {
    var heard: [String] = []
    func begins(_ phase: Phase) { heard.append("+\(phase.name)") }
    func ends(_ phase: Phase) { heard.append("-\(phase.name)") }
    func begins(_ operation: Tensors.Operation) { heard.append("+\(operation.rawValue)") }
    func ends(_ operation: Tensors.Operation) { heard.append("-\(operation.rawValue)") }
    func computes(_ floatingPointOperations: Int) { heard.append("\(floatingPointOperations)") }
  }

  private struct Failure: Error {}

  @Test("An observer hears where phases begin and end, one within another, and a phase that fails too")
  func order() {
    let compute = Compute(memory: Memory(isPlanned: true))
    let listener = Listener()
    compute.phaseObserver = listener
    let result = compute.during(.update) { compute.during(.projector) { 1 } + compute.during(.projector) { 2 } }
    #expect(result == 3)
    #expect(throws: Failure.self) { try compute.during(.backward(block: 7)) { throw Failure() } }
    #expect(
      listener.heard
        == ["+update", "+projector", "-projector", "+projector", "-projector", "-update", "+backward 7", "-backward 7"])
  }

  @Test("An observer hears of operations within a phase, and how much a product computes, whatever its storage")
  func operations() {
    let compute = Compute()
    let listener = Listener()
    let (a, b, c) = (compute.zeros(2, 3, .data), compute.zeros(3, 5, .data), compute.zeros(2, 5, .data))
    let rounded = compute.zeros(2, 5, .data, as: .bfloat16)
    compute.phaseObserver = listener
    compute.during(.forward) {
      compute.doing(.linear) { compute.multiply(a, b, into: c) }
      compute.doing(.sparse) { compute.multiply(a, b, into: rounded) }
    }
    #expect(
      listener.heard == [
        "+forward", "+linear layers", "60", "-linear layers", "+sparse products", "60", "-sparse products", "-forward",
      ])
  }

  @Test("Where nobody observes, a phase is what it runs and nothing else")
  func unobserved() {
    let compute = Compute(memory: Memory(isPlanned: true))
    #expect(compute.during(.head) { 42 } == 42)
  }

  @Test(
    "Every phase has a name of its own that reads back",
    arguments: [
      Phase.forward, .head, .backward(block: 0), .backward(block: 31), .embedding, .update, .projector, .afterUpdate,
    ])
  func names(phase: Phase) {
    #expect(Phase(name: phase.name) == phase)
    #expect(Phase(name: phase.name + "!") == nil)
  }
}
