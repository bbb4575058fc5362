import Foundation
import TestSupport
import Testing

@Suite("The profile of a run on the command line")
struct ProfileTests {
  @Test("A profile is printed, written and drawn, and changes no loss; `run` is another name for `train`")
  func profile() throws {
    let folder = try TrainingFolder(method: "{name: sltrain, rank: 4, density: 0.05, alpha: 4, form: factored}")
    let plain = try folder.run("train", "run.yaml", "--tokens", "tokens.bin", "--quiet", "--output", "plain")
    let profiled = try folder.run(
      "run", "run.yaml", "--tokens", "tokens.bin", "--quiet", "--output", "profiled", "--profile")
    #expect(plain.code == 0 && profiled.code == 0, "\(plain.errors) \(profiled.errors)")
    func text(_ file: String) throws -> String {
      try String(contentsOfFile: "\(folder.path)/\(file)", encoding: .utf8)
    }
    #expect(try text("plain/losses.txt") == text("profiled/losses.txt"))
    let table = try text("profiled/profile.md")
    #expect(profiled.output.contains(table) && !plain.output.contains("ms an update"))
    for operation in ["linear layers", "sparse products", "attention", "head", "cross-entropy", "not named", "of sgemm"] {
      #expect(table.contains(operation), "\(operation)")
    }
    #expect(table.contains("58 updates of"))
    #expect(try text("profiled/profile.svg").contains("sparse products"))
  }

  @Test("A run too short to be profiled says so, and a mistake after `run` names what is wrong with it")
  func tooShort() throws {
    let folder = try TrainingFolder()
    try folder.write(TrainingFolder.specification(method: "full-rank", steps: 2), to: "short.yaml")
    let short = try folder.run("run", "short.yaml", "--tokens", "tokens.bin", "--quiet", "--profile")
    #expect(short.code == 0 && short.output.contains("profile: none; the first two updates are left out"))
    let wrong = try folder.run("run", "short.yaml", "--profil")
    #expect(wrong.code == 64 && wrong.errors.count == 1 && wrong.errors[0].contains("--profil"), "\(wrong.errors)")
    #expect(!wrong.errors[0].contains("unknown command"))
  }
}
