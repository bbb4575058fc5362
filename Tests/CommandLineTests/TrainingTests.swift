import Foundation
import TestSupport
import Testing

@Suite("Training, exporting, starting from and evaluating a model on the command line")
struct TrainingTests {
  static let methods = [
    "full-rank", "{name: sltrain, rank: 4, density: 0.05, alpha: 4}",
    "{name: low-rank, rank: 4, initialization: xavier}",
    "{name: lora, rank: 4, alpha: 4}", "{name: relora, rank: 4, alpha: 4, restartEvery: 20}",
    "{name: galore, rank: 4, updateGap: 10, scale: 0.25}",
  ]

  /// The numbers that a command printed, by their names.
  private func numbers(_ outcome: Outcome) -> [String: Double] {
    let pairs = outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
    return Dictionary(pairs.compactMap { words in Double(words.last ?? "").map { (String(words[0]), $0) } }) { $1 }
  }

  @Test(
    "A model that was trained and exported is evaluated the same, and a new start from it is the same model",
    arguments: methods)
  func roundTrip(method: String) throws {
    let folder = try TrainingFolder(method: method)
    let trained = try folder.run(
      "train", "run.yaml", "--tokens", "tokens.bin", "--validation-tokens", "held-out.bin", "--export", "model",
      "--quiet")
    try #require(trained.code == 0, "\(trained.errors)")
    let loss = try #require(numbers(trained)["loss"])
    #expect(loss < 5)

    let evaluated = try folder.run(
      "evaluate", "--checkpoint", "model", "--tokens", "held-out.bin", "--sequence-length", "32")
    #expect(evaluated.code == 0 && evaluated.errors.isEmpty)
    #expect(abs(try #require(numbers(evaluated)["loss"]) - loss) < 1e-5)
    #expect(numbers(evaluated)["targets"] == numbers(trained)["targets"])
    #expect(abs(try #require(numbers(evaluated)["perplexity"]) - exp(loss)) < 1e-3)

    // One update at a rate of zero changes nothing: what comes out is what went in, to the last bit.
    try folder.write(TrainingFolder.specification(method: method, rate: "0", steps: 1), to: "again.yaml")
    let again = try folder.run(
      "train", "again.yaml", "--tokens", "tokens.bin", "--validation-tokens", "held-out.bin", "--init-from", "model",
      "--export", "copy", "--quiet")
    try #require(again.code == 0, "\(again.errors)")
    #expect(abs(try #require(numbers(again)["loss"]) - loss) < 1e-5)
    #expect(
      FolderContents(of: folder.path + "/copy").difference(from: FolderContents(of: folder.path + "/model")) == [])
  }

  @Test("A model starts from the dense weights of another method's export")
  func otherMethod() throws {
    let folder = try TrainingFolder(method: "full-rank")
    let dense = try folder.run("train", "run.yaml", "--tokens", "tokens.bin", "--export", "model", "--quiet")
    try #require(dense.code == 0)
    let evaluated = try folder.run(
      "evaluate", "--checkpoint", "model", "--tokens", "tokens.bin", "--sequence-length", "32")
    // LoRA's factors start at nothing, so its first loss is the dense model's.
    let lora = TrainingFolder.specification(method: "{name: lora, rank: 4, alpha: 4}", rate: "0", steps: 1)
    try folder.write(lora.replacingOccurrences(of: "\nbatch: 8", with: "\nbatch: 281"), to: "lora.yaml")
    let started = try folder.run("train", "lora.yaml", "--tokens", "tokens.bin", "--init-from", "model", "--quiet")
    try #require(started.code == 0, "\(started.errors)")
    let first = try #require(Double(folder.contents("lora/losses.txt").split(whereSeparator: \.isWhitespace)[1]))
    #expect(abs(first - (try #require(numbers(evaluated)["loss"]))) < 1e-5)
  }

  @Test("Ids of two bytes and of four give the same losses, to the last bit; so do one thread and two")
  func widths() throws {
    let folder = try TrainingFolder()
    for (tokens, workers, output) in [("tokens.bin", "1", "narrow"), ("wide.bin", "2", "wide")] {
      let outcome = try folder.run(
        "train", "run.yaml", "--tokens", tokens, "--workers", workers, "--output", output, "--quiet")
      #expect(outcome.code == 0 && outcome.errors.isEmpty)
      #expect(outcome.output == "losses: \(output)/losses.txt\n")
    }
    let losses = folder.contents("narrow/losses.txt")
    #expect(losses == folder.contents("wide/losses.txt"))
    let lines = losses.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(lines.map { Int($0[0]) } == Array(1...TrainingFolder.steps))
    #expect(lines.allSatisfy { $0.count == 2 && Double($0[1]).map(\.description) == String($0[1]) })
    // What the user says about the width goes before what is likely: then every second id is zero.
    let said = try folder.run(
      "train", "run.yaml", "--tokens", "tokens.bin", "--validation-tokens", "wide.bin", "--token-bytes", "2")
    #expect(said.code == 0 && numbers(said)["targets"] == Double(31 * (2 * 9000 / 32)))
  }

  @Test("Progress and losses go to standard error and to a file, so that standard output holds the result alone")
  func streams() throws {
    let folder = try TrainingFolder()
    let outcome = try folder.run("train", "run.yaml", "--tokens", "tokens.bin", "--validation-tokens", "held-out.bin")
    #expect(outcome.errors.first?.hasPrefix("update 1/\(TrainingFolder.steps)  loss 5.") == true)
    #expect(outcome.errors.last?.hasPrefix("update \(TrainingFolder.steps): validation perplexity ") == true)
    let names = outcome.output.split(separator: "\n").map { $0.split(separator: " ")[0] }
    #expect(
      names == ["losses:", "loss", "perplexity", "targets", "batches", "loss-as-the-official-code-reports-it"])
  }

  @Test("Output that cannot be written is a fault, and progress that cannot be written is none")
  func fullStreams() throws {
    let folder = try TrainingFolder()
    let arguments = ["train", "run.yaml", "--tokens", "tokens.bin"]
    let full = try Program.start(arguments + ["--quiet"], in: folder.path, output: "/dev/full").wait(timeout: 60)
    #expect(full.code == 73)
    #expect(full.errors == ["error: standard output cannot be written: No space left on device"])
    let silent = try Program.start(arguments + ["--output", "silent"], in: folder.path, errors: "/dev/full")
      .wait(timeout: 60)
    #expect(silent.code == 0)
    #expect(folder.contents("silent/losses.txt") == folder.contents("run/losses.txt"))
  }
}
