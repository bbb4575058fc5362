import Foundation
import TestSupport
import Testing

@Suite("The regression gate on the command line")
struct RegressionCommandTests {
  /// A project with its baseline, recorded once for all tests that change something of it.
  private static let recorded = Result { () throws -> GateProject in
    let project = try GateProject()
    let outcome = try project.run("baseline")
    guard outcome.code == 0 else { throw Unrecorded(errors: outcome.errors) }
    return project
  }

  private struct Unrecorded: Error { let errors: [String] }

  private func project() throws -> GateProject {
    let recorded = try Self.recorded.get()
    let project = try GateProject()
    try FileManager.default.createDirectory(
      atPath: "\(project.tiny.root)/results/baseline", withIntermediateDirectories: true)
    try project.tiny.write(recorded.text(GateProject.baseline), to: GateProject.baseline)
    return project
  }

  @Test("Without a baseline there is nothing to compare with, and nothing is run")
  func noBaseline() throws {
    let project = try GateProject()
    let outcome = try project.run("regress")
    #expect(outcome.code == 5 && outcome.output.isEmpty)
    #expect(outcome.errors.last?.hasPrefix("results/baseline/smoke.json: there is no baseline") == true)
    #expect(!FileManager.default.fileExists(atPath: "\(project.tiny.root)/.work/regress"))
  }

  @Test("The same build is the same; another machine's records and old ones have no part in it")
  func same() throws {
    let project = try project()
    // A record of before that is not what this build makes: who trusted it would see another loss.
    #expect(try project.tiny.reproduce("--only", "full-rank").code == 0)
    let runs = "\(project.tiny.root)/.work/runs/smoke/runs"
    for name in try FileManager.default.contentsOfDirectory(atPath: runs) {
      let file = "\(runs)/\(name)/summary.json"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try text.replacing("\"correctedLoss\": 6", with: "\"correctedLoss\": 5")
        .write(toFile: file, atomically: true, encoding: .utf8)
    }
    let before = project.tiny.results
    let outcome = try project.run("regress")
    #expect(outcome.code == 0, "\(outcome.output) \(outcome.errors)")
    let summary = /\d+ numbers: \d+ the same\.\n/
    #expect(outcome.output.wholeMatch(of: summary) != nil, "\(outcome.output)")
    #expect(project.tiny.results == before)
  }

  @Test(
    "A number that is changed on purpose ends it with its code, and a line that names it",
    arguments: [
      ("/final/seed-42/loss", 0.999, "tiny", 2, "worse"), ("/final/seed-42/loss", 1.001, "tiny", 4, "better"),
      ("tiny/sltrain/60m-proxy/parameters", 0.9, "tiny", 2, "worse"),
      ("tiny/sltrain/60m-proxy/parameters", 1.1, "tiny", 4, "better"),
      ("tiny-stack/ba/2/value\"", 0.99, "tiny-stack", 2, "worse"),
      ("tiny-stack/ba/2/value\"", 1.01, "tiny-stack", 4, "better"),
      ("tiny-times/sltrain/tiny/4x32/speed-over-full-rank", 30, "tiny-times", 2, "worse"),
      ("tiny-times/sltrain/tiny/4x32/speed-over-full-rank", 0.1, "tiny-times", 4, "better"),
    ] as [(String, Double, String, Int32, String)])
  func changedBaseline(part: String, factor: Double, experiment: String, code: Int32, word: String) throws {
    let project = try project()
    let path = try project.multiplyBaseline(of: part, by: factor)
    let outcome = try project.run("regress", "--only", experiment, "--quiet")
    #expect(outcome.code == code, "\(outcome.output) \(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(lines.count == 1 && lines[0].contains("`\(path)`") && lines[0].contains("**\(word)**"), "\(lines)")
    #expect(outcome.output.contains(", 1 \(word)"))
    #expect(outcome.output.contains("move the baseline: make baseline") == (code == 4))
  }

  @Test("Where the runs themselves change, their lines show it, and the baseline is moved once that is meant")
  func changedRuns() throws {
    let project = try project()
    try project.replace("density: 0.05, alpha: 4}\n", by: "density: 0.08, alpha: 4}\n", in: "experiments/tiny.yaml")
    let worse = try project.run("regress", "--only", "tiny", "--quiet")
    #expect(worse.code == 2, "\(worse.errors)")
    #expect(worse.output.contains("`tiny/sltrain/60m-proxy/parameters`"))
    #expect(!worse.output.contains("`tiny/full-rank/"))
    let moved = try project.run("baseline", "--quiet")
    #expect(moved.code == 0 && moved.output.contains("`tiny/sltrain/60m-proxy/parameters`"))
    #expect(moved.output.hasSuffix("results/baseline/smoke.json: moved\n"))
    let text = try project.text(GateProject.baseline)
    #expect(try project.run("regress", "--quiet").code == 0)
    let again = try project.run("baseline", "--quiet")
    #expect(again.code == 0 && again.output.hasSuffix("nothing to move\n"))
    #expect(try project.text(GateProject.baseline) == text)
  }

  @Test("A cell that fails has a code of its own; nothing is compared, and no baseline is written")
  func failedCell() throws {
    let project = try project()
    // Prepares the data: what follows may write no large file.
    #expect(try project.tiny.reproduce("--only", "full-rank/*/search/0.003").code == 0)
    let before = try project.text(GateProject.baseline)
    for command in ["regress", "baseline"] {
      let line = "ulimit -f 6; exec '\(Program.path)' \(command)\(command == "regress" ? " --only tiny" : "")"
      let outcome = try Program.shell(line, in: project.tiny.root)
      #expect(outcome.code == 3, "\(outcome.output) \(outcome.errors)")
      #expect(outcome.errors.contains { $0.hasPrefix("failed: tiny: Full-Rank, 60M proxy") })
      #expect(outcome.errors.last == "nothing is compared" && outcome.output.isEmpty)
    }
    #expect(try project.text(GateProject.baseline) == before)
  }

  @Test("What is selected must be there")
  func unknownSelection() throws {
    let outcome = try project().run("regress", "--only", "table-99")
    #expect(outcome.code == 64)
    #expect(outcome.errors.last?.hasSuffix("known: tiny, tiny-stack, tiny-times") == true, "\(outcome.errors)")
  }
}
