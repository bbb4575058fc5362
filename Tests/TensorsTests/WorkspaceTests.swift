import MemoryAccounting
import Tensors
import Testing

@Suite("The workspace")
struct WorkspaceTests {
  /// A step with temporaries in each other, and others above what stands.
  private func step(_ workspace: Workspace, _ standing: Tensor) {
    workspace.withTemporary(rows: 100, columns: 100) { _ in
      workspace.withTemporary(rows: 3, columns: 5) { $0.fill(1) }
      workspace.withTemporaries { take in
        take(7, 7).fill(2)
        take(200, 200).fill(3)
      }
    }
    workspace.withStanding {
      standing.fill(4)
      workspace.withTemporary(rows: 10, columns: 10) { $0.fill(5) }
      #expect(standing.array.allSatisfy { $0 == 4 })
    }
  }

  @Test("The high water is the most that was in use at once, and a workspace of that size never grows")
  func highWater() {
    let scouting = Workspace(in: Memory())
    step(scouting, scouting.takeStanding(rows: 50, columns: 10))
    // 100 x 100 floats, 7 x 7 in whole lines of 64 bytes, 200 x 200.
    #expect(scouting.highWater == 40_000 + 256 + 160_000)
    #expect(scouting.used == 0)

    let memory = Memory()
    let workspace = Workspace(in: memory, byteCount: scouting.highWater)
    let standing = workspace.takeStanding(rows: 50, columns: 10)
    for _ in 0..<3 { step(workspace, standing) }
    #expect(memory.allocationCount == 1)
    #expect(workspace.highWater == scouting.highWater)
  }

  @Test("The most since a mark begins with what is in use there")
  func mark() {
    let workspace = Workspace(in: Memory())
    let standing = workspace.takeStanding(rows: 50, columns: 10)
    workspace.withTemporary(rows: 100, columns: 100) { _ in
      workspace.withTemporary(rows: 200, columns: 200) { _ in }
      #expect(workspace.peakSinceMark == 40_000 + 160_000)
      workspace.markPeak()
      #expect(workspace.peakSinceMark == 40_000)
      workspace.withTemporary(rows: 4, columns: 4) { _ in }
    }
    #expect(workspace.peakSinceMark == 40_000 + 64)
    workspace.markPeak()
    #expect(workspace.peakSinceMark == 0)
    workspace.withStanding { standing.fill(1) }
    // 50 x 10 floats in whole lines of 64 bytes.
    #expect(workspace.peakSinceMark == 2048)
    #expect(workspace.highWater == 200_000)
  }

  @Test("A workspace that is too small grows, and what it gives stays apart")
  func growth() {
    let memory = Memory()
    let workspace = Workspace(in: memory, byteCount: 100)
    let standing = workspace.takeStanding(rows: 50, columns: 10)
    step(workspace, standing)
    let count = memory.allocationCount
    step(workspace, standing)
    #expect(memory.allocationCount == count)
  }

  @Test("A planned ledger counts what a live one does, and takes no memory")
  func planned() {
    let (live, planned) = (Memory(), Memory(isPlanned: true))
    for memory in [live, planned] {
      let tensor = Tensor(rows: 1000, columns: 1000, category: .weights, in: memory)
      #expect(tensor.elements.allSatisfy { $0 == 0 })
      _ = Tensor(rows: 3, columns: 3, elementType: .bfloat16, category: .data, in: memory)
    }
    for category in MemoryCategory.allCases { #expect(live.usage(of: category) == planned.usage(of: category)) }
    #expect(live.total == planned.total)
    #expect(planned.read()[.weights]?.allocated == nil)
    // More than any machine has.
    let huge = Tensor(rows: 1 << 20, columns: 1 << 22, category: .weights, in: planned)
    #expect(planned.usage(of: .weights).requested == huge.byteCount)
  }
}
