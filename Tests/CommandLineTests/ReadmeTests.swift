import Foundation
import TestSupport
import Testing

@Suite("What the README tells its reader to run")
struct ReadmeTests {
  @Test("Commands are found in blocks and in prose, with quotes, comments and continued lines")
  func parsing() {
    let (blocks, prose) = Readme.parts(of: "a `make x`\n```sh\n$ make 'a b' # c\n```\n```swift\nmake no\n```\nb")
    #expect(blocks == ["$ make 'a b' # c\n"] && prose == "a `make x`\nb\n")
    let commands = Readme.commands(in: "A=1 B= sltrain train 'my file' --only \"x*\" && cd y; ls | wc # all")
    #expect(
      commands.map(\.words) == [["sltrain", "train", "my file", "--only", "x*"], ["cd", "y"], ["ls"], ["wc"]])
    #expect(commands[0].variables == ["A": "1", "B": ""])
  }

  @Test("The README has commands, those of make and those of the program")
  func presence() {
    #expect(Readme.commands.contains { $0.words.first == "make" })
    #expect(Readme.commands.contains { $0.words.first?.hasSuffix("sltrain") == true })
  }

  @Test("Every command does what it is there for", arguments: Readme.commands)
  func command(_ command: ReadmeCommand) throws {
    switch command.words.first {
    case "make": try make(command)
    case "sltrain", ".build/release/sltrain": try sltrain(command)
    default:
      Issue.record("README.md has '\(command.testDescription)', and no rule of ReadmeTests covers it; add one")
    }
  }

  @Test("Every variable that the README sets is one of the Makefile's", arguments: Readme.settings)
  func setting(name: String) throws {
    let makefile = try String(contentsOfFile: Repository.root + "/Makefile", encoding: .utf8)
    #expect(makefile.contains("\n\(name) ?="))
  }

  /// A target has a recipe; what that would run of the program is run, but for the training.
  private func make(_ command: ReadmeCommand) throws {
    let arguments = command.words.dropFirst()
    let targets = arguments.filter { !$0.contains("=") && !$0.hasPrefix("-") }
    try #require(!targets.isEmpty)
    let quoted = arguments.map { "'\($0)'" }.joined(separator: " ")
    let plan = try Program.shell("make -n \(quoted)", in: Repository.root)
    #expect(plan.code == 0, "\(plan.errors)")
    if targets.contains("help") {
      let help = try Program.shell("make \(quoted)", in: Repository.root)
      #expect(help.code == 0 && help.output.contains("reproduce-%"))
    }
    let runs = plan.output.split(separator: "\n").flatMap { Readme.commands(in: String($0)) }
      .filter { $0.words.first?.hasSuffix("/sltrain") == true }
    let others = [
      "smoke", "doctor", "bench", "bench-pytorch", "verdicts", "audit", "report", "check-page", "reproduce", "regress",
      "baseline",
    ]
    #expect(runs.count == targets.count { $0.hasPrefix("reproduce-") || others.contains($0) })
    for run in runs {
      try sltrain(ReadmeCommand(testDescription: "", words: ["sltrain"] + run.words.dropFirst(), variables: [:]))
    }
  }

  private func sltrain(_ command: ReadmeCommand) throws {
    let name = command.words.dropFirst().first ?? "--help"
    switch (name, command.words.count) {
    case ("--help", _), ("help", _): try #expect(run(command.words, command) == 0)
    case ("doctor", _): try #expect([0, 69].contains(run(command.words, command)))
    case ("reproduce", 3...): try describe(command)
    // What would be measured takes a quarter of an hour: here the pages are made without.
    case ("bench", 3...): try #expect(run(command.words + ["--scale", "smoke", "--report"], command) == 0)
    case ("train", 3...), ("run", 3...), ("evaluate", 3...), ("data", _), ("describe", 3...), ("report", 3...),
      ("compare", 4...):
      try #expect(run(command.words, command) == 0)
    case (_, 2):
      // Named without arguments: at least there is such a command.
      let help = try Program.run("help", name, in: Repository.root)
      #expect(help.output.contains("USAGE: sltrain \(name)"))
    default:
      Issue.record("README.md has '\(command.testDescription)', and no rule of ReadmeTests covers it; add one")
    }
  }

  /// What would be reproduced is planned and not trained.
  private func describe(_ command: ReadmeCommand) throws {
    let help = try Program.run("help", "reproduce", in: Repository.root)
    let planning = ["--scale", "--only", "--seed"]
    var words = ["sltrain", "describe"]
    var rest = command.words.dropFirst(2)
    while let word = rest.popFirst() {
      let isOption = word.hasPrefix("--")
      #expect(!isOption || help.output.contains("\n  \(word) "), "'\(word)' is no option of reproduce")
      if !isOption || planning.contains(word) { words.append(word) }
      if ["--jobs", "--workers"].contains(word) { rest = rest.dropFirst() }
    }
    try #expect(run(words, command) == 0)
  }

  /// Runs a command in a project where everything is that the README names, and returns its exit code.
  private func run(_ words: [String], _ command: ReadmeCommand) throws -> Int32 {
    let project = try TinyProject()
    try furnish(project, for: words)
    let variables = command.variables.merging(["SLTRAIN_DATA_DIR": project.root + "/texts"]) { own, _ in own }
    let outcome = try Program.start(Array(words.dropFirst()), in: project.root, with: variables).wait(timeout: 60)
    #expect(outcome.code == 0 || !outcome.errors.isEmpty || words.contains("doctor"))
    if outcome.code != 0 { Issue.record("'\(command.testDescription)': \(outcome.errors)\n\(outcome.output)") }
    return outcome.code
  }

  /// Lays out a run of two updates, its ids, models to start from, and a corpus whose name is NAME.
  private func furnish(_ project: TinyProject, for words: [String]) throws {
    let example = try String(contentsOfFile: Repository.experiments + "/examples/sltrain.yaml", encoding: .utf8)
    try #require(example.contains("\nsteps: 200\n"))
    try project.write(example.replacingOccurrences(of: "\nsteps: 200\n", with: "\nsteps: 2\n"), to: "run.yaml")
    let ids = TrainingFolder.bytes(TrainingFolder.ids(128 * 40, seed: 5), as: UInt16.self)
    try ids.write(to: URL(fileURLWithPath: project.root + "/tokens.bin"))
    for folder in ["checkpoint", "model"] where words.contains(folder) {
      let made = try Program.run(
        "train", "run.yaml", "--tokens", "tokens.bin", "--output", "made-\(folder)", "--export", folder,
        in: project.root)
      #expect(made.code == 0, "\(made.errors)")
    }
    try FileManager.default.copyItem(
      atPath: Repository.experiments + "/corpora/local.yaml", toPath: project.root + "/experiments/corpora/NAME.yaml")
  }
}
