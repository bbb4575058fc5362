import Foundation
import TestSupport
import Testing

@Suite("Tables of times on the command line")
struct TimingCommandTests {
  /// A folder with the shipped specifications, and nothing measured.
  private func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Repository.experiments, toPath: "\(folder.path)/experiments")
    return folder
  }

  @Test(
    "A table of times is measured, written with its figures, not measured twice, and reported from its record",
    arguments: [("table-3", [String]()), ("table-5", ["table-5-9m.svg"])])
  func smoke(table: String, figures: [String]) throws {
    let project = try project()
    let first = try Program.run("reproduce", table, "--scale", "smoke", in: project.path)
    #expect(first.code == 0, "\(first.errors)")
    #expect(first.output.contains("## Claims") && first.output.contains("SLTrain, densified"))
    for file in ["\(table).md", "\(table).json"] + figures {
      #expect(FileManager.default.fileExists(atPath: "\(project.path)/results/smoke/\(file)"), "\(file)")
    }
    let record = FileManager.default.contents(atPath: "\(project.path)/results/smoke/\(table).json")
    let second = try Program.run("reproduce", table, "--scale", "smoke", in: project.path)
    #expect(second.errors.contains { $0.contains("not again; '--again' measures it anew") })
    #expect(second.output == first.output)
    let report = try Program.run("report", table, "--scale", "smoke", in: project.path)
    #expect(report.code == 0 && report.output == first.output)
    #expect(FileManager.default.contents(atPath: "\(project.path)/results/smoke/\(table).json") == record)
    let again = try Program.run("reproduce", table, "--scale", "smoke", "--again", "--quiet", in: project.path)
    #expect(again.code == 0 && again.output != first.output)
  }

  @Test("Figure 12 has a second panel of times")
  func figure12() throws {
    let project = try project()
    let outcome = try Program.run("reproduce", "figure-12", "--scale", "smoke", in: project.path)
    #expect(outcome.code == 0 && outcome.output.contains("Milliseconds of a forward and a backward pass, by layers."))
    #expect(FileManager.default.fileExists(atPath: "\(project.path)/results/smoke/figure-12-time.svg"))
  }

  @Test("What would run is described with times and memory before it is run")
  func description() throws {
    let project = try project()
    let outcome = try Program.run("describe", "table-3", "--only", "*/350m", in: project.path)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("350M: 3 rounds of 1 steps a row") && outcome.output.contains("in all: about"))
    #expect(!outcome.output.contains("1B:") && outcome.output.contains(" GB"))
    let json = try Program.run("describe", "table-5", "--scale", "smoke", "--json", in: project.path)
    #expect(json.code == 0 && json.output.contains("\"peakBytes\""))
  }

  @Test(
    "What times do not have is refused",
    arguments: [
      (["reproduce", "table-3", "--scale", "smoke", "--seed", "7"], "measures times, which have no seed"),
      (["reproduce", "table-3", "--scale", "paper"], "has no scale 'paper'"),
      (["reproduce", "table-3", "--scale", "smoke", "--only", "60m"], "no size at scale 'smoke' matches '60m'"),
      (["reproduce", "table-2", "--again"], "is no table of times"),
    ])
  func refusals(arguments: [String], message: String) throws {
    let project = try project()
    let outcome = try Program.start(arguments, in: project.path).wait(timeout: 60)
    #expect(outcome.code == 64 && outcome.errors.last?.contains(message) == true, "\(outcome.errors)")
  }
}
