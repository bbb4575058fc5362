import Foundation
import TestSupport
import Testing

@Suite("Running the program again, and otherwise")
struct RepetitionTests {
  @Test("The first run says what it did, and prints the table with its verdicts")
  func first() throws {
    let shared = try Uninterrupted.shared.get()
    #expect(shared.outcome.code == 0)
    #expect(shared.outcome.errors.last == "9 trained")
    let table = String(decoding: shared.results.files["tiny.md"] ?? Data(), as: UTF8.self)
    let printed = shared.outcome.output
    #expect(printed.hasPrefix("# A tiny table\n") && printed.contains("## Claims"))
    #expect(table.hasPrefix(String(printed.prefix { $0 != "|" })))
    let written = ["tiny.md", "tiny-loss-60m-proxy.svg", "verdicts.md", "audit.md"].map { "  results/smoke/\($0)\n" }
    #expect(printed.hasSuffix("written:\n" + written.joined()))
    #expect(shared.results.leftovers == [])
    let runs = shared.results.files.keys.filter { $0.hasPrefix("runs/") }
    #expect(runs.count == 9 * 3)
  }

  @Test("A second run changes no byte and no time of the results, and takes a moment")
  func second() throws {
    let project = try TinyProject(copying: Uninterrupted.shared.get().project)
    func state() -> [String: [String]] {
      let results = project.root + "/results"
      let files = FolderContents(of: results).files
      return Dictionary(
        uniqueKeysWithValues: files.map { path, data in
          let attributes = try? FileManager.default.attributesOfItem(atPath: "\(results)/\(path)")
          // The table is written anew, and has the same bytes.
          let time = path.hasPrefix("smoke/runs/") ? "\(String(describing: attributes?[.modificationDate]))" : ""
          return (path, [data.base64EncodedString(), time])
        })
    }
    let before = state()
    let outcome = try project.reproduce()
    #expect(outcome.code == 0 && outcome.seconds < 5)
    #expect(outcome.errors.last == "0 trained, 9 complete before")
    #expect(state() == before)
    #expect(try Uninterrupted.shared.get().outcome.output == outcome.output)
  }

  @Test("Two cells at once on two threads each leave the same records as one on one, but for the scratch of threads")
  func workers() throws {
    let expected = try Uninterrupted.shared.get()
    let project = try TinyProject()
    #expect(try project.reproduce("--jobs", "2", "--workers", "2").code == 0)
    let differing = project.results.difference(from: expected.results)
    #expect(differing.allSatisfy { $0.hasSuffix("/summary.json differs") || $0 == "tiny.md differs" }, "\(differing)")
    for path in project.results.files.keys where path.hasSuffix("summary.json") {
      let summaries = try [project.results, expected.results].map { results in
        var summary = try #require(
          try JSONSerialization.jsonObject(with: results.files[path] ?? Data()) as? [String: Any])
        var peaks = try #require(summary["peakBytes"] as? [String: Int])
        for name in ["workspace", "total"] { peaks[name] = nil }
        summary["peakBytes"] = peaks
        return summary as NSDictionary
      }
      #expect(summaries[0] == summaries[1], "\(path)")
    }
    // All of the report that does not tell of memory.
    let tables = [project.results, expected.results].map { results in
      String(decoding: results.files["tiny.md"] ?? Data(), as: UTF8.self).components(separatedBy: "\n## Runs")[0]
    }
    #expect(tables[0] == tables[1] && tables[0].contains("## Claims"))
  }

  #if arch(x86_64)
    @Test("The kernels are pinned where the user has chosen none")
    func pinnedKernels() throws {
      let results = try FolderContents(of: Uninterrupted.shared.get().project.root + "/results")
      let manifests = results.files.filter { $0.key.hasSuffix("manifest.json") }
      #expect(manifests.count == 9)
      let flags =
        FileManager.default.contents(atPath: "/proc/cpuinfo").map { String(decoding: $0, as: UTF8.self) } ?? ""
      guard flags.contains(" avx2 ") else { return }
      #expect(manifests.values.allSatisfy { String(decoding: $0, as: UTF8.self).contains("\"blasCore\": \"Haswell\"") })
    }
  #endif

  @Test("Another seed has a report of its own, which shows its runs; the one of the scale's seeds stays")
  func otherSeed() throws {
    let expected = try Uninterrupted.shared.get()
    let project = try TinyProject(copying: expected.project)
    let outcome = try project.reproduce("--seed", "7", "--only", "sltrain")
    #expect(outcome.code == 0 && outcome.errors.last == "1 trained, 2 complete before")
    #expect(outcome.output.hasSuffix("smoke/tiny-seed-7.md\n  results/smoke/tiny-loss-60m-proxy-seed-7.svg\n"))
    let files = project.results.files
    let record = try #require(files.keys.first { $0.contains("seed7") && $0.hasSuffix("cell.json") })
    let report = String(decoding: files["tiny-seed-7.md"] ?? Data(), as: UTF8.self)
    #expect(report.contains("[7](\((record as NSString).deletingLastPathComponent))"))
    #expect(expected.results.files.allSatisfy { files[$0.key] == $0.value })
  }

  @Test("A record that is gone is trained again, and no other")
  func lostRecord() throws {
    let expected = try Uninterrupted.shared.get()
    let project = try TinyProject(copying: expected.project)
    let lost = try #require(expected.results.files.keys.first { $0.contains("sltrain") && $0.hasSuffix("cell.json") })
    let folder = (lost as NSString).deletingLastPathComponent
    for place in ["results/smoke", ".work/runs/smoke"] {
      try FileManager.default.removeItem(atPath: "\(project.root)/\(place)/\(folder)")
    }
    let outcome = try project.reproduce("--jobs", "1", "--workers", "1")
    #expect(outcome.code == 0 && outcome.errors.last == "1 trained, 8 complete before")
    #expect(project.results.difference(from: expected.results) == [])
  }
}
