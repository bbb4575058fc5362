import ArgumentParser
import Benchmarks
import Configuration
import Files
import Foundation
import Reporting
import Training

/// Trains one specification.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train one specification on a corpus or on a file of token ids.",
    discussion: """
      SPEC.yaml holds model, method, data, optimizer, schedule, learningRate, batch, gradientAccumulation, lossReduction, \
      order (sequential or shuffled), steps, evaluation, checkpointEvery, precision, activationCheckpointing and seed. With --tokens, `data` needs only \
      sequenceLength: row i of the file is its tokens from i * sequenceLength on, and within a row each token is \
      predicted from those before it.

      Writes losses.txt (one line an update: its number and its loss at full precision) into the output folder, and a \
      checkpoint if checkpointEvery asks for one; a run that was interrupted goes on from there.
      """, aliases: ["run"])

  @Argument(help: "The specification of the run.")
  var specification: String

  @Option(help: "A file of token ids to train on: little-endian, 2 or 4 bytes each, nothing else.")
  var tokens: String?

  @Option(help: "A file of token ids to evaluate on at the end.")
  var validationTokens: String?

  @Option(
    help: "Bytes a token id in the files: 2 or 4 (default: 2 where the vocabulary fits, unless every second is zero).")
  var tokenBytes: Int?

  @Option(help: "A folder with config.json and model.safetensors to start from.")
  var initFrom: String?

  @Option(help: "A folder to write the trained model to, for Hugging Face transformers.")
  var export: String?

  @Option(help: "Where losses.txt and checkpoints go (default: the specification's name without .yaml).")
  var output: String?

  @Option(help: "Threads; the bits do not depend on it.")
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  @Flag(
    help: ArgumentHelp(
      "Print what memory the run took, by category, beside what was planned and what the allocator counts; and what "
        + "was in use in each phase of the first two updates and of the first evaluation."))
  var memory = false

  @Flag(
    help: ArgumentHelp(
      "Print where the time of the updates went, by phase and by operation (from the third update on: the first two have "
        + "their memory sampled), and write it to profile.md and profile.svg in the output folder."))
  var profile = false

  @Flag(help: "Print no progress.")
  var quiet = false

  func validate() throws {
    try Threads.check(workers)
    if let tokenBytes, tokenBytes != 2, tokenBytes != 4 { throw ValidationError("--token-bytes must be 2 or 4") }
  }

  func run() throws {
    let folder = output ?? URL(fileURLWithPath: specification).deletingPathExtension().path
    let single = try SingleRun(
      specification: specification, tokens: tokens, validationTokens: validationTokens, tokenBytes: tokenBytes,
      isQuiet: quiet)
    let start = try initFrom.map { try HuggingFaceCheckpoint($0) }
    // What cannot be written is found out before the training and not after it.
    if let export { try AtomicFileWriter.makeFolder(export) }
    let losses = try LossFile(folder: folder)
    let progress = ProgressLine(steps: single.run.steps, isQuiet: quiet)
    let trainer = try Trainer(
      single.run, train: single.train, evaluation: single.evaluation, workers: workers, start: start?.digest(),
      checkpointFolder: folder, profiles: profile
    ) { event in
      try losses.observe(event)
      progress.observe(event)
    }
    try start?.start(trainer.model)
    let result = try trainer.run()
    try losses.close()
    AtomicFileWriter.removeLeftovers(of: TrainingCheckpoint.path(in: folder))
    if case .diverged(let step) = result.status {
      throw Diagnostic(
        .data, "update \(step): the loss is not finite; lower the learning rate (losses: \(losses.path))")
    }
    print("losses: \(losses.path)")
    if let profile = trainer.profile { try show(profile, folder: folder) }
    if memory { print(trainer.memoryReport.text, trainer.timeline.text, separator: "\n") }
    if let evaluation = result.evaluation { print(EvaluateCommand.text(of: evaluation)) }
    if let export {
      try HuggingFaceCheckpoint.export(
        model: trainer.model, methodName: single.run.methodName, methodOptions: single.run.resolved["method"],
        to: export)
      print("model: \(export)")
    }
  }

  private func show(_ profile: StepProfile, folder: String) throws {
    guard profile.updates > 0 else {
      print("profile: none; the first two updates are left out, so ask for three at least")
      return
    }
    let name = URL(fileURLWithPath: specification).deletingPathExtension().lastPathComponent
    let report = ProfileReport(
      profile, title: "\(name), \(workers) \(workers == 1 ? "worker" : "workers")",
      productRate: try SquareProduct.rate(workers: workers))
    try AtomicFileWriter.write(report.text.utf8, to: folder + "/profile.md")
    try ProfileFigure(report).figure(name: "profile").draw(into: folder)
    print(report.text)
  }
}
