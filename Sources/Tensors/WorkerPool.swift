import CKernels
import Dispatch
import Foundation
import Synchronization

/// The process's helper threads: they take part in one job after another, and wait in between.
///
/// A step has a thousand jobs of less than a millisecond, and waking a thread that sleeps takes longer than what is done
/// between two jobs. So a helper looks for the next job for some microseconds before it goes to sleep, and so does the
/// caller for its helpers.
final class WorkerPool: Sendable {
  static let shared = WorkerPool()

  /// One job at a time; a second, or one within a job, is done by its own caller alone.
  private let isTaken = Atomic(false)
  private let helpers = Mutex<[Helper]>([])

  /// Runs `body(worker)` for every worker below `count` at once, 0 being the caller; returns false, and runs nothing, where
  /// the pool is busy.
  func run(_ count: Int, _ body: (_ worker: Int) -> Void) -> Bool {
    guard !isTaken.exchange(true, ordering: .acquiring) else { return false }
    defer { isTaken.store(false, ordering: .releasing) }
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      let taking = helpers(count - 1)
      for (index, helper) in taking.enumerated() { helper.begin { body(index + 1) } }
      body(0)
      for helper in taking { helper.finish() }
    }
    return true
  }

  private func helpers(_ count: Int) -> ArraySlice<Helper> {
    helpers.withLock { helpers in
      while helpers.count < count { helpers.append(Helper()) }
      return helpers.prefix(count)
    }
  }
}

/// One thread, which does what it is given and waits.
private final class Helper: @unchecked Sendable {
  private var work: () -> Void = {}
  private let toDo = Signal()
  private let isDone = Signal()

  init() {
    let thread = Thread { [unowned self] in
      while true {
        toDo.wait()
        work()
        isDone.give()
      }
    }
    thread.name = "worker"
    thread.stackSize = 8 << 20
    thread.start()
  }

  func begin(_ work: @escaping () -> Void) {
    self.work = work
    toDo.give()
  }

  func finish() {
    isDone.wait()
    work = {}
  }
}

/// A signal that one thread gives and another waits for: by looking at first, then asleep.
private final class Signal: Sendable {
  private enum State {
    static let none = 0
    static let given = 1
    static let sleeping = 2
  }

  private let state = Atomic(State.none)
  private let semaphore = DispatchSemaphore(value: 0)
  /// Looks before the sleep: some tens of microseconds.
  private static let looks = 4000

  func give() {
    if state.exchange(State.given, ordering: .acquiringAndReleasing) == State.sleeping { semaphore.signal() }
  }

  func wait() {
    for _ in 0..<Self.looks {
      if state.load(ordering: .acquiring) == State.given {
        return state.store(State.none, ordering: .relaxed)
      }
      slk_relax()
    }
    let (falls, _) = state.compareExchange(
      expected: State.none, desired: State.sleeping, ordering: .acquiringAndReleasing)
    if falls { semaphore.wait() }
    state.store(State.none, ordering: .relaxed)
  }
}
