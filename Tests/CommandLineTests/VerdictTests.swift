import Foundation
import TestSupport
import Testing

@Suite("The pages that gather what all tables say")
struct VerdictTests {
  private func text(_ path: String, _ project: TinyProject) throws -> String {
    try String(contentsOfFile: "\(project.root)/results/\(path)", encoding: .utf8)
  }

  @Test("A table that is reproduced brings verdicts and audit up to date, and again changes nothing")
  func refreshed() throws {
    let project = try TinyProject()
    #expect(try Program.run("report", "verdicts", "--scale", "smoke", in: project.root).code == 0)
    let before = try text("smoke/verdicts.md", project)
    #expect(before.contains("**They are close.** [tiny](tiny.md), close."))
    #expect(before.contains("not tested at this scale: there is no record of SLTrain"))
    let outcome = try project.reproduce("--quiet")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let after = try text("smoke/verdicts.md", project)
    #expect(outcome.output.contains("verdicts.md\n") && outcome.output.contains("audit.md\n"))
    #expect(after.contains("[SLTrain, 60M proxy, seed 42](runs/sltrain-"))
    #expect(try text("smoke/audit.md", project).contains("17 of 20 totals follow to the digit"))
    let again = try Program.run("report", "verdicts", "--scale", "smoke", in: project.root)
    #expect(again.code == 0 && again.output.hasPrefix(after))
    #expect(try text("smoke/verdicts.md", project) == after)
  }
}
