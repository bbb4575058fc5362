import Foundation
import MemoryAccounting
import TestSupport
import Testing

@Suite("Measuring memory from the command line")
struct MemoryTests {
  /// The tiny table's rows, for their memory alone.
  private static let table = """
    extends: tiny.yaml
    table: tiny-memory
    title: A tiny table of memory
    claims: []
    scales:
      quick:
        description: For a test.
        memory:
          training:
            precision: {weights: bf16, gradients: bf16}
            optimizer: {updates: per-layer, moments: 8-bit}
            steps: 2
            batch: 2
            evaluation: {every: 0, batch: 2, tokens: 1}
          sizes:
            - label: tiny
              variables: {rank: 4}
              training: {model: {vocabularySize: 1000, hiddenSize: 16, intermediateSize: 43, layers: 2, heads: 2}}
    """

  private func project() throws -> TinyProject {
    let project = try TinyProject()
    try project.write(Self.table, to: "experiments/tiny-memory.yaml")
    return project
  }

  @Test("What is predicted is what is measured, to the byte, and what the allocator counts; twice the same")
  func measured() throws {
    let project = try project()
    let first = try Program.run("reproduce", "tiny-memory", in: project.root)
    #expect(first.code == 0 && first.errors.last == "3 trained", "\(first.errors)")
    let report = try String(contentsOfFile: project.root + "/results/quick/tiny-memory.md", encoding: .utf8)
    #expect(report.contains("Prediction and measurement are the same to the byte in all 3 runs that were made."))
    #expect(report.contains("Its arenas, one a category, count the same bytes") == Memory.isCrossChecked)
    let files = FolderContents(of: project.root + "/results").files
    #expect(files.keys.count { $0.hasPrefix("quick/predictions/") } == 3)
    #expect(files.keys.contains("quick/tiny-memory-memory.svg"))
    let second = try Program.run("reproduce", "tiny-memory", in: project.root)
    #expect(second.errors == ["0 trained, 3 complete before"] && second.output == first.output)
    #expect(FolderContents(of: project.root + "/results").files == files)
  }

  @Test("A description predicts and runs nothing, and a scale that there is not is answered with those that there are")
  func described() throws {
    let project = try project()
    let outcome = try Program.run("describe", "tiny-memory", in: project.root)
    #expect(outcome.code == 0 && outcome.output.contains("SLTrain / tiny / memory"))
    #expect(outcome.output.contains("in all: 3 runs for their memory, 0 predicted, about "))
    #expect(!FileManager.default.fileExists(atPath: project.root + "/results"))
    let wrong = try Program.run("reproduce", "tiny-memory", "--scale", "paper", in: project.root)
    #expect(wrong.code == 64)
    #expect(
      wrong.errors == ["experiments/tiny-memory.yaml: error: has no scale 'paper'; known: smoke, quick"])
  }
}
