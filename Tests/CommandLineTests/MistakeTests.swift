import Foundation
import TestSupport
import Testing

/// A mistake of the user's, or a fault outside, and what the program says to it.
struct Mistake: CustomTestStringConvertible, Sendable {
  /// What is wrong.
  var testDescription: String
  /// The words after `sltrain`.
  var arguments: [String]
  /// The exit code.
  var code: Int32
  /// What the line says, without the folder's path.
  var says: String
  /// Puts the folder into the state that is wrong.
  var prepare: @Sendable (TrainingFolder) throws -> Void

  init(
    _ description: String, _ line: String, _ code: Int32, _ says: String,
    prepare: @escaping @Sendable (TrainingFolder) throws -> Void = { _ in }
  ) {
    testDescription = description
    arguments = line.split(separator: " ").map(String.init)
    self.code = code
    self.says = says
    self.prepare = prepare
  }
}

@Suite("Mistakes, each answered by one line and an exit code")
struct MistakeTests {
  private static let train = "train run.yaml --tokens tokens.bin --quiet"

  static let ofCommandLines = [
    Mistake("a command that is none", "trian run.yaml", 64, "error: unknown command 'trian'; did you mean 'train'?"),
    Mistake(
      "an option that is none", "train run.yaml --token x", 64, "unknown option '--token'; did you mean '--tokens'?"),
    Mistake("an option without its value", "evaluate --batch", 64, "see 'sltrain evaluate --help'"),
    Mistake("no specification", "train", 64, "error: missing expected argument '<specification>'; see"),
    Mistake("a specification that is not there", "train none.yaml", 64, "none.yaml: error: no such file"),
    Mistake("a number that is none", train + " --workers two", 64, "the value 'two' is invalid for '--workers"),
    Mistake("more threads than any machine has", train + " --workers 9223372036854775807", 64, "from 1 to 1024"),
    Mistake("a width that is none", train + " --token-bytes 3", 64, "--token-bytes must be 2 or 4"),
    Mistake("no project", "reproduce table-2", 64, "error: no folder here or above has 'experiments'"),
    Mistake("a corpus without a project", "train corpus.yaml", 64, "corpus 'english-mix' is a name of the project's") {
      let text = TrainingFolder.specification(method: "full-rank").replacingOccurrences(
        of: "{sequenceLength", with: "{corpus: english-mix, tokenizer: {vocabularySize: 1000}, sequenceLength")
      try $0.write(text, to: "corpus.yaml")
    },
  ]

  private static func changed(
    _ description: String, _ old: String, _ new: String, _ says: String
  ) -> Mistake {
    Mistake(description, train, 64, says) { folder in
      let text = folder.contents("run.yaml")
      precondition(text.components(separatedBy: old).count == 2, "'\(old)' is not in the specification once")
      try folder.write(text.replacingOccurrences(of: old, with: new), to: "run.yaml")
    }
  }

  static let ofSpecifications = [
    changed("an unknown key", "density: 0.05", "dleta: 0.05", "'dleta' in 'method'; did you mean 'density'?"),
    changed("an unknown method", "name: sltrain", "name: sltrian", "'sltrian'; did you mean 'sltrain'?"),
    changed("a key twice", "batch: 8\nsteps", "batch: 8\nbatch: 9\nsteps", "error: duplicate key 'batch'"),
    changed("YAML that is none", "steps: 60", "steps: [60", "run.yaml:"),
    changed("a batch beyond all bounds", "batch: 8\nsteps", "batch: 9223372036854775807\nsteps", "'batch' is 92233"),
    changed("a model beyond all bounds", "hiddenSize: 32", "hiddenSize: 4294967296", "'model.hiddenSize' is 4294"),
    changed("more layers than any model", "layers: 2", "layers: 9223372036854775807", "'model.layers' is 9223372"),
    changed("steps beyond all bounds", "steps: 60", "steps: 9223372036854775807", "'steps' is 9223372036854775807"),
    changed("an evaluation beyond all bounds", "every: 0, batch: 8", "batch: 9223372036854775807", "'evaluation.b"),
  ]

  static let ofMachines = [
    Mistake("a model that no memory holds", train, 69, "GB of memory (optimizer state ") {
      let text = $0.contents("run.yaml").replacingOccurrences(of: "hiddenSize: 32", with: "hiddenSize: 32768")
        .replacingOccurrences(of: "intermediateSize: 86", with: "intermediateSize: 65535")
        .replacingOccurrences(of: "layers: 2", with: "layers: 24")
      try $0.write(text, to: "run.yaml")
    }
  ]

