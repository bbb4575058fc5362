import Foundation
import TestSupport
import Testing

@Suite("Comparing runs on the command line")
struct CompareTests {
  /// The records of the tiny table's runs, by what their names begin with.
  private func record(_ start: String) throws -> String {
    let root = try Uninterrupted.shared.get().project.root
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(root)/results/smoke/runs").sorted()
    return try #require(names.first { $0.hasPrefix(start) })
  }

  private func compare(_ words: String...) throws -> Outcome {
    try Program.start(["compare"] + words, in: Uninterrupted.shared.get().project.root).wait(timeout: 60)
  }

  @Test("Two records are set beside each other: what differs in their settings, and all their numbers")
  func records() throws {
    let (left, right) = (try record("full-rank-custom-lr0.003"), try record("full-rank-custom-lr0.01"))
    let outcome = try compare(left, "results/smoke/runs/\(right)")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("# \(left) beside \(right)\n"))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.contains { $0.contains("`learningRate`") && $0.contains("0.003") && $0.contains("0.01") })
    #expect(!outcome.output.contains("`seed`"))
    #expect(lines.contains { $0.hasPrefix("| loss, corrected ") && $0.contains(" %") })
    #expect(lines.contains { $0.hasPrefix("| parameters while training ") && $0.contains("0 %") })
    #expect(lines.contains { $0.hasPrefix("| peak bytes, weights ") })
  }

  @Test("A record is the same as itself")
  func itself() throws {
    let name = try record("sltrain")
    let outcome = try compare(name, name)
    #expect(outcome.code == 0 && outcome.output.contains("No setting differs."))
    #expect(!outcome.output.contains("+") && !outcome.output.contains("−"))
  }

  @Test("The committed scales are set beside each other and beside the published numbers, row by row")
  func scales() throws {
    func run(_ words: String...) throws -> Outcome {
      try Program.start(["compare"] + words, in: Repository.root).wait(timeout: 60)
    }
    let published = try run("quick", "published", "--table", "table-2")
    #expect(published.code == 0, "\(published.errors)")
    #expect(published.output.hasPrefix("# quick beside published\n\n## table-2\n"))
    let line = try #require(
      published.output.split(separator: "\n").first {
        $0.contains("| SLTrain, 60M ") && $0.contains("| parameters ")
      })
    #expect(line.contains("86808 |") && line.contains("44000000ᵈ"))
    #expect(published.output.contains("| `model.hiddenSize`"))
    let paper = try run("paper", "published", "--table", "table-2")
    #expect(paper.output.contains("| SLTrain, 1B ") && paper.output.contains("No setting differs."))
    let scales = try run("smoke", "quick")
    #expect(scales.code == 0 && scales.output.contains("## table-2\n") && scales.output.contains("## table-7\n"))
    let page = try String(contentsOfFile: Repository.root + "/results/quick/table-2.md", encoding: .utf8)
    let record = try #require(page.firstMatch(of: /runs\/(sltrain-32x4-lr0\.03-seed42-[0-9a-f]+)/)?.1)
    let one = try run(String(record), "published")
    #expect(one.code == 0 && one.output.contains("34.15ʳ"), "\(one.errors)")
  }

  @Test(
    "What cannot be compared is refused, with what to do",
    arguments: [
      (["smok", "quick"], "did you mean 'smoke'"),
      (["nothing-like-it", "quick"], "is no record under results or .work"),
      (["published", "published"], "not with itself"), (["published", "smoke"], "put 'published' second"),
      (["smoke", "results"], "holds no 'cell.json'"),
      (["smoke", "quick", "--table", "table-8"], "have no row and size in common in 'table-8'"),
      (["smoke"], "see 'sltrain compare --help'"),
    ])
  func refusals(words: [String], message: String) throws {
    let project = try Uninterrupted.shared.get().project.root
    let outcome = try Program.start(["compare"] + words, in: project).wait(timeout: 60)
    #expect([64, 65].contains(outcome.code) && outcome.output.isEmpty)
    #expect(outcome.errors.last?.contains(message) == true, "\(outcome.errors)")
  }
}
