import Foundation
import TestSupport
import Testing

@Suite("Reproducing everything")
struct EverythingTests {
  @Test("It says what there is to run, runs it in one view, and says what was made; again it runs nothing")
  func everything() throws {
    let project = try GateProject()
    let outcome = try project.run("reproduce", "--scale", "smoke")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let announced = outcome.errors.prefix(4)
    #expect(announced[0].wholeMatch(of: /tiny +smoke +9 runs, about .+/) != nil, "\(announced)")
    #expect(announced[1].wholeMatch(of: /tiny-stack +smoke +1 run, about .+/) != nil)
    #expect(announced[2].wholeMatch(of: /tiny-times +smoke +1 run, about .+/) != nil)
    #expect(announced[3].wholeMatch(of: /in all: 11 runs, about .+/) != nil)
    #expect(outcome.errors.contains { $0.hasPrefix("tiny: 9/9 ") })
    #expect(outcome.errors.contains { $0.hasPrefix("tiny-times: tiny: measured in") })
    #expect(
      outcome.output == """
        tiny: 9 trained → results/smoke/tiny.md
        tiny-stack: 1 made → results/smoke/tiny-stack.json
        tiny-times: 1 measured → results/smoke/tiny-times.md

        """)
    let files = FolderContents(of: project.tiny.root + "/results").files
    let described = try project.run("describe", "--scale", "smoke")
    #expect(described.output.contains("9 complete\n") && described.output.hasSuffix("in all: 0 runs, about 0 s\n"))
    let again = try project.run("reproduce", "--scale", "smoke")
    #expect(again.code == 0 && again.output.hasPrefix("tiny: 0 trained, 9 complete before"))
    #expect(again.output.contains("tiny-stack: 0 made, 1 complete before"))
    #expect(FolderContents(of: project.tiny.root + "/results").files == files)
  }

  @Test("What fails is said at the end and stops no other; the code is the failure's")
  func failures() throws {
    let project = try GateProject()
    try project.tiny.write("study: inference\nnme: broken\n", to: "experiments/broken.yaml")
    let table = TinyProject.table.replacing("table: tiny", with: "table: no-text").replacing(
      "corpus: tiny", with: "corpus: no-text")
    try project.tiny.write(table, to: "experiments/no-text.yaml")
    let corpus = try project.text("experiments/corpora/tiny.yaml")
    try project.tiny.write(corpus.replacing("texts", with: "nowhere"), to: "experiments/corpora/no-text.yaml")
    let outcome = try project.run("reproduce", "--scale", "smoke")
    #expect(outcome.code == 64)
    #expect(outcome.errors.first?.contains("broken.yaml:2:1: error: unknown key 'nme'") == true, "\(outcome.errors)")
    // Pages that gather what all specifications claim cannot be written either, and say so below what could be.
    let lines = outcome.output.split(separator: "\n").filter { !$0.hasPrefix("  failed: ") }
    #expect(lines.count == 5 && lines[0].hasPrefix("broken: failed: ") && lines[1].hasPrefix("no-text: failed: "))
    #expect(lines[2] == "tiny: 9 trained → results/smoke/tiny.md" && lines[4].hasPrefix("tiny-times: 1 measured"))
  }

  @Test("It goes on where it was interrupted")
  func interruption() throws {
    let project = try GateProject()
    let program = try Program.start(["reproduce", "--scale", "smoke"], in: project.tiny.root)
    let runs = "\(project.tiny.root)/results/smoke/runs"
    program.wait(seconds: 60) { (try? FileManager.default.contentsOfDirectory(atPath: runs).count >= 2) ?? false }
    program.send(SIGINT)
    let outcome = try program.wait(timeout: 60)
    #expect(outcome.code == 130, "\(outcome.errors)")
    #expect(outcome.output.contains("interrupted, run it again to go on"))
    #expect(outcome.output.hasSuffix("tiny-stack: not begun\ntiny-times: not begun\n"))
    let rest = try project.run("reproduce", "--scale", "smoke")
    #expect(rest.code == 0)
    let trained = try #require(rest.output.firstMatch(of: /tiny: (\d+) trained, (\d+) complete before/))
    #expect(Int(trained.2) ?? 0 >= 2 && (Int(trained.1) ?? 9) + (Int(trained.2) ?? 9) == 9)
  }

  @Test("Patterns select cells and whole tables; what has nothing of it is passed over and named")
  func selection() throws {
    let project = try GateProject()
    let cells = try project.run("describe", "--scale", "smoke", "--only", "sltrain/*/search,tiny-st*")
    #expect(cells.code == 0 && cells.output.contains("tiny            smoke   2 runs"), "\(cells.output)")
    #expect(cells.output.contains("tiny-stack      smoke   1 run"))
    #expect(cells.output.contains("passed over, having none of it: tiny-times"))
    let none = try project.run("reproduce", "--only", "sltrane")
    #expect(none.code == 64 && none.errors.last?.contains("no cell of any table matches 'sltrane'") == true)
    let scale = try project.run("reproduce", "--scale", "smoek")
    #expect(scale.code == 64 && scale.errors.last?.contains("did you mean 'smoke'") == true)
    let name = try project.run("reproduce", "tiny", "tinny", "--scale", "smoke")
    #expect(name.code == 64 && name.errors.last?.contains("did you mean 'tiny'") == true)
  }
}
