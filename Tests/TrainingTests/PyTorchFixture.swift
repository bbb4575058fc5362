import Configuration
import Foundation
import MemoryAccounting
import Methods
import Modeling
import Optimization
import Tensors
import Training

/// What `Tests/Fixtures/make_pytorch_fixtures.py` made: a tiny LLaMA, what the methods start from, and their losses.
struct PyTorchFixture {
  /// The folder of the fixtures.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/pytorch").path

  /// The methods, with the options that the script has.
  static let methods = [
    "full-rank": "full-rank",
    "low-rank": "{name: low-rank, rank: 4}",
    "lora": "{name: lora, rank: 4, alpha: 8}",
    "relora": "{name: relora, rank: 4, alpha: 8, restartEvery: 4, reset: {kind: magnitude, share: 0.8}}",
    "galore": "{name: galore, rank: 4, updateGap: 200}",
    "galore-refreshed": "{name: galore, rank: 4, updateGap: 4}",
    "sltrain": "{name: sltrain, rank: 4, alpha: 8, density: 0.05}",
  ]

  /// A Python that has transformers, where somebody names one.
  static let python = ProcessInfo.processInfo.environment["TRANSFORMERS_PYTHON"]

  /// What a Python script prints; its complaints go where the test's go.
  static func runPython(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python!)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  let checkpoint: HuggingFaceCheckpoint
  let expected: ResolvedValue
  let compute = Compute()

  init() throws {
    checkpoint = try HuggingFaceCheckpoint(Self.folder)
    let file = Self.folder + "/expected.json"
    expected = try ResolvedValue(json: Data(contentsOf: URL(fileURLWithPath: file)), file: file)
  }

  /// The losses under a key: `ten_steps`, `sltrain`.
  func losses(_ part: String, _ method: String) -> [Double] {
    expected[part]?[method]?.arrayValue?.compactMap(\.doubleValue) ?? []
  }

  /// A method of the fixture.
  func method(_ name: String) throws -> any Methods.Method {
    let node = try SpecificationNode(text: Self.methods[name]!, file: "fixture.yaml")
    return try MethodRegistry.standard.method(reading: node, for: checkpoint.configuration).method
  }

  /// A model of four rows of 20 tokens with a method's layers, as the script's stands before its first update.
  func model(_ name: String) throws -> LlamaModel {
    let method = try method(name)
    let model = try LlamaModel(
      checkpoint.configuration, shape: BatchShape(rows: 4, length: 20), seed: 1, compute: compute
    ) { try method.makeLinear(at: $0, in: $1) }
    try start(model, name)
    return model
  }

  /// Fills a model from the dense weights and a method's own tensors.
  func start(_ model: LlamaModel, _ name: String) throws {
    let dense = try SafetensorsFile(path: Self.folder + "/model.safetensors")
    let own = try ownTensors(name)
    for parameter in model.parameters {
      if let own, own.entries[parameter.name] != nil {
        try own.read(parameter.name, into: parameter.value)
      } else {
        try dense.read(parameter.name.replacingOccurrences(of: ".base.weight", with: ".weight"), into: parameter.value)
      }
    }
    for (name, value) in model.linears.flatMap(\.indices) { try own!.read(name, into: value) }
  }

  /// The file of what a method adds to the dense weights, if there is one.
  func ownTensors(_ name: String) throws -> SafetensorsFile? {
    let path = Self.folder + "/\(name).safetensors"
    return FileManager.default.fileExists(atPath: path) ? try SafetensorsFile(path: path) : nil
  }

  /// Whole numbers of a file.
  func integers(_ file: String, _ name: String) throws -> [Int32] {
    let file = try SafetensorsFile(path: Self.folder + "/" + file)
    let values = IndexTensor(count: file.entries[name]!.count, category: .data, in: compute.memory)
    try file.read(name, into: values)
    return values.array
  }

  /// The rows of `tokens.bin`, four to a batch, each position's target being the next id of its row.
  func batches() throws -> [(tokens: [Int32], targets: [Int32])] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.folder + "/tokens.bin"))
    let ids = stride(from: 0, to: bytes.count, by: 2).map { Int32(bytes[$0]) | Int32(bytes[$0 + 1]) << 8 }
    return stride(from: 0, to: ids.count, by: 80).map { start in
      let tokens = Array(ids[start..<start + 80])
      return (tokens, tokens.indices.map { $0 % 20 == 19 ? -1 : tokens[$0 + 1] })
    }
  }
}
