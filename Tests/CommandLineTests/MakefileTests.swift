import Foundation
import TestSupport
import Testing

@Suite("The Makefile")
struct MakefileTests {
  private static let text = (try? String(contentsOfFile: Repository.root + "/Makefile", encoding: .utf8)) ?? ""

  /// The targets that the file declares as no files.
  static let targets = text.firstMatch(of: /\n\.PHONY: (.*)\n/)?.1.split(separator: " ").map(String.init) ?? []

  /// Programs that stand before the system's: of a machine where packages are there or not, and of a user who is not root.
  private func machine(hasPackages: Bool) throws -> (folder: TemporaryFolder, path: String) {
    let folder = try TemporaryFolder()
    let scripts = [
      "dpkg-query": hasPackages ? "echo install ok installed" : "exit 1", "id": "echo 1000", "python3": "exit 0",
    ]
    for (name, script) in scripts {
      let path = "\(folder.path)/\(name)"
      try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    return (folder, folder.path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""))
  }

  @Test("Every target has a recipe and a line of help", arguments: targets)
  func target(name: String) throws {
    let plan = try Program.shell("make -n \(name)", in: Repository.root)
    #expect(plan.code == 0 && plan.output.contains(" "))
    let help = try Program.shell("make", in: Repository.root)
    #expect(help.code == 0 && help.output.contains("\n  \(name) "))
  }

  @Test("Where nothing is missing, setup does nothing")
  func completeMachine() throws {
    let (folder, path) = try machine(hasPackages: true)
    let outcome = try Program.shell("make setup", in: Repository.root, with: ["PATH": path])
    #expect(outcome.code == 0 && outcome.output == "setup: nothing is missing\n")
    withExtendedLifetime(folder) {}
  }

  @Test("Without root, setup prints the one line to run, with every package that is missing")
  func ordinaryUser() throws {
    let (folder, path) = try machine(hasPackages: false)
    let outcome = try Program.shell("make setup", in: Repository.root, with: ["PATH": path])
    #expect(outcome.code == 2 && outcome.output.isEmpty)
    let line = try #require(outcome.errors.first)
    #expect(line.contains("run: sudo apt-get update && sudo apt-get install -y --no-install-recommends lib"))
    #expect(line.contains(" libopenblas-pthread-dev ") && line.hasSuffix(" curl"))
    withExtendedLifetime(folder) {}
  }

  @Test("What the user selects reaches the program, and nothing else is run")
  func selection() throws {
    let project = try TinyProject()
    let selection = "SCALE=smoke ONLY='full-rank/*/search/0.003' SEED=7"
    let outcome = try Program.shell(
      "make --no-print-directory -f '\(Repository.root)/Makefile' -o build reproduce-tiny \(selection) SLTRAIN='\(Program.path)'",
      in: project.root)
    #expect(outcome.code == 0 && outcome.errors.last == "1 trained", "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("# A tiny table\n"))
    let records = project.results.files.keys.filter { $0.hasSuffix("cell.json") }
    #expect(records.count == 1 && records[0].contains("full-rank-custom-lr0.003-seed42-tuning-"))
  }
}
