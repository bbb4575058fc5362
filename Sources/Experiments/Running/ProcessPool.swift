import Foundation

/// Runs child processes side by side, a few at a time, in one plain loop.
package struct ProcessPool {
  /// What happens while a pool runs.
  package enum Event: Equatable {
    /// A child said a line on its standard output.
    case line(job: Int, String)
    /// A child ended.
    case ended(job: Int, ChildExit)
    /// Nothing for a moment.
    case idle
  }

  /// The program that every child runs.
  package var executable: String
  /// Children at the same time.
  package var limit: Int
  /// How often the user asked to stop: once ends the children, twice kills them.
  package var stopRequests: () -> Int
  /// How long a child that is asked to end may take until it is killed.
  package var patience: TimeInterval

  /// Creates a pool.
  package init(
    executable: String, limit: Int, stopRequests: @escaping () -> Int = { StopSignals.requests },
    patience: TimeInterval = 10
  ) {
    self.executable = executable
    self.limit = limit
    self.stopRequests = stopRequests
    self.patience = patience
  }

  /// Runs one child for each list of arguments.
  ///
  /// - Returns: whether all were run; false if the user asked to stop.
  /// - Throws: ``Diagnostic`` if a child cannot be started; what `onEvent` throws. The children are ended first.
  package func run(_ jobs: [[String]], onEvent: (Event) throws -> Void) throws -> Bool {
    var running: [(job: Int, child: ChildProcess)] = []
    // A child must not outlive its parent, whatever happens here.
    defer {
      for (_, child) in running {
        kill(child.pid, SIGKILL)
        waitpid(child.pid, nil, 0)
      }
    }
    var next = 0
    var asked: Date?
    while next < jobs.count || !running.isEmpty {
      let stops = stopRequests()
      while stops == 0, next < jobs.count, running.count < limit {
        running.append((next, try ChildProcess(executable: executable, arguments: jobs[next])))
        next += 1
      }
      if stops > 0 {
        guard !running.isEmpty else { return false }
        let isFirst = asked == nil
        let deadline = asked ?? Date()
        asked = deadline
        if isFirst { running.forEach { kill($0.child.pid, SIGTERM) } }
        if stops > 1 || -deadline.timeIntervalSinceNow > patience { running.forEach { kill($0.child.pid, SIGKILL) } }
      }
      Self.wait(for: running.map(\.child))
      try collect(&running, isStopping: stops > 0, onEvent)
      try onEvent(.idle)
    }
    return asked == nil
  }

  /// Passes on what the children said, and takes out those that ended.
  private func collect(
    _ running: inout [(job: Int, child: ChildProcess)], isStopping: Bool, _ onEvent: (Event) throws -> Void
  ) throws {
    for (job, child) in running {
      let exit = child.exitIfEnded()
      for line in child.readLines() { try onEvent(.line(job: job, line)) }
      guard let exit else { continue }
      running.removeAll { $0.job == job }
      // A child that was told to end did not fail.
      if isStopping, exit != .success { continue }
      try onEvent(.ended(job: job, exit))
    }
  }

  /// Waits until a child says something or ends, at most a twentieth of a second.
  private static func wait(for children: [ChildProcess]) {
    var descriptors = children.flatMap { [$0.output, $0.errors] }.filter(\.isOpen).map {
      pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
    }
    // A child that has closed both is about to end, and nothing will tell when.
    let isEnding = children.contains { !$0.output.isOpen && !$0.errors.isOpen }
    poll(&descriptors, nfds_t(descriptors.count), isEnding ? 2 : 50)
  }
}
