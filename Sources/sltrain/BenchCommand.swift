import ArgumentParser
import Benchmarks
import Configuration
import Experiments
import Foundation
import Modeling

/// Measures the program's speed against the machine's.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the machine's ceilings, and kernels, layers and whole updates against them.",
    discussion: """
      What is measured, and the ratios that must come out, are in experiments/bench.yaml. The machine's ceilings come first \
      in every run: multiply-adds, matrix products, memory bandwidth. Then each group is measured in rounds in which all \
      that is compared has its go in turn.

      Writes results/bench/bench.json after every group, and bench.md and bench.svg at the end; a run that selects some \
      groups, or is interrupted, leaves the others as they were. Groups: kernels, layers/512x1376-t4096, steps/60m, \
      workers/60m, scaling, growth/9m.

      With --peer the updates of another program are measured in turn with ours, into pytorch.json and pytorch.md. The \
      command is started through the shell; it reads a line of JSON with the model, answers one with its name and its \
      steps, and from then on answers the name of a step with the seconds that it took; see Tests/Peers/pytorch/peer.py.

      Exit codes: 0 all thresholds that were measured are met, \(BenchmarkReport.missed) one is missed, 130 interrupted.
      """)

  @Option(help: "Groups to measure: patterns separated by commas, such as 'steps' or 'layers/512*' (default: all).")
  var only: String = ""

  @Option(help: "desktop, or smoke: the smallest models, in seconds, written to results/smoke/bench.")
  var scale = "desktop"

  @Option(help: "Goes of each contender that count (default: the specification's).")
  var rounds: Int?

  @Option(help: "Threads.")
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "A program to compare with, as the shell starts it; see above.")
  var peer: String?

  @Flag(help: "Write the pages from what was measured before; measure nothing.")
  var report = false

  @Flag(help: "Print no progress.")
  var quiet = false

  func validate() throws {
    try Threads.check(workers)
    if let rounds, rounds < 1 { throw ValidationError("--rounds must be 1 or more") }
    if peer != nil, !only.isEmpty {
      throw ValidationError("--only selects among our own groups; leave it out with --peer")
    }
  }

  func run() throws {
    let project = try ProjectFolder()
    let specification = try BenchmarkSpecification(
      file: "\(project.experiments)/bench.yaml", models: ModelCatalogue(folder: project.models))
    let scale = try specification.scale(self.scale)
    let folder = project.results + (self.scale == "desktop" ? "" : "/\(self.scale)") + "/\(specification.name)"
    let part = peer == nil ? BenchmarkReport.Part.own : .peer
    let file = "\(folder)/\(part.rawValue).json"
    let record = report ? try BenchmarkRecord(file: file) : try measure(scale, file: file)
    let page = BenchmarkReport(specification, record: record, part: part)
    var written = [file, try page.write(into: folder)]
    if part == .own, let figure = BenchmarkFigure(record).figure(name: part.rawValue) {
      try figure.draw(into: folder)
      written.append("\(folder)/\(figure.name).svg")
    }
    print(page.markdown)
    print("written:")
    for file in written { print("  \(file)") }
    print("thresholds: \(page.summary)")
    if page.missedCount > 0 { throw ExitCode(BenchmarkReport.missed) }
  }

  private func measure(_ scale: BenchmarkScale, file: String) throws -> BenchmarkRecord {
    let line = BenchmarkLine(isQuiet: quiet)
    defer { line.end() }
    let runner = BenchmarkRunner(scale, workers: workers, rounds: rounds, recordFile: file, progress: line.show)
    do {
      return try peer.map(runner.run(peer:)) ?? runner.run(Selection(parsing: only))
    } catch is BenchmarkRunner.Interrupted {
      line.end()
      StandardStreams.report("interrupted; what was complete is in \(file)\n")
      throw ExitCode(130)
    }
  }
}

/// The progress of a benchmark on standard error: a line that is rewritten on a terminal, else a line every ten seconds.
private final class BenchmarkLine {
  private let isQuiet: Bool
  private let isTerminal = isatty(2) == 1
  private var last: ContinuousClock.Instant?

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  func show(_ progress: BenchmarkRunner.Progress) {
    let now = ContinuousClock.now
    let interval = isTerminal ? Duration.milliseconds(100) : .seconds(10)
    if isQuiet { return }
    if let last, now - last < interval { return }
    last = now
    let left = progress.secondsLeft.map { "  \(ProgressLine.duration($0)) left" } ?? ""
    StandardStreams.report(isTerminal ? "\r\u{1B}[K\(progress.what)\(left)" : "bench: \(progress.what)\(left)\n")
  }

  /// Clears the line.
  func end() { if isTerminal, last != nil, !isQuiet { StandardStreams.report("\r\u{1B}[K") } }
}
