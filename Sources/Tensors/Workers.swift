import Synchronization

/// The threads that a computation runs on.
///
/// Work is always cut into the same blocks, whatever the number of workers, and no block's result depends on which
/// worker takes it: that is what makes 1 and 2 workers give the same bits.
public final class Workers: Sendable {
  /// How many threads take part, the caller's included.
  public let count: Int
  /// Whether nothing is run at all: the computation is only laid out.
  private let isIdle: Bool

  /// Creates workers; 1 is a plain loop on the caller's thread.
  ///
  /// - Parameter isIdle: whether no block is ever run.
  public init(_ count: Int, isIdle: Bool = false) {
    precondition(count >= 1, "a computation needs at least one worker")
    self.count = count
    self.isIdle = isIdle
  }

  /// Runs `body(block, worker)` for every block in `0..<blocks`; `worker` is below ``count`` and names the thread's
  /// own scratch memory.
  public func forEach(_ blocks: Int, _ body: (_ block: Int, _ worker: Int) -> Void) {
    guard !isIdle else { return }
    let takers = min(count, blocks)
    guard takers > 1 else {
      for block in 0..<blocks { body(block, 0) }
      return
    }
    let next = Atomic(0)
    let ran = WorkerPool.shared.run(takers) { worker in
      while true {
        let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard block < blocks else { return }
        body(block, worker)
      }
    }
    if !ran {
      for block in 0..<blocks { body(block, 0) }
    }
  }

  /// Runs `body` for consecutive ranges of at most `size` items that cover `0..<items`.
  public func forEachRange(of items: Int, size: Int, _ body: (_ range: Range<Int>, _ worker: Int) -> Void) {
    forEach((items + size - 1) / size) { block, worker in
      body((block * size)..<min(items, (block + 1) * size), worker)
    }
  }
}
