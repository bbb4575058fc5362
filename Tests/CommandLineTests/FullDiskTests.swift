import Foundation
import TestSupport
import Testing

@Suite("A disk that is full", .enabled(if: SmallDisk.isPossible, "no disk can be mounted here"))
struct FullDiskTests {
  /// The one search run that fails, by the name that selects it.
  private let cell = "full-rank/60m-proxy/search/0.003"

  @Test("Wherever the workplace's disk fills up, one line says so; with room again the run ends as if nothing had been")
  func workplace() throws {
    let expected = try Uninterrupted.shared.get()
    let project = try TinyProject()
    let disk = try SmallDisk(at: project.root + "/.work", kilobytes: 3072, within: project)
    var failed: Set<String> = []
    for kilobytes in [0, 8, 60, 160, 280, 330, 380] {
      try disk.fill(leaving: kilobytes)
      let outcome = try project.reproduce("--quiet", "--only", cell)
      #expect(outcome.code == 73, "\(kilobytes) kB: \(outcome.errors)")
      let faults = outcome.errors.filter { $0.contains("error: ") }
      #expect(faults.count == 1 && faults[0].hasSuffix("cannot be written: No space left on device"), "\(faults)")
      #expect(outcome.errors.allSatisfy { faults.contains($0) || $0 == "0 trained, 1 failed" })
      let file = faults.first?.components(separatedBy: ": error")[0].components(separatedBy: ".work/").last ?? ""
      failed.insert(file.split(separator: "/").dropLast().prefix(2).joined(separator: "/"))
      #expect(FolderContents(of: project.root).leftovers == [])
    }
    #expect(failed.isSuperset(of: ["data/digests", "data/corpora", "data/tokenizers", "data/tokens", "runs/smoke"]))
    try disk.empty()
    #expect(try project.reproduce("--jobs", "1").code == 0)
    #expect(project.results.difference(from: expected.results) == [])
  }

  @Test("Where the results' disk fills up, no record is there by half; with room again all of it is published")
  func results() throws {
    let expected = try Uninterrupted.shared.get()
    let project = try TinyProject(copying: expected.project)
    try FileManager.default.removeItem(atPath: project.root + "/results")
    let disk = try SmallDisk(at: project.root + "/results", kilobytes: 1024, within: project)
    for kilobytes in [0, 12, 40, 90] {
      try disk.fill(leaving: kilobytes)
      let outcome = try project.reproduce("--quiet")
      #expect(outcome.code == 73, "\(kilobytes) kB: \(outcome.errors)")
      #expect(outcome.errors.filter { $0.contains("error: ") }.count == 1, "\(outcome.errors)")
      #expect(project.results.leftovers == [])
      for (path, data) in project.results.files { #expect(expected.results.files[path] == data, "\(path)") }
    }
    try disk.empty()
    #expect(try project.reproduce().code == 0)
    #expect(project.results.difference(from: expected.results) == [])
  }

  @Test("A drawing that is cut short is not taken for one")
  func drawing() throws {
    let expected = try Uninterrupted.shared.get()
    let project = try TinyProject(copying: expected.project)
    let place = project.root + "/temporary"
    let disk = try SmallDisk(at: place, kilobytes: 256, within: project)
    for kilobytes in [0, 4, 8, 12, 16] {
      try disk.fill(leaving: kilobytes)
      let outcome = try Program.run("report", "tiny", "--scale", "smoke", in: project.root, with: ["TMPDIR": place])
      #expect(outcome.code == 73 && outcome.errors.count == 1, "\(kilobytes) kB: \(outcome.errors)")
      #expect(project.results.difference(from: expected.results) == [])
    }
  }

  @Test("Where a single run's disk fills up, it can go on with room again; a model is there whole or not at all")
  func singleRun() throws {
    let folder = try TrainingFolder()
    let arguments = ["train", "run.yaml", "--tokens", "tokens.bin", "--quiet"]
    let whole = try Program.start(arguments + ["--export", "model"], in: folder.path).wait(timeout: 60)
    try #require(whole.code == 0)
    let disk = try SmallDisk(at: folder.path + "/small", kilobytes: 2048, within: folder)
    for (kilobytes, name) in [(0, "losses.txt"), (100, "checkpoint.safetensors")] {
      try disk.fill(leaving: kilobytes)
      let outcome = try Program.start(arguments + ["--output", "small/run"], in: folder.path).wait(timeout: 60)
      #expect(outcome.code == 73 && outcome.errors.count == 1, "\(outcome.errors)")
      #expect(outcome.errors.first?.hasPrefix("small/run/\(name): error: cannot be written") == true)
      #expect(folder.contents("small/run/checkpoint.safetensors").isEmpty)
    }
    try disk.empty()
    #expect(try Program.start(arguments + ["--output", "small/run"], in: folder.path).wait(timeout: 60).code == 0)
    #expect(folder.contents("small/run/losses.txt") == folder.contents("run/losses.txt"))

    try disk.fill(leaving: 150)
    let export = try Program.start(arguments + ["--export", "small/model"], in: folder.path).wait(timeout: 60)
    #expect(export.code == 73 && export.errors.count == 1, "\(export.errors)")
    #expect(FolderContents(of: folder.path + "/small/model").files.isEmpty)
    try disk.empty()
    #expect(try Program.start(arguments + ["--export", "small/model"], in: folder.path).wait(timeout: 60).code == 0)
    #expect(FolderContents(of: folder.path + "/small/model") == FolderContents(of: folder.path + "/model"))
  }
}
