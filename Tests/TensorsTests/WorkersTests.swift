import Synchronization
import Tensors
import TestSupport
import Testing

@Suite("Workers")
struct WorkersTests {
  @Test("Every block is run once, by a worker that exists", arguments: [1, 2, 3], [0, 1, 2, 7, 100])
  func everyBlockOnce(workers: Int, blocks: Int) {
    let counts = Mutex([Int](repeating: 0, count: blocks))
    Workers(workers).forEach(blocks) { block, worker in
      #expect((0..<workers).contains(worker))
      counts.withLock { $0[block] += 1 }
    }
    #expect(counts.withLock { $0 } == [Int](repeating: 1, count: blocks))
  }

  @Test("Ranges cover all items once and have the size asked for but for the last", arguments: [1, 2])
  func ranges(workers: Int) {
    let ranges = Mutex([Range<Int>]())
    Workers(workers).forEachRange(of: 23, size: 5) { range, _ in ranges.withLock { $0.append(range) } }
    #expect(
      ranges.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } } == [0..<5, 5..<10, 10..<15, 15..<20, 20..<23])
  }

  @Test("A worker's number names one thread at a time")
  func workersAreExclusive() {
    let busy = Mutex([false, false])
    let clashes = Atomic(0)
    Workers(2).forEach(500) { _, worker in
      let wasBusy = busy.withLock { busy in
        defer { busy[worker] = true }
        return busy[worker]
      }
      if wasBusy { clashes.add(1, ordering: .relaxed) }
      busy.withLock { $0[worker] = false }
    }
    #expect(clashes.load(ordering: .relaxed) == 0)
  }

  @Test("A sum of squares has the same bits on one worker and on two, and is the sum")
  func sumOfSquares() {
    let (one, two) = (Compute(workers: 1), Compute(workers: 2))
    let count = 3 * 32_768 + 77
    let x = one.testMatrix("x", 1, count)
    #expect(one.sumOfSquares(x).bitPattern == two.sumOfSquares(two.testMatrix("x", 1, count)).bitPattern)
    let expected = x.doubles.reduce(0) { $0 + $1 * $1 }
    #expect(abs(one.sumOfSquares(x) - expected) < 1e-9 * expected)
    #expect(one.sumOfSquares(one.zeros(0, 5, .data)) == 0)
  }

  @Test("Elementwise operations reach every element, across blocks", arguments: [1, 2])
  func elementwise(workers: Int) {
    let compute = Compute(workers: workers)
    let count = 32_768 + 9
    let (x, y) = (compute.testMatrix("x", 1, count), compute.testMatrix("y", 1, count))
    let expected = zip(x.array, y.array).map { $1 + 3 * $0 }
    compute.scale(x, by: 3)
    compute.add(x, to: y)
    #expect(relativeDifference(y.doubles, expected.map(Double.init)) < 1e-6)
    compute.add(x, scaledBy: -1, to: y)
    #expect(relativeDifference(y.doubles, compute.testMatrix("y", 1, count).doubles) < 1e-6)
    compute.fill(y, with: 2.5)
    #expect(y.array.allSatisfy { $0 == 2.5 })
  }
}
