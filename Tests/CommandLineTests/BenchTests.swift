import Foundation
import TestSupport
import Testing

@Suite("sltrain bench")
struct BenchTests {
  @Test("A selection is measured, and its record, page and figure are written")
  func selection() throws {
    let project = try TinyProject()
    let outcome = try Program.run(
      "bench", "--scale", "smoke", "--only", "steps/16x1", "--rounds", "1", in: project.root)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("# SLTrain Bench's speed, and the machine's\n"))
    #expect(outcome.output.hasSuffix("thresholds: 0 met, 0 missed, 9 not measured\n"))
    for name in ["bench.json", "bench.md", "bench.svg"] {
      #expect(FileManager.default.fileExists(atPath: "\(project.root)/results/smoke/bench/\(name)"), "\(name)")
    }
    let page = try String(contentsOfFile: project.root + "/results/smoke/bench/bench.md", encoding: .utf8)
    #expect(page.contains("\n### 16x1, 2 x 32 tokens\n") && page.contains("| SLTrain densified |"))
  }

  @Test("A missed threshold has an exit code of its own, and the page is there all the same")
  func missed() throws {
    let project = try TinyProject()
    let file = project.root + "/experiments/bench.yaml"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let impossible = "  - {id: impossible, figure: share-of-sgemm, of: steps/16x1/full-rank, least: 1000}\n"
    try (text + impossible).write(toFile: file, atomically: true, encoding: .utf8)
    let outcome = try Program.run(
      "bench", "--scale", "smoke", "--only", "steps/16x1", "--rounds", "1", in: project.root)
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("| impossible     | missed "))
    #expect(outcome.output.hasSuffix("thresholds: 0 met, 1 missed, 9 not measured\n"))
  }

  @Test(
    "A mistake is one line",
    arguments: [
      (["--scale", "paper"], "experiments/bench.yaml: error: 'bench' has no scale 'paper'; known: desktop, smoke"),
      (["--scale", "smoke", "--only", "70b"], "error: '70b' selects nothing; known: ceilings, "),
      (["--rounds", "0"], "error: --rounds must be 1 or more; see 'sltrain bench --help'"),
      (["--scale", "smoke", "--peer", "false"], "error: 'false' ended with exit code 1 before it answered"),
    ])
  func mistakes(arguments: [String], message: String) throws {
    let project = try TinyProject()
    let outcome = try Program.start(["bench", "--quiet"] + arguments, in: project.root).wait(timeout: 60)
    #expect([64, 69].contains(outcome.code))
    #expect(outcome.errors.count == 1 && outcome.errors[0].hasPrefix(message), "\(outcome.errors)")
  }
}
