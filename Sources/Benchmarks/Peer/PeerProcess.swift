import Configuration
import Foundation
import Training

/// Another program that makes one update at a time when it is asked to, and says how long it took.
///
/// It is told on its standard input, a line of JSON first, what to lay out, and answers on its standard output with a line
/// of JSON that says what it is: `{"name": "PyTorch 2.13", "details": "…", "steps": ["full-rank"]}`. From then on a line
/// with the name of a step is answered by a line with its seconds, and behind them, where there was one, those of them that
/// a search for subspaces took. Anything else that it answers is a fault, which ends the measurement. It ends when its
/// standard input does.
public final class PeerProcess {
  /// What the program calls itself.
  public private(set) var name = ""
  /// Its versions and settings.
  public private(set) var details = ""
  private var steps: [String] = []
  private let command: String
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending = Data()

  /// Starts the program through the shell and waits until it is ready.
  ///
  /// - Parameters:
  ///   - command: as a shell reads it.
  ///   - layout: what the program is told first.
  /// - Throws: `Diagnostic` if it cannot be started, or answers something else than it should.
  public init(command: String, layout: ResolvedValue) throws {
    self.command = command
    // A program that has ended is a fault to be told of, and no reason to be killed by a signal.
    signal(SIGPIPE, SIG_IGN)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec \(command)"]
    process.standardInput = input
    process.standardOutput = output
    do {
      try process.run()
    } catch {
      throw Diagnostic(.unavailable, "'\(command)' could not be started: \(error.localizedDescription)")
    }
    let answer = try ask(layout.canonicalJSON)
    guard let value = try? ResolvedValue(json: Data(answer.utf8), file: command), let name = value["name"]?.stringValue,
      let steps = value["steps"]?.arrayValue?.compactMap(\.stringValue)
    else { throw fault("answered '\(answer)' at the start; expected a line of JSON with 'name' and 'steps'") }
    self.name = name
    self.steps = steps
    details = value["details"]?.stringValue ?? ""
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Has one update made.
  ///
  /// - Returns: what it took, as the program measured it.
  /// - Throws: `Diagnostic` if the program knows no such step, has ended, or answers no number of seconds.
  public func step(_ step: String) throws -> StepTime {
    guard steps.contains(step) else {
      throw fault("knows no step '\(step)'; it knows " + steps.joined(separator: ", "))
    }
    let answer = try ask(step)
    let words = answer.split(separator: " ")
    let times = words.compactMap { Double($0) }.filter { $0 >= 0 && $0.isFinite }
    guard times.count == words.count, (1...2).contains(times.count), times[0] > (times.count == 2 ? times[1] : 0) else {
      throw fault("answered '\(answer)' to '\(step)'; expected seconds")
    }
    return StepTime(seconds: times[0], searchSeconds: times.count == 2 ? times[1] : nil)
  }

  private func ask(_ line: String) throws -> String {
    guard (try? input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))) != nil,
      let answer = readLine()
    else {
      process.waitUntilExit()
      throw fault("ended with exit code \(process.terminationStatus) before it answered; its last words stand above")
    }
    return answer
  }

  /// The next line of the output, or nil where it has ended.
  private func readLine() -> String? {
    while true {
      if let end = pending.firstIndex(of: 0x0A) {
        defer { pending = Data(pending[(end + 1)...]) }
        return String(decoding: pending[..<end], as: UTF8.self)
      }
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { return nil }
      pending.append(more)
    }
  }

  private func fault(_ what: String) -> Diagnostic { Diagnostic(.unavailable, "'\(command)' \(what)") }
}
