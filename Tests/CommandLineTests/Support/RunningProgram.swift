import Foundation
import TestSupport

/// A process that was started by a test, with all it starts itself.
final class RunningProgram {
  /// What can go wrong with a process beside what it is tested for.
  enum Failure: Error {
    case cannotStart(String)
    case tookTooLong([String], seconds: Double)
  }

  let pid: pid_t
  private let words: [String]
  private let start = Date()
  private let folder: TemporaryFolder
  private let output: String
  private let errors: String
  private var status: Int32?

  /// Starts a program in a process group of its own.
  ///
  /// - Parameters:
  ///   - output: where standard output goes, if not into the outcome.
  ///   - errors: where standard error goes, if not into the outcome.
  init(
    _ words: [String], in workplace: String, environment: [String: String], output: String? = nil,
    errors: String? = nil
  ) throws {
    self.words = words
    folder = try TemporaryFolder()
    self.output = output ?? folder.path + "/output"
    self.errors = errors ?? folder.path + "/errors"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, self.output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, self.errors, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    // Nothing that another test has open may live on in this process.
    for descriptor in Int32(3)..<256 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The threads of tests block signals, and a program starts with what its parent blocks.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    // The system has no call for the working folder of a program that is started; `env` becomes the program.
    let command = ["/usr/bin/env", "-C", workplace] + words
    let arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var pid: pid_t = 0
    let fault = posix_spawn(&pid, command[0], &actions, &attributes, arguments, variables)
    guard fault == 0 else { throw Failure.cannotStart("\(command): \(String(cString: strerror(fault)))") }
    self.pid = pid
  }

  deinit { if isRunning { killAll() } }

  /// Whether it has not ended.
  var isRunning: Bool {
    guard status == nil else { return false }
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return true }
    self.status = status
    return false
  }

  /// Waits for a time, or until the program ends or something is so.
  func wait(seconds: Double, until isEnough: () -> Bool = { false }) {
    let deadline = Date().addingTimeInterval(seconds)
    while isRunning, Date() < deadline, !isEnough() { usleep(2000) }
  }

  /// Waits for the end.
  ///
  /// - Throws: ``Failure`` if it does not come in time; the program is killed.
  func wait(timeout: Double) throws -> Outcome {
    wait(seconds: timeout)
    guard !isRunning, let status else {
      killAll()
      throw Failure.tookTooLong(words, seconds: timeout)
    }
    let signal = status & 0x7F
    return Outcome(
      code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: Self.text(output),
      errors: Self.text(errors).split(separator: "\n").map(String.init), seconds: -start.timeIntervalSinceNow)
  }

  /// Sends a signal to the program alone.
  func send(_ signal: Int32) { if isRunning { kill(pid, signal) } }

  /// Kills the program and what it has started.
  func killAll() {
    let group = Self.descendants(of: pid) + [pid]
    group.forEach { kill($0, SIGKILL) }
    while isRunning { usleep(500) }
  }

  /// Kills the program and leaves what it has started to itself.
  func killAlone() {
    kill(pid, SIGKILL)
    while isRunning { usleep(500) }
  }

  private static func text(_ path: String) -> String {
    guard !path.hasPrefix("/dev/") else { return "" }
    return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The processes that a process has started, and theirs.
  private static func descendants(of parent: pid_t) -> [pid_t] {
    let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }
    let parents = numbers.compactMap { number -> (child: pid_t, parent: pid_t)? in
      // After the name, which is in brackets and may hold anything: the state and the parent.
      let fields = text("/proc/\(number)/stat").split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 1 ? pid_t(fields[1]).map { (number, $0) } : nil
    }
    func below(_ parent: pid_t) -> [pid_t] {
      parents.filter { $0.parent == parent }.flatMap { [$0.child] + below($0.child) }
    }
    return below(parent)
  }
}
