import Configuration
import Corpus
import Foundation
import Methods
import Modeling
import Optimization
import TestSupport
import Tensors
import Testing
import Training

@Suite("Parity with PyTorch") struct PyTorchParityTests {
  private let fixture: PyTorchFixture

  init() throws { fixture = try PyTorchFixture() }

  @Test("the loss of a padded batch, and of each of its rows, is that of transformers' LLaMA")
  func forward() throws {
    let model = try fixture.model("full-rank")
    let tokens = try fixture.integers("batch.safetensors", "tokens")
    let targets = try fixture.integers("batch.safetensors", "targets")
    func mean(_ rows: Range<Int>) -> Double {
      let own = rows.lowerBound * 20..<rows.upperBound * 20
      let count = targets[own].count { $0 >= 0 }
      return model.loss(tokens: Array(tokens[own]), targets: Array(targets[own]), rows: rows.count) / Double(count)
    }
    let expected = try #require(fixture.expected["forward"]?["loss"]?.doubleValue)
    #expect(abs(mean(0..<4) / expected - 1) < 2e-6)
    let rows = fixture.losses("forward", "row_losses")
    #expect(rows.count == 4)
    for (row, expected) in rows.enumerated() { #expect(abs(mean(row..<row + 1) / expected - 1) < 2e-6) }
  }

  @Test("the gradient of every parameter is that of PyTorch")
  func gradients() throws {
    let model = try fixture.model("full-rank")
    let tokens = try fixture.integers("batch.safetensors", "tokens")
    let targets = try fixture.integers("batch.safetensors", "targets")
    _ = model.lossAndGradient(
      tokens: tokens, targets: targets, rows: 4, gradientScale: 1 / Float(targets.count { $0 >= 0 }))
    let file = try SafetensorsFile(path: PyTorchFixture.folder + "/gradients.safetensors")
    #expect(Set(file.entries.keys) == Set(model.parameters.map(\.name)))
    for parameter in model.parameters {
      let gradient = parameter.gradient!
      // PyTorch gives the padding row no gradient; here the optimizer clears it.
      if let row = parameter.frozenRow { gradient.row(row).fill(0) }
      let expected = fixture.compute.zeros(gradient.rows, gradient.columns, .gradients)
      try file.read(parameter.name, into: expected)
      #expect(relativeDifference(gradient.doubles, expected.doubles) < 1e-4, "\(parameter.name)")
    }
  }

  @Test(
    "ten updates of a method have the losses of the same method in PyTorch",
    arguments: PyTorchFixture.methods.keys.sorted())
  func tenSteps(name: String) throws {
    let model = try fixture.model(name)
    let method = try fixture.method(name)
    var specification = OptimizerSpecification()
    // The sign of a singular vector is arbitrary: across a new projector only a run without first moments is unique.
    if name == "galore-refreshed" { specification.beta1 = 0 }
    // Where a restart keeps a first moment and clears the second, a small epsilon would magnify the last bit.
    if name == "relora" { specification.epsilon = 1e-3 }
    let optimizer = Optimizer(specification, parameters: model.parameters, compute: fixture.compute) {
      method.makeUpdateRule(for: $0, optimizer: specification, seed: 1, compute: fixture.compute)
    }
    var losses: [Double] = []
    for batch in try fixture.batches().prefix(10) {
      optimizer.clearGradients()
      let count = Double(batch.targets.count { $0 >= 0 })
      losses.append(
        model.lossAndGradient(
          tokens: batch.tokens, targets: batch.targets, rows: 4, gradientScale: Float(1 / count)) / count)
      optimizer.update(learningRate: 3e-3)
      method.afterUpdate(
        StepContext(step: optimizer.step, layers: model.linears, optimizer: optimizer, seed: 1))
      try takeRestart(name, step: optimizer.step, model)
    }
    expectLosses(losses, fixture.losses("ten_steps", name))
  }

  /// After a restart, takes the factors that the script drew.
  private func takeRestart(_ name: String, step: Int, _ model: LlamaModel) throws {
    guard name == "relora", step % 4 == 0, let file = try fixture.ownTensors(name) else { return }
    for parameter in model.parameters where parameter.name.hasSuffix(".low_rank.A") {
      try file.read("restart.\(step / 4).\(parameter.name)", into: parameter.value)
    }
  }

  @Test(
    "a run of the trainer on a file of token ids has PyTorch's losses: warm-up, cosine, clipping",
    arguments: ["full-rank", "sltrain"])
  func run(name: String) throws {
    let text = """
      model: {vocabularySize: 97, hiddenSize: 24, intermediateSize: 40, layers: 2, heads: 3, paddingIndex: -1}
      method: \(PyTorchFixture.methods[name]!)
      data: {tokens: tokens.bin, vocabularySize: 97, sequenceLength: 20, splits: {tuning: 0, validation: 0}}
      optimizer: {clipNorm: 0.5}
      schedule: {kind: cosine, warmupSteps: 4}
      learningRate: 0.003
      batch: 4
      order: sequential
      steps: 20
      """
    let node = try SpecificationNode(text: text, file: PyTorchFixture.folder + "/run.yaml")
    let specification = try TrainingSpecification(
      reading: node.mapping(keys: TrainingSpecification.keys), models: ModelCatalogue(folder: "none"),
      corporaFolder: "none")
    let cache = try TemporaryFolder()
    let data = try DataPreparer(cacheRoot: cache.path).prepare(specification.data)
    var losses: [Double] = []
    let trainer = try Trainer(specification, train: data.train, evaluation: nil) {
      if case .step(let metrics) = $0 { losses.append(metrics.loss) }
    }
    try fixture.start(trainer.model, name)
    _ = try trainer.run()
    expectLosses(losses, fixture.losses("twenty_steps", name))
  }

  @Test(
    "transformers loads an export without complaint, and has its loss",
    .enabled(if: PyTorchFixture.python != nil, "set TRANSFORMERS_PYTHON to a Python that has transformers"),
    arguments: ["full-rank", "lora", "sltrain"])
  func export(name: String) throws {
    let model = try fixture.model(name)
    // As if they were trained: factors that start at zero would hide a wrong product.
    for parameter in model.parameters where parameter.name.hasSuffix(".low_rank.B") {
      parameter.value.fillForTest(parameter.name, bound: 0.1)
    }
    let folder = try TemporaryFolder()
    try HuggingFaceCheckpoint.export(model: model, methodName: name, to: folder.path, endToken: 1)
    let script = PyTorchFixture.folder + "/../transformers_loss.py"
    let printed = try PyTorchFixture.runPython([script, folder.path])
    let batch = try #require(try fixture.batches().first)
    let loss = model.loss(tokens: batch.tokens, targets: batch.targets, rows: 4)
    let expected = try #require(Double(printed.trimmingCharacters(in: .whitespacesAndNewlines)), "\(printed)")
    #expect(abs(loss / Double(batch.targets.count { $0 >= 0 }) / expected - 1) < 2e-6)
  }

  private func expectLosses(
    _ losses: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(!expected.isEmpty && losses.count == expected.count, sourceLocation: sourceLocation)
    for (step, (loss, expected)) in zip(losses, expected).enumerated() {
      #expect(
        abs(loss / expected - 1) < 2e-6, "update \(step + 1): \(loss), not \(expected)", sourceLocation: sourceLocation)
    }
  }
}
