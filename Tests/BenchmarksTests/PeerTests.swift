import Benchmarks
import Configuration
import Foundation
import TestSupport
import Testing
import Training

@Suite("Another program's updates")
struct PeerTests {
  /// A program in the shell's own words; it ends when its input does.
  private func program(_ script: String) throws -> (folder: TemporaryFolder, command: String) {
    let folder = try TemporaryFolder()
    try script.write(toFile: folder.path + "/peer", atomically: true, encoding: .utf8)
    return (folder, "/bin/sh '\(folder.path)/peer'")
  }

  private static let stub = """
    read layout
    echo '{"name": "Stub 1", "details": "a shell", "steps": ["full-rank", "searching", "slow"]}'
    while read step; do
      case $step in
        full-rank) echo 0.25 ;;
        searching) echo 4 3 ;;
        slow) echo nonsense ;;
      esac
    done
    """

  @Test("A program says what it is, and answers a step with its seconds")
  func answers() throws {
    let (folder, command) = try program(Self.stub)
    let peer = try PeerProcess(command: command, layout: .object([:]))
    #expect(peer.name == "Stub 1" && peer.details == "a shell")
    #expect(try peer.step("full-rank") == StepTime(seconds: 0.25))
    #expect(try peer.step("searching") == StepTime(seconds: 4, searchSeconds: 3))
    #expect(try peer.step("full-rank") == StepTime(seconds: 0.25))
    #expect(
      diagnosticText { try peer.step("other") }
        == "error: '\(command)' knows no step 'other'; it knows full-rank, searching, slow")
    #expect(
      diagnosticText { try peer.step("slow") }
        == "error: '\(command)' answered 'nonsense' to 'slow'; expected seconds")
    withExtendedLifetime(folder) {}
  }

  @Test(
    "A program that does not hold to the protocol is told of",
    arguments: [
      ("exit 7", "ended with exit code 7 before it answered"), ("read x; exit 3", "ended with exit code 3"),
      ("read x; echo hello", "answered 'hello' at the start; expected a line of JSON with 'name' and 'steps'"),
    ])
  func faults(script: String, message: String) throws {
    let (folder, command) = try program(script)
    let text = diagnosticText { try PeerProcess(command: command, layout: .null) }
    #expect(text.hasPrefix("error: '\(command)' \(message)"), "\(text)")
    withExtendedLifetime(folder) {}
  }

  @Test("The program is told the model, the batch, its threads and the method of every step; its updates follow ours")
  func rounds() throws {
    let folder = try TemporaryFolder()
    let log = folder.path + "/log"
    let script = """
      read layout; echo "$layout" > '\(log)'
      echo '{"name": "Stub", "steps": ["full-rank", "full-rank-fused", "sltrain", "low-rank", "galore"]}'
      while read step; do echo $step >> '\(log)'; echo 0.5; done
      """
    try script.write(toFile: folder.path + "/peer", atomically: true, encoding: .utf8)
    let scale = try Shipped.specification().scale("smoke")
    let record = try BenchmarkRunner(
      scale, workers: 1, rounds: 1, recordFile: folder.path + "/pytorch.json"
    ).run(peer: "/bin/sh '\(folder.path)/peer'")
    let group = try #require(record["pytorch/16x1"])
    #expect(
      group.measurements.map(\.name) == [
        "full-rank", "pytorch-full-rank", "pytorch-full-rank-fused", "sltrain", "pytorch-sltrain", "low-rank",
        "pytorch-low-rank", "galore", "pytorch-galore",
      ])
    #expect(group["pytorch-sltrain"]?.seconds == [0.5] && group["pytorch-sltrain"]?.tokens == 64)
    #expect(group.machine.peer == "Stub ()")
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    let layout = try ResolvedValue(json: Data(lines[0].utf8), file: log)
    #expect(layout["model"]?["hiddenSize"] == .integer(16) && layout["threads"] == .integer(1))
    #expect(layout["batch"] == .integer(2) && layout["methods"]?["sltrain"]?["rank"] == .integer(4))
    // A go that does not count, and one that does.
    #expect(
      lines.dropFirst().map(String.init)
        == Array(repeating: ["full-rank", "full-rank-fused", "sltrain", "low-rank", "galore"], count: 2).flatMap { $0 })
  }
}
