import Configuration
import Foundation

/// How a child process ended.
package enum ChildExit: Equatable, Sendable {
  /// With the exit code 0.
  case success
  /// With another exit code, or by a signal; the message is the last line that it wrote to its standard error.
  case failure(code: Int32, message: String)
}

/// A running child process, whose output is read without ever waiting for it.
final class ChildProcess {
  let pid: pid_t
  private(set) var output: OutputLines
  private(set) var errors: OutputLines

  /// Starts a program in a process group of its own, so that a key press of the user reaches the parent alone.
  ///
  /// - Throws: ``Diagnostic`` `.unavailable` if the program cannot be started.
  init(executable: String, arguments: [String]) throws {
    let pipes = [try Self.makePipe(), try Self.makePipe()]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, pipes[0].writing, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, pipes[1].writing, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    let words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var pid: pid_t = 0
    let status = posix_spawn(&pid, executable, &actions, &attributes, words, environ)
    pipes.forEach { close($0.writing) }
    guard status == 0 else {
      pipes.forEach { close($0.reading) }
      throw Diagnostic.file(executable, .unavailable, "cannot be started: \(String(cString: strerror(status)))")
    }
    self.pid = pid
    output = OutputLines(descriptor: pipes[0].reading)
    errors = OutputLines(descriptor: pipes[1].reading)
  }

  deinit {
    output.close()
    errors.close()
  }

  /// Reads what has come, and returns the new lines of the standard output.
  func readLines() -> [String] {
    errors.read()
    output.read()
    return output.takeLines()
  }

  /// How the process ended, or nil while it runs.
  func exitIfEnded() -> ChildExit? {
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
    errors.read()
    let signal = status & 0x7F
    let code = (status >> 8) & 0xFF
    guard signal != 0 || code != 0 else { return .success }
    let fallback = signal != 0 ? "was ended by signal \(signal)" : "ended with exit code \(code) and no message"
    return .failure(code: signal != 0 ? 128 + signal : code, message: errors.lastLine ?? fallback)
  }

  private static func makePipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw Diagnostic(.unavailable, "no pipe to a child process: \(String(cString: strerror(errno)))")
    }
    ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }
}

/// The lines that come through a pipe.
struct OutputLines {
  private(set) var descriptor: Int32
  private var pending: [UInt8] = []
  private var lines: [String] = []
  /// The last line that holds something.
  private(set) var lastLine: String?

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Whether more can come.
  var isOpen: Bool { descriptor >= 0 }

  /// Reads what is there.
  mutating func read() {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while isOpen {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      guard count > 0 else {
        append(ArraySlice("\n".utf8))
        return close()
      }
      append(buffer[..<count])
    }
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      guard byte == 0x0A else {
        pending.append(byte)
        continue
      }
      let line = String(decoding: pending, as: UTF8.self)
      pending.removeAll(keepingCapacity: true)
      guard !line.allSatisfy(\.isWhitespace) else { continue }
      lines.append(line)
      lastLine = line
    }
  }

  /// The lines since the last call.
  mutating func takeLines() -> [String] {
    defer { lines.removeAll(keepingCapacity: true) }
    return lines
  }

  /// Closes the pipe's end.
  mutating func close() {
    guard isOpen else { return }
    _ = Foundation.close(descriptor)
    descriptor = -1
  }
}
