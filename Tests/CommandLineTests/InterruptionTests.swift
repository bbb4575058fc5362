import Foundation
import TestSupport
import Testing

@Suite("Interrupting the program")
struct InterruptionTests {
  @Test("A table whose run is killed ten times ends with the bytes of one that never was")
  func killed() throws {
    let expected = try Uninterrupted.shared.get()
    try #require(expected.outcome.code == 0)
    let project = try TinyProject()
    var random = TinyProject.Sequence(state: 2024)
    // Two cells run at once, so all moments together are in what the whole run took with one.
    let lengths = (0..<10).map { _ in 0.2 + random.share() }
    let total = lengths.reduce(0, +)
    var kills = 0
    for (index, length) in lengths.enumerated() {
      let program = try Program.start(["reproduce", "tiny", "--scale", "smoke"], in: project.root)
      program.wait(seconds: length / total * 0.6 * expected.outcome.seconds)
      kills += program.isRunning ? 1 : 0
      // What a killed parent leaves behind goes on for a while, and meets the cells of the next.
      if index % 3 == 0 { program.killAlone() } else { program.killAll() }
    }
    #expect(kills >= 5, "the run ended too soon to be killed")
    let last = try project.reproduce()
    #expect(last.code == 0 && last.errors.last?.contains("failed") == false)
    #expect(project.results.difference(from: expected.results) == [])
    #expect(FolderContents(of: project.root).leftovers == [])
  }

  @Test("A report that is killed while it is written is whole or not there, and the next one has the same bytes")
  func killedReport() throws {
    let expected = try Uninterrupted.shared.get()
    let project = try TinyProject(copying: expected.project)
    let whole = expected.results.files
    for milliseconds in stride(from: 10, through: 130, by: 20) {
      for name in whole.keys where !name.contains("/") {
        try? FileManager.default.removeItem(atPath: "\(project.root)/results/smoke/\(name)")
      }
      let program = try Program.start(["report", "tiny", "--scale", "smoke"], in: project.root)
      program.wait(seconds: Double(milliseconds) / 1000)
      program.killAll()
      for (path, data) in project.results.files where !path.hasSuffix(".partial") { #expect(whole[path] == data) }
    }
    #expect(try Program.run("report", "tiny", "--scale", "smoke", in: project.root).code == 0)
    #expect(project.results.difference(from: expected.results) == [])
  }

  @Test("A user who interrupts gets exit code 130 and one line that says how to go on; the next run does")
  func interrupted() throws {
    let expected = try Uninterrupted.shared.get()
    let project = try TinyProject()
    let program = try Program.start(["reproduce", "tiny", "--scale", "smoke"], in: project.root)
    let runs = project.root + "/.work/runs/smoke/runs"
    program.wait(seconds: 20) {
      FolderContents(of: runs).files.keys.contains { $0.hasSuffix("checkpoint.safetensors") }
    }
    program.send(SIGINT)
    let outcome = try program.wait(timeout: 20)
    #expect(outcome.code == 130 && outcome.output.isEmpty)
    #expect(outcome.errors.last?.hasSuffix("; interrupted, run it again to go on") == true)
    #expect(!FileManager.default.fileExists(atPath: project.root + "/results/smoke/tiny.md"))
    #expect(try project.reproduce().code == 0)
    // A child that was told to end in the middle of a write leaves its half, which the next writer takes away.
    #expect(FolderContents(of: runs).leftovers == [])
    #expect(project.results.difference(from: expected.results) == [])
    #expect(FolderContents(of: project.root).leftovers == [])
  }

  @Test("A single run that is killed goes on from its checkpoint and ends with the same losses and the same model")
  func killedTraining() throws {
    let folder = try TrainingFolder()
    let arguments = ["train", "run.yaml", "--tokens", "tokens.bin", "--validation-tokens", "held-out.bin", "--quiet"]
    let whole = try Program.start(
      arguments + ["--output", "whole", "--export", "whole-model"], in: folder.path
    ).wait(timeout: 60)
    try #require(whole.code == 0)
    var kills = 0
    for share in [0.3, 0.45, 0.5] {
      let program = try Program.start(arguments + ["--output", "killed", "--export", "model"], in: folder.path)
      program.wait(seconds: share * whole.seconds)
      kills += program.isRunning ? 1 : 0
      program.killAll()
    }
    #expect(kills >= 1)
    let last = try Program.start(arguments + ["--output", "killed", "--export", "model"], in: folder.path)
      .wait(timeout: 60)
    #expect(last.code == 0)
    #expect(folder.contents("killed/losses.txt") == folder.contents("whole/losses.txt"))
    #expect(folder.contents("killed/losses.txt").split(separator: "\n").count == TrainingFolder.steps)
    #expect(FolderContents(of: folder.path + "/model") == FolderContents(of: folder.path + "/whole-model"))
    // All but the first line, which names the folder.
    #expect(last.output.split(separator: "\n")[1...5] == whole.output.split(separator: "\n")[1...5])
  }
}
