import Configuration
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Running child processes side by side")
struct ProcessPoolTests {
  /// What a pool told, in order, without its idle moments.
  private func events(
    _ script: String, _ jobs: [[String]], limit: Int = 2, patience: TimeInterval = 20,
    stops: @escaping () -> Int = { 0 }
  ) throws -> (isComplete: Bool, events: [ProcessPool.Event]) {
    let program = try FakeProgram(script)
    var events: [ProcessPool.Event] = []
    let pool = ProcessPool(executable: program.path, limit: limit, stopRequests: stops, patience: patience)
    let isComplete = try pool.run(jobs) { if $0 != .idle { events.append($0) } }
    return (isComplete, events)
  }

  @Test("Every line and every end is told, also of a child that says much and ends at once")
  func lines() throws {
    let (isComplete, events) = try events(
      "for i in $(seq 1 $1); do echo \"line $i\"; done; printf end", [["3"], ["5000"]])
    #expect(isComplete)
    let first = events.filter { if case .line(0, _) = $0 { true } else { false } }
    #expect(first == [.line(job: 0, "line 1"), .line(job: 0, "line 2"), .line(job: 0, "line 3"), .line(job: 0, "end")])
    #expect(events.count { if case .line(1, _) = $0 { true } else { false } } == 5001)
    // Which of the two ends last is the system's affair; each ends after its own lines.
    for job in 0...1 {
      let own = events.filter { event in
        switch event {
        case .line(job, _), .ended(job, _): true
        default: false
        }
      }
      #expect(own.last == .ended(job: job, .success))
    }
  }

  @Test("No more children run at once than the limit says", arguments: [1, 2, 3])
  func limits(limit: Int) throws {
    let marks = try TemporaryFolder()
    let script = "touch \(marks.path)/$1; ls \(marks.path) | wc -l; sleep 0.1; rm \(marks.path)/$1"
    let (_, events) = try events(script, (0..<6).map { ["\($0)"] }, limit: limit)
    let counts = events.compactMap {
      if case .line(_, let line) = $0 { Int(line.trimmingCharacters(in: .whitespaces)) } else { nil }
    }
    #expect(counts.count == 6 && counts.allSatisfy { $0 <= limit })
    #expect(limit == 1 || counts.contains { $0 > 1 })
  }

  @Test("A child that fails gives its exit code and its last line of complaint; the others go on")
  func failure() throws {
    let script = "if [ $1 = bad ]; then echo first >&2; echo 'a.yaml:1:1: error: wrong' >&2; echo >&2; exit 65; fi"
    let (isComplete, events) = try events(script, [["bad"], ["good"], ["good"]], limit: 1)
    #expect(isComplete)
    #expect(
      events == [
        .ended(job: 0, .failure(code: 65, message: "a.yaml:1:1: error: wrong")), .ended(job: 1, .success),
        .ended(job: 2, .success),
      ])
  }

  @Test("A child that says nothing, or that a signal ends, has a message all the same")
  func silentFailure() throws {
    let (_, events) = try events("[ $1 = signal ] && kill -9 $$; exit 3", [["signal"], ["code"]], limit: 1)
    #expect(
      events == [
        .ended(job: 0, .failure(code: 137, message: "was ended by signal 9")),
        .ended(job: 1, .failure(code: 3, message: "ended with exit code 3 and no message")),
      ])
  }

  @Test("When the user asks to stop, running children are told to end and none begins")
  func stopping() throws {
    let marks = try TemporaryFolder()
    let stops = {
      ["a", "b"].allSatisfy { FileManager.default.fileExists(atPath: "\(marks.path)/\($0)") } ? 1 : 0
    }
    let script =
      "trap 'touch \(marks.path)/$1.ended; exit 143' TERM; touch \(marks.path)/$1; while :; do sleep 0.02; done"
    let (isComplete, events) = try events(script, [["a"], ["b"], ["c"]], stops: stops)
    #expect(!isComplete && events.isEmpty)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: marks.path).sorted() == ["a", "a.ended", "b", "b.ended"])
  }

  @Test("A child that does not end when it is told to is killed in the end")
  func stubborn() throws {
    let start = Date()
    let (isComplete, _) = try events("trap '' TERM; while :; do sleep 0.05; done", [["a"]], patience: 0.3) {
      Date().timeIntervalSince(start) > 0.2 ? 1 : 0
    }
    #expect(!isComplete && Date().timeIntervalSince(start) < 15)
  }

  @Test("A child that ends well while the pool stops counts as done")
  func finishesWhileStopping() throws {
    let marks = try TemporaryFolder()
    let ready = marks.path + "/ready"
    let script = "trap 'exit 0' TERM; touch \(ready); while :; do sleep 0.02; done"
    let (isComplete, events) = try events(script, [["a"]]) { FileManager.default.fileExists(atPath: ready) ? 1 : 0 }
    #expect(!isComplete && events == [.ended(job: 0, .success)])
  }

  @Test("What the listener throws ends the children and comes through")
  func listenerThrows() throws {
    struct Enough: Error {}
    let marks = try TemporaryFolder()
    let program = try FakeProgram("echo $$; sleep 30; touch \(marks.path)/late")
    var pid: pid_t = 0
    #expect(throws: Enough.self) {
      _ = try ProcessPool(executable: program.path, limit: 1, stopRequests: { 0 }).run([[]]) {
        guard case .line(_, let line) = $0 else { return }
        pid = pid_t(line) ?? 0
        throw Enough()
      }
    }
    #expect(pid > 0 && kill(pid, 0) != 0)
  }

  @Test("A program that cannot be started is reported")
  func missingProgram() {
    #expect(
      diagnosticText {
        try ProcessPool(executable: "/nowhere/program", limit: 1, stopRequests: { 0 }).run([[]]) { _ in }
      }
        == "/nowhere/program: error: cannot be started: No such file or directory")
  }

  @Test("Signals are counted while something that can be stopped runs")
  func signals() {
    StopSignals.catching {
      for number in [SIGTERM, SIGINT, SIGHUP] {
        let before = StopSignals.requests
        kill(getpid(), number)
        let deadline = Date().addingTimeInterval(2)
        while StopSignals.requests == before, Date() < deadline { usleep(1000) }
        #expect(StopSignals.requests == before + 1)
      }
    }
  }

  @Test("Before and after, a signal ends the process as ever")
  func signalsOutside() async {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      StopSignals.catching { StopSignals.catching {} }
      kill(getpid(), SIGTERM)
      sleep(5)
    }
  }
}
