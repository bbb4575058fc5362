import Foundation
import TestSupport

/// A project with a table, a table of times and a study, each of which takes seconds, and the gate's rules for them.
struct GateProject {
  let tiny: TinyProject

  init() throws {
    tiny = try TinyProject()
    let folder = "\(tiny.root)/experiments"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(".yaml") && !["tiny.yaml", "regress.yaml"].contains(name) {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    try tiny.write(Self.times, to: "experiments/tiny-times.yaml")
    try tiny.write(Self.stack, to: "experiments/tiny-stack.yaml")
    // The rules are the shipped ones, but for the table of times that they judge, and for how far.
    let rules = try text("experiments/regress.yaml")
      .replacing("metrics: table-3,table-5", with: "metrics: tiny-times")
      .replacing("tolerance: 0.5", with: "tolerance: 0.9")
    try tiny.write(rules, to: "experiments/regress.yaml")
  }

  /// A file of the project.
  func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(tiny.root)/\(path)", encoding: .utf8)
  }

  /// Replaces a text in a file of the project, which must be in it.
  func replace(_ old: String, by new: String, in path: String) throws {
    let before = try text(path)
    guard before.contains(old) else { throw Missing(text: old, path: path) }
    try tiny.write(before.replacing(old, with: new), to: path)
  }

  struct Missing: Error {
    let text: String
    let path: String
  }

  static let baseline = "results/baseline/smoke.json"

  /// Multiplies the first number of the baseline whose path has this in it.
  ///
  /// - Returns: the path.
  func multiplyBaseline(of part: String, by factor: Double) throws -> String {
    var lines = try text(Self.baseline).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let index = lines.firstIndex(where: { $0.contains(part) }),
      let match = lines[index].wholeMatch(of: /( *"([^"]+)": )([-0-9.e]+)(,?)/), let number = Double(match.3)
    else { throw Missing(text: part, path: Self.baseline) }
    let isWhole = !match.3.contains(".")
    let changed = number * factor
    lines[index] = "\(match.1)\(isWhole ? "\(Int(changed.rounded()))" : "\(changed)")\(match.4)"
    let path = String(match.2)
    try tiny.write(lines.joined(separator: "\n"), to: Self.baseline)
    return path
  }

  func run(_ words: String..., timeout: Double = 120) throws -> Outcome {
    try Program.start(words, in: tiny.root).wait(timeout: timeout)
  }

  private static let model = "{vocabularySize: 1000, hiddenSize: 16, intermediateSize: 43, layers: 2, heads: 2}"

  private static let times = """
    study: throughput
    name: tiny-times
    title: Tiny times
    source: nowhere
    baseline: Full-Rank
    rows:
      - {label: Full-Rank, method: full-rank}
      - {label: SLTrain, method: {name: sltrain, rank: 4, density: 0.05, alpha: 4}}
    scales:
      smoke:
        sizes:
          - {label: tiny, training: {model: \(model)}, batches: [{rows: 4, length: 32}], rounds: 9}
    """

  private static let stack = """
    study: layer-stack
    name: tiny-stack
    title: A tiny stack
    source: nowhere
    scales:
      smoke:
        width: 32
        tokens: 16
        layers: [1, 2]
        rounds: 2
        methods:
          - {label: W, method: full-rank}
          - {label: BA, method: {name: low-rank, rank: 4, initialization: xavier}}
    """
}
