import Foundation
import TestSupport
import Testing

@Suite("Training that starts from a trained model, as a user runs it")
struct LineageTests {
  private let project: TinyProject

  init() throws {
    project = try TinyProject()
    let rows = """
        - label: Pruned
          startsFrom: Full-Rank
          method: {name: sparse-residual, rank: $rank, density: 0.05, support: top}
          training: {steps: 0}
        - label: Repaired
          startsFrom: Full-Rank
          method: {name: sparse-residual, rank: $rank, density: 0.05}
          learningRates: [1e-2, 3e-2]
      claims:
      """
    try project.write(
      TinyProject.table.replacingOccurrences(of: "claims:", with: rows), to: "experiments/tiny.yaml")
    try project.write(
      """
      study: residual
      name: look
      title: A look
      source: nowhere
      scales: {smoke: {table: tiny, row: Full-Rank, size: 60M proxy, rank: 4}}
      claims: [{id: small, statement: It is small., source: nowhere, test: found("cut") <= 9}]
      """, to: "experiments/look.yaml")
  }

  private var models: [String] {
    FolderContents(of: project.root + "/.work/runs").files.keys.filter { $0.hasSuffix("/model/kept.json") }.sorted()
  }

  @Test("What is killed on the way, or loses its models, ends with the bytes of what was left alone")
  func wholeTable() throws {
    let only = ["--only", "full-rank,pruned,repaired"]
    let program = try Program.start(["reproduce", "tiny", "--scale", "smoke"] + only, in: project.root)
    program.wait(seconds: 20) { !models.isEmpty }
    program.killAll()
    let outcome = try Program.start(["reproduce", "tiny", "--scale", "smoke"] + only, in: project.root).wait(
      timeout: 60)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(models.count == 1)
    let results = project.results
    let repaired = try #require(
      results.files.keys.first { $0.contains("sparse-residual-random") && $0.hasSuffix("cell.json") })
    let cell = try String(contentsOfFile: project.root + "/results/smoke/" + repaired, encoding: .utf8)
    #expect(cell.contains("\"startsFrom\": \"") && cell.contains("\"name\": \"full-rank\""))

    // Without the model nothing is missing; what needs it again trains it again, to the bit.
    let folder = (project.root + "/.work/runs/" + models[0] as NSString).deletingLastPathComponent
    try FileManager.default.removeItem(atPath: folder)
    #expect(try Program.run("report", "tiny", "--scale", "smoke", in: project.root).code == 0)
    let again = try Program.start(["reproduce", "tiny", "--scale", "smoke"] + only, in: project.root).wait(timeout: 60)
    #expect(again.code == 0 && again.errors.contains { $0.contains("1 trained") }, "\(again.errors)")
    #expect(models.count == 1 && project.results.difference(from: results) == [])
  }

  @Test("A look into a trained model trains what is missing, and writes its record, its page and its figure")
  func look() throws {
    let outcome = try Program.start(["reproduce", "look", "--scale", "smoke"], in: project.root).wait(timeout: 60)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("It is small. **holds**"))
    #expect(outcome.output.contains("The model: Full-Rank, 60M proxy, seed 42, rate "))
    for file in ["look.json", "look.md", "look.svg", "look.dat", "look.gp"] {
      #expect(FileManager.default.fileExists(atPath: "\(project.root)/results/smoke/\(file)"), "\(file)")
    }
    let before = project.results
    #expect(try Program.run("reproduce", "look", "--scale", "smoke", in: project.root).code == 0)
    #expect(project.results.difference(from: before) == [])
  }
}
