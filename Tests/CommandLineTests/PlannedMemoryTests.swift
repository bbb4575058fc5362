import Foundation
import TestSupport
import Testing

@Suite("The memory of runs on the command line")
struct PlannedMemoryTests {
  /// The cells of a line, by the heading's words.
  private func table(_ lines: some Sequence<Substring>) -> [[String]] {
    lines.map { line in
      line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
  }

  @Test("A table's rows are planned by category, in all, and against this machine; nothing is fetched or written")
  func table() throws {
    let project = try TinyProject()
    let before = FolderContents(of: project.root)
    let outcome = try Program.run("describe", "tiny", "--scale", "smoke", "--memory", in: project.root)
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    #expect(FolderContents(of: project.root) == before)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("tiny at scale smoke: tensors of a run, planned; this machine has "))
    let rows = table(lines.dropFirst())
    #expect(rows[0].first == "peak bytes (MB)" && rows[0].suffix(2) == ["in all", "fits"])
    #expect(rows.dropFirst().map(\.[0]) == ["Full-Rank / 60M proxy", "GaLore / 60M proxy", "SLTrain / 60M proxy"])
    #expect(rows.dropFirst().allSatisfy { $0.count == rows[0].count && $0.last == "yes" })

    let json = try Program.run("describe", "tiny", "--scale", "smoke", "--memory", "--json", in: project.root)
    let value = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let entries = try #require(value?["entries"] as? [[String: Any]])
    #expect(entries.count == 3 && entries.allSatisfy { $0["fits"] as? Bool == true })
    for (entry, row) in zip(entries, rows.dropFirst()) {
      let peaks = try #require(entry["peakBytes"] as? [String: Int])
      for (name, cell) in zip(rows[0], row).dropFirst().dropLast(2) {
        #expect(cell == String(format: "%.3f", Double(peaks[name] ?? -1) / 1e6))
      }
      // All but the start, which is over when the first update begins, is live at once.
      #expect(try #require(entry["total"] as? Int) <= peaks.values.reduce(0, +))
    }
  }

  @Test("What is planned for a table is what its run takes")
  func kept() throws {
    let project = try Uninterrupted.shared.get().project
    let json = try Program.run("describe", "tiny", "--scale", "smoke", "--memory", "--json", in: project.root)
    let value = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let entries = try #require(value?["entries"] as? [[String: Any]])
    let files = FolderContents(of: project.root + "/results/smoke/runs").files
    for (name, method) in [("Full-Rank", "full-rank"), ("GaLore", "galore"), ("SLTrain", "sltrain")] {
      let entry = try #require(entries.first { ($0["name"] as? String)?.hasPrefix(name) == true })
      let path = try #require(files.keys.first { $0.contains(method) && $0.hasSuffix("summary.json") })
      let summary = try JSONSerialization.jsonObject(with: try #require(files[path])) as? [String: Any]
      var peaks = try #require(summary?["peakBytes"] as? [String: Int])
      #expect(peaks.removeValue(forKey: "total") == entry["total"] as? Int)
      #expect(peaks == entry["peakBytes"] as? [String: Int])
    }
  }

  @Test("A single run's specification is planned where it lies, with data of its own or with a length of rows alone")
  func single() throws {
    let folder = try TrainingFolder()
    let outcome = try folder.run("describe", "run.yaml", "--memory")
    #expect(outcome.code == 0 && outcome.errors.isEmpty)
    let rows = table(outcome.output.split(separator: "\n").dropFirst())
    #expect(rows.count == 2 && rows[1].first == "run.yaml" && rows[1].last == "yes")
    let data = "{tokens: none.bin, vocabularySize: 300, sequenceLength: 32}"
    try folder.write(
      folder.contents("run.yaml").replacingOccurrences(of: "{sequenceLength: 32}", with: data), to: "own.yaml")
    let own = try folder.run("describe", "own.yaml", "--memory", "--json")
    let same = try folder.run("describe", "run.yaml", "--memory", "--json")
    #expect(own.code == 0 && own.output == same.output.replacingOccurrences(of: "run.yaml", with: "own.yaml"))
    try folder.write(folder.contents("run.yaml").replacingOccurrences(of: "rank: 4", with: "rank: 400"), to: "bad.yaml")
    let bad = try folder.run("describe", "bad.yaml", "--memory")
    #expect(bad.code == 64 && bad.errors.count == 1 && bad.errors[0].hasPrefix("bad.yaml:2:"))
  }

  @Test("A run that no machine holds is planned all the same, and does not fit")
  func huge() throws {
    let folder = try TrainingFolder(method: "full-rank")
    let text = folder.contents("run.yaml").replacingOccurrences(of: "hiddenSize: 32", with: "hiddenSize: 32768")
      .replacingOccurrences(of: "intermediateSize: 86", with: "intermediateSize: 65535")
    try folder.write(text, to: "run.yaml")
    let outcome = try folder.run("describe", "run.yaml", "--memory")
    #expect(outcome.code == 0)
    let rows = table(outcome.output.split(separator: "\n").dropFirst())
    #expect(rows[0].first == "peak bytes (GB)" && rows[1].last == "no")
  }

  @Test("A trained run prints what it took, its resident set and its phases")
  func trained() throws {
    let folder = try TrainingFolder(method: "{name: galore, rank: 4, updateGap: 10, scale: 0.25}")
    let outcome = try folder.run(
      "train", "run.yaml", "--tokens", "tokens.bin", "--validation-tokens", "held-out.bin", "--memory", "--quiet")
    try #require(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let words = lines.map { $0.split(separator: " ").map(String.init) }
    let total = try #require(words.first { $0.first == "total" })
    #expect(total[1] == total[2])
    #expect(lines.contains { $0.hasPrefix("resident set ") && $0.contains(" MB = tensors ") })
    for part in ["update 1:", "update 2:", "evaluation:"] { #expect(lines.contains(part)) }
    // A line of the phases has four numbers; the projector's own category has more.
    #expect(words.count { $0.first == "projector" && $0.count == 5 } == 1)
    #expect(words.count { $0.first == "backward" } >= 2)
    #expect(!outcome.output.contains("the allocator counts otherwise"))
  }
}
