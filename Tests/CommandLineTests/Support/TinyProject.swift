import Foundation
import TestSupport

/// A project of its own: the repository's specifications, a corpus that is made here, and a table that trains in seconds.
final class TinyProject: Sendable {
  private let folder: TemporaryFolder?
  let root: String

  /// Lays out a project in a temporary folder.
  convenience init() throws {
    let folder = try TemporaryFolder()
    try self.init(at: folder.path + "/project", folder)
  }

  /// Lays out a project at a place.
  init(at root: String, _ folder: TemporaryFolder? = nil) throws {
    self.folder = folder
    self.root = root
    try FileManager.default.createDirectory(atPath: root + "/texts", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Repository.experiments, toPath: root + "/experiments")
    try write(Self.table, to: "experiments/tiny.yaml")
    try write(Self.corpus, to: "experiments/corpora/tiny.yaml")
    try write(Self.text(documents: 400), to: "texts/documents.jsonl")
  }

  /// Copies a project as it is, runs and all.
  init(copying other: TinyProject) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    root = folder.path + "/project"
    try FileManager.default.copyItem(atPath: other.root, toPath: root)
  }

  /// Writes a file of the project.
  func write(_ text: String, to path: String) throws {
    try text.write(toFile: "\(root)/\(path)", atomically: true, encoding: .utf8)
  }

  /// Runs `sltrain reproduce tiny` at the only scale.
  func reproduce(_ options: String..., timeout: Double = 60) throws -> Outcome {
    try Program.start(["reproduce", "tiny", "--scale", "smoke"] + options, in: root).wait(timeout: timeout)
  }

  /// The results but for the manifests.
  var results: FolderContents { .results(of: root) }

  private static let corpus = """
    description: Words that nobody ever said.
    splits: {tuning: 0.1, validation: 0.1}
    sources:
      - {name: tiny, kind: folder, licence: none needed, folder: ../../texts, text: text}
    """

  static let table = """
    table: tiny
    version: 1
    title: A tiny table
    source: nowhere
    requirements: {tokensPerParameter: 1, seeds: 1}
    columns:
      - {metric: perplexity, label: PPL}
    training:
      data: {corpus: tiny, tokenizer: {vocabularySize: 1000}, packing: packed, sequenceLength: 32}
      schedule: {kind: cosine, warmupShare: 0.1}
      evaluation: {every: 20, batch: 16, tokens: 3000}
      checkpointEvery: 10
    scales:
      smoke:
        description: For a test.
        seeds: [42]
        search: {share: 0.25}
        jobs: 2
        sizes:
          - label: 60M proxy
            variables: {rank: 4}
            training:
              model: {vocabularySize: 1000, hiddenSize: 16, intermediateSize: 43, layers: 2, heads: 2}
              steps: 120
              batch: 16
    rows:
      - {label: Full-Rank, method: full-rank, learningRates: [3e-3, 1e-2]}
      - label: GaLore
        method: {name: galore, rank: $rank, updateGap: 7, scale: 0.25}
        learningRates: [1e-2, 3e-2]
      - label: SLTrain
        method: {name: sltrain, rank: $rank, density: 0.05, alpha: 4}
        learningRates: [3e-3, 1e-2]
    claims:
      - {id: close, statement: They are close., source: nowhere, test: ppl("SLTrain") <= 1.1 * ppl("Full-Rank")}
    """

  /// Documents of made-up words, one JSON object a line; the same in every run.
  static func text(documents: Int) -> String {
    var random = Sequence(state: 1)
    let letters = Array("bcdfghklmnprstvwz"), vowels = Array("aeiou")
    let words = (0..<1500).map { _ in
      String((0...random.next(3)).flatMap { _ in [letters[random.next(17)], vowels[random.next(5)]] })
    }
    return (0..<documents).map { _ in
      // The smaller of two draws: some words are common and most are rare, as in any text.
      let text = (0..<60).map { _ in words[min(random.next(1500), random.next(1500))] }.joined(separator: " ")
      return "{\"text\": \"\(text).\"}\n"
    }.joined()
  }

  /// Pseudo-random whole numbers.
  struct Sequence {
    var state: UInt64

    /// A number below a bound.
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }

    /// A number from 0 to below 1.
    mutating func share() -> Double { Double(next(1 << 30)) / Double(1 << 30) }
  }
}