  static let ofData = [
    Mistake("ids that are cut short", train, 65, "tokens.bin: error: has 17999 bytes, which is not a multiple of 2") {
      try $0.write(
        TrainingFolder.bytes(TrainingFolder.ids(9000, seed: 3), as: UInt16.self).dropLast(), to: "tokens.bin")
    },
    Mistake("an id beyond the vocabulary", train, 65, "byte 14 holds the id 300, but the vocabulary has 300 pieces") {
      var ids = TrainingFolder.ids(9000, seed: 3)
      ids[7] = 300
      try $0.write(TrainingFolder.bytes(ids, as: UInt16.self), to: "tokens.bin")
    },
    Mistake("ids of another width", train + " --token-bytes 4", 65, "the right 'width' (4 bytes an id now)"),
    Mistake("no ids", train, 65, "tokens.bin: error: is empty") { try $0.write("", to: "tokens.bin") },
    Mistake("fewer ids than a row", train, 65, "gives no row of 32 tokens") {
      try $0.write(TrainingFolder.bytes([1, 2, 3], as: UInt16.self), to: "tokens.bin")
    },
    Mistake("ids that are not there", "train run.yaml --tokens none.bin", 65, "none.bin: error: cannot be read"),
    Mistake("ids that are a folder", "train run.yaml --tokens . --token-bytes 2", 65, "regular file"),
    Mistake("a start that is not there", train + " --init-from none", 65, "none/config.json: error: no such file"),
    Mistake("a checkpoint that is none", "evaluate --checkpoint foreign --tokens tokens.bin", 65, "model.safetensors") {
      try $0.write("{}", to: "foreign/config.json")
      try $0.write("this is no safetensors file", to: "foreign/model.safetensors")
      try $0.write(foreignConfiguration, to: "foreign/config.json")
    },
    Mistake("tensors of another model", train + " --init-from foreign", 65, "tensors") {
      try $0.write(foreignConfiguration, to: "foreign/config.json")
      let header = #"{"encoder.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
      var file = TrainingFolder.bytes([header.utf8.count], as: UInt64.self) + Data(header.utf8)
      file += Data(repeating: 0, count: 4)
      try $0.write(file, to: "foreign/model.safetensors")
    },
    Mistake(
      "a checkpoint of another run", train, 65, "run/checkpoint.safetensors: error: belongs to a run with another"
    ) {
      let outcome = try $0.run("train", "run.yaml", "--tokens", "tokens.bin")
      precondition(outcome.code == 0, "\(outcome)")
      let text = $0.contents("run.yaml").replacingOccurrences(of: "1e-2", with: "2e-2")
      try $0.write(text, to: "run.yaml")
    },
    Mistake("a checkpoint of another start", train + " --init-from model", 65, "other data or another start; delete it")
    {
      let outcome = try $0.run("train", "run.yaml", "--tokens", "tokens.bin", "--export", "model")
      precondition(outcome.code == 0, "\(outcome)")
    },
  ]

  private static let foreignConfiguration = """
    {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 300, "hidden_size": 32,
     "intermediate_size": 86, "num_hidden_layers": 2, "num_attention_heads": 2, "hidden_act": "silu",
     "rms_norm_eps": 1e-6, "tie_word_embeddings": false}
    """

  static let ofPlaces = [
    Mistake(
      "an output below a file", train + " --output tokens.bin/x", 73, "tokens.bin/x: error: the folder cannot be"),
    Mistake(
      "an export below a file", train + " --export tokens.bin/x", 73, "tokens.bin/x: error: the folder cannot be"),
  ]

  @Test("On the command line", arguments: ofCommandLines)
  func inCommandLine(_ mistake: Mistake) throws { try check(mistake) }

  @Test("In a specification", arguments: ofSpecifications)
  func inSpecification(_ mistake: Mistake) throws { try check(mistake) }

  @Test("In files of ids, and in checkpoints", arguments: ofData)
  func inData(_ mistake: Mistake) throws { try check(mistake) }

  @Test("In what the machine can do", arguments: ofMachines)
  func inMachine(_ mistake: Mistake) throws { try check(mistake) }

  @Test("In where results should go", arguments: ofPlaces)
  func inPlace(_ mistake: Mistake) throws { try check(mistake) }

  private func check(_ mistake: Mistake) throws {
    let folder = try TrainingFolder()
    try mistake.prepare(folder)
    let before = FolderContents(of: folder.path)
    let outcome = try Program.start(mistake.arguments, in: folder.path).wait(timeout: 20)
    #expect(outcome.code == mistake.code)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.count == 1 && outcome.errors[0].contains("error: "), "\(outcome.errors)")
    let line = outcome.errors.first?.replacingOccurrences(of: folder.path + "/", with: "") ?? ""
    #expect(line.contains(mistake.says), "\(line)")
    #expect(FolderContents(of: folder.path).difference(from: before) == [])
  }
}
