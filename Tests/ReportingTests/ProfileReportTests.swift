import Foundation
import Reporting
import Tensors
import Testing
import Training

@Suite("The report of a profile")
struct ProfileReportTests {
  private var profile: StepProfile {
    var profile = StepProfile()
    profile.updates = 2
    profile.tokens = 2000
    profile.seconds = 4
    profile.entries[.init(.forward, .linear)] = .init(seconds: 1, floatingPointOperations: 100_000_000_000)
    profile.entries[.init(.backward, .linear)] = .init(seconds: 2, floatingPointOperations: 200_000_000_000)
    profile.entries[.init(.head, .crossEntropy)] = .init(seconds: 0.96)
    profile.entries[.init(.outside, nil)] = .init(seconds: 0.04)
    return profile
  }

  @Test("Every operation has its milliseconds by phase, its share and its rate, the longest first")
  func table() {
    let lines = ProfileReport(profile, title: "a run", productRate: 2e11).text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "a run: 2 updates of 2000.0 ms, 500 tokens/s; 99.0 % of the time is named.")
    #expect(lines.last?.hasSuffix("as a share of the 200 that a square product reached right after the run.") == true)
    let cells = lines.dropFirst(3).dropLast().map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(
      cells == [
        ["linear layers", "500.0", "—", "1000.0", "1500.0", "75.0 %", "100.0", "50 %"],
        ["cross-entropy", "—", "480.0", "—", "480.0", "24.0 %", "—", "—"],
        ["not named", "—", "—", "—", "20.0", "1.0 %", "—", "—"],
        ["all", "500.0", "480.0", "1000.0", "2000.0", "100.0 %", "75.0", "38 %"],
      ])
  }

  @Test("The figure is drawn, with a bar for every operation that took time")
  func figure() throws {
    let folder = try TemporaryFolder()
    try ProfileFigure(ProfileReport(profile, title: "a run's profile")).figure(name: "profile").draw(into: folder.path)
    let drawing = try String(contentsOfFile: folder.path + "/profile.svg", encoding: .utf8)
    for text in ["linear layers", "cross-entropy", "not named", "1500 ms, 75.0 %", "Milliseconds of an update"] {
      #expect(drawing.contains(text), "\(text)")
    }
    #expect(!drawing.contains("attention"))
  }
}
