import ArgumentParser
import Configuration
import Experiments
import Foundation
import Reporting

/// Runs the smallest scale of everything, and compares each number with the baseline's.
struct RegressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regress",
    abstract: "Run the smallest scale of every table, figure and study, and compare each number with the baseline's.",
    discussion: """
      Everything is run anew, in a folder of its own (.work/regress): old records say nothing of this build. Losses, \
      parameters, bytes and ratios of speed are compared with results/baseline/smoke.json, and what differs more than \
      experiments/regress.yaml allows is printed as a table in Markdown. Losses, parameters and bytes are to be the same \
      to the last bit; losses with other OpenBLAS kernels than the baseline's, and ratios of speed, may differ by a share. \
      More is worse, but for speed; a number that has gone counts as worse, and a new one as better.

      A better number fails as well, so that the baseline is moved on purpose: 'sltrain baseline' shows what it moves.

      Exit codes: 0 the same, 2 something is worse or has gone, 3 a cell failed, 4 something is better or new and nothing \
      worse, 5 there is no baseline; 130 interrupted.
      """)

  @Option(help: "Tables, figures and studies to run: patterns on their names, separated by commas (default: all).")
  var only: String = ""

  @Flag(help: "Print no progress.")
  var quiet = false

  func run() throws {
    let project = try ProjectFolder()
    let specification = try project.regression()
    let file = project.baseline(of: specification)
    guard let baseline = try RegressionBaseline(contentsOf: file) else {
      StandardStreams.report("\(file): there is no baseline; 'sltrain baseline' records one\n")
      throw ExitCode(RegressionComparison.noBaseline)
    }
    let selection = Selection(parsing: only)
    let run = RegressionRun(project: project, specification: specification, selection: selection, isQuiet: quiet)
    let measured = try run.measurement()
    let comparison = RegressionComparison(
      measured, with: baseline, specification: specification, isSelected: selection.contains)
    print(comparison.markdown, terminator: "")
    if comparison.verdict == .better {
      print("\nNothing is worse. If that is meant, move the baseline: make baseline")
    }
    if comparison.verdict != .same { throw ExitCode(comparison.verdict.rawValue) }
  }
}

/// Records what every later build is compared with.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Run what 'regress' runs, show what that moves of the baseline, and write it.",
    discussion: """
      Writes results/baseline/smoke.json, which 'regress' compares with: to be done on purpose, and committed with the \
      change that moved the numbers. With a cell that fails nothing is written.

      Exit codes: 0 written, or nothing to move; 3 a cell failed; 130 interrupted.
      """)

  @Flag(help: "Print no progress.")
  var quiet = false

  func run() throws {
    let project = try ProjectFolder()
    let specification = try project.regression()
    let file = project.baseline(of: specification)
    let old = try RegressionBaseline(contentsOf: file)
    let run = RegressionRun(project: project, specification: specification, selection: .all, isQuiet: quiet)
    let new = try run.measurement()
    guard let old else {
      try new.write(to: file)
      return print("\(file): \(new.metrics.count) numbers, where there was no baseline")
    }
    // Only what a comparison sees is a reason to write: ratios of speed are never twice the same.
    let comparison = RegressionComparison(new, with: old, specification: specification)
    print(comparison.markdown, terminator: "")
    guard comparison.verdict != .same || !comparison.remarks.isEmpty || old.notes != new.notes else {
      return print("\n\(file): nothing to move")
    }
    try new.write(to: file)
    print("\n\(file): moved")
  }
}

extension RegressionRun {
  /// The numbers of this build.
  ///
  /// - Throws: `ExitCode` where a cell failed or the user stopped it, which is told on standard error.
  fileprivate func measurement() throws -> RegressionBaseline {
    switch try run() {
    case .measured(let measured): return measured
    case .failed(let lines):
      StandardStreams.report((lines.map { "failed: \($0)" } + ["nothing is compared"]).joined(separator: "\n") + "\n")
      throw ExitCode(RegressionComparison.failed)
    case .interrupted:
      StandardStreams.report("interrupted; the next regression begins anew\n")
      throw ExitCode(130)
    }
  }
}

extension ProjectFolder {
  /// What builds are held to.
  fileprivate func regression() throws -> RegressionSpecification {
    try RegressionSpecification(reading: SpecificationNode(file: experiments + "/regress.yaml"))
  }

  /// Where the baseline is.
  fileprivate func baseline(of specification: RegressionSpecification) -> String {
    "\(results)/baseline/\(specification.scale.rawValue).json"
  }
}
