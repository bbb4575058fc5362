import ArgumentParser
import Configuration
import Corpus
import Foundation
import MemoryAccounting
import Modeling
import Tensors
import Training

/// Prints the loss and perplexity of a model in Hugging Face's format on a file of token ids.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Print a checkpoint's loss and perplexity on a file of token ids.",
    discussion: """
      The checkpoint is a folder with config.json and model.safetensors of a LLaMA model. The file is cut into rows of \
      --sequence-length tokens; within a row each token is predicted from those before it.
      """)

  @Option(help: "A folder with config.json and model.safetensors.")
  var checkpoint: String

  @Option(help: "A file of token ids: little-endian, 2 or 4 bytes each, nothing else.")
  var tokens: String

  @Option(help: "Tokens of a row.")
  var sequenceLength: Int = 256

  @Option(help: "Rows of a batch.")
  var batch: Int = 8

  @Option(
    help: "Bytes a token id in the file: 2 or 4 (default: 2 where the vocabulary fits, unless every second is zero).")
  var tokenBytes: Int?

  @Option(help: "Threads; the bits do not depend on it.")
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard sequenceLength >= 2, batch >= 1 else {
      throw ValidationError("--sequence-length must be 2 or more, --batch 1 or more")
    }
    try Threads.check(workers)
    if let tokenBytes, tokenBytes != 2, tokenBytes != 4 { throw ValidationError("--token-bytes must be 2 or 4") }
  }

  func run() throws {
    let source = try HuggingFaceCheckpoint(checkpoint)
    let configuration = source.configuration
    let width =
      try tokenBytes ?? TokenFileSpecification.likelyWidth(path: tokens, vocabularySize: configuration.vocabularySize)
    let data = DataSpecification(
      origin: .tokens(
        TokenFileSpecification(
          path: LocalPath(tokens), vocabularySize: configuration.vocabularySize, width: width,
          shares: SplitShares(tuning: 0, validation: 0))),
      sequenceLength: sequenceLength)
    let cache = (try? ProjectFolder().data) ?? FileManager.default.temporaryDirectory.path + "/sltrain"
    let rows = try DataPreparer(cacheRoot: cache, progress: PreparationPrinter().print).prepare(data).train
    print(Self.text(of: try CheckpointEvaluation.evaluate(source, rows: rows, batch: batch, workers: workers)))
  }

  /// An evaluation for people and scripts: a line a number, name first.
  static func text(of evaluation: EvaluationMetrics) -> String {
    """
    loss \(evaluation.correctedLoss)
    perplexity \(evaluation.correctedPerplexity)
    targets \(evaluation.targets)
    batches \(evaluation.batches)
    loss-as-the-official-code-reports-it \(evaluation.paperLoss)
    """
  }
}
