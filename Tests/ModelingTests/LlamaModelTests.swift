import MemoryAccounting
import Modeling
import Optimization
import TestSupport
import Tensors
import Testing

@Suite("The whole model") struct LlamaModelTests {
  /// Odd sizes; sequences of two blocks of queries, tokens of two blocks of the norms.
  private let small = LlamaConfiguration(
    name: "odd", vocabularySize: 101, hiddenSize: 18, intermediateSize: 13, layers: 2, heads: 3,
    initializerRange: 0.2)
  /// Wide enough for every operation to be cut into several blocks, the head's chunks included.
  private let wide = LlamaConfiguration(
    name: "wide", vocabularySize: 1371, hiddenSize: 90, intermediateSize: 250, layers: 2, heads: 3,
    initializerRange: 0.1)

  private func model(
    _ configuration: LlamaConfiguration, rows: Int, length: Int = 67, compute: Compute = Compute()
  ) throws -> LlamaModel {
    try LlamaModel(
      configuration, shape: BatchShape(rows: rows, length: length), seed: 9, compute: compute,
      makeLinear: DenseLinear.init)
  }

  /// The loss of a batch, and all gradients after it.
  private func gradients(
    of model: LlamaModel, _ batch: TestBatch, rows: Int
  ) -> (loss: Double, gradients: [[Float]]) {
    for parameter in model.parameters { parameter.gradient!.fill(0) }
    let loss = model.lossAndGradient(
      tokens: batch.tokens, targets: batch.targets, rows: rows, gradientScale: 1)
    return (loss, model.parameters.map { $0.gradient!.array })
  }

  @Test("the loss and the gradient of every parameter are those of double precision")
  func gradients() throws {
    let model = try model(small, rows: 3)
    let reference = DoubleLlama(model)
    let batch = TestBatch(rows: 3, length: 67, vocabulary: 101)
    let expected = reference.loss(tokens: batch.tokens, targets: batch.targets)
    #expect(abs(model.loss(tokens: batch.tokens, targets: batch.targets, rows: 3) - expected) <= 1e-6 * expected)
    let found = gradients(of: model, batch, rows: 3)
    #expect(abs(found.loss - expected) <= 1e-6 * expected)
    for (parameter, gradient) in zip(model.parameters, found.gradients) {
      expectGradient(
        gradient, at: parameter.value.doubles, name: parameter.name, directions: 1, elements: 2
      ) { values in
        var moved = reference
        moved.parameters[parameter.name] = values
        return moved.loss(tokens: batch.tokens, targets: batch.targets)
      }
    }
  }

  @Test("the embedding's rows get the sum of their tokens' gradients, and rows that do not occur get none")
  func embedding() throws {
    let model = try model(small, rows: 3)
    var batch = TestBatch(rows: 3, length: 67, vocabulary: 101)
    for position in batch.tokens.indices where batch.tokens[position] == 17 { batch.tokens[position] = 18 }
    let embedding = model.parameters[0]
    let gradient = gradients(of: model, batch, rows: 3).gradients[0]
    #expect(gradient[17 * 18..<18 * 18].allSatisfy { $0 == 0 })
    let reference = DoubleLlama(model)
    var row = [Double](repeating: 0, count: embedding.count)
    row.replaceSubrange(18 * 18..<19 * 18, with: repeatElement(1, count: 18))
    func loss(_ step: Double) -> Double {
      var moved = reference
      moved.parameters[embedding.name] = zip(embedding.value.doubles, row).map { $0 + step * $1 }
      return moved.loss(tokens: batch.tokens, targets: batch.targets)
    }
    let expected = (loss(1e-5) - loss(-1e-5)) / 2e-5
    #expect(batch.tokens.filter { $0 == 18 }.count > 2)
    #expect(abs(gradient[18 * 18..<19 * 18].reduce(0.0) { $0 + Double($1) } - expected) < 2e-5 * abs(expected))
  }

  @Test("a batch without targets has no loss and no gradient")
  func nothingToPredict() throws {
    let model = try model(small, rows: 1)
    var batch = TestBatch(rows: 1, length: 67, vocabulary: 101)
    batch.targets = [Int32](repeating: -1, count: 67)
    let found = gradients(of: model, batch, rows: 1)
    #expect(found.loss == 0)
    #expect(found.gradients.allSatisfy { $0.allSatisfy { $0 == 0 } })
  }

  @Test("what stands behind a sequence's last target changes nothing")
  func paddingStandsToTheRight() throws {
    let model = try model(small, rows: 2)
    var batch = TestBatch(rows: 2, length: 67, vocabulary: 101)
    for position in batch.targets.indices where position % 67 >= 40 { batch.targets[position] = -1 }
    let before = gradients(of: model, batch, rows: 2)
    for position in batch.tokens.indices where position % 67 > 40 { batch.tokens[position] = 5 }
    let after = gradients(of: model, batch, rows: 2)
    #expect(after.loss == before.loss)
    #expect(after.gradients == before.gradients)
  }

  @Test("1 and 2 workers give the same bits")
  func workers() throws {
    let batch = TestBatch(rows: 7, length: 67, vocabulary: 1371)
    let one = gradients(of: try model(wide, rows: 7), batch, rows: 7)
    for _ in 0..<3 {
      let two = gradients(of: try model(wide, rows: 7, compute: Compute(workers: 2)), batch, rows: 7)
      #expect(two.loss == one.loss)
      #expect(two.gradients == one.gradients)
    }
  }

  @Test("fewer rows than a model is built for give the bits of a model built for them")
  func fewerRows() throws {
    let batch = TestBatch(rows: 7, length: 67, vocabulary: 1371)
    let exact = gradients(of: try model(wide, rows: 2), batch, rows: 2)
    let larger = try model(wide, rows: 7)
    _ = gradients(of: larger, batch, rows: 7)
    let found = gradients(of: larger, batch, rows: 2)
    #expect(found.loss == exact.loss)
    #expect(found.gradients == exact.gradients)
    #expect(larger.loss(tokens: batch.tokens, targets: batch.targets, rows: 2) == exact.loss)
  }

  @Test("gradients of two batches add up, and a scale of the gradient scales them")
  func accumulation() throws {
    let model = try model(small, rows: 3)
    let batch = TestBatch(rows: 3, length: 67, vocabulary: 101)
    let once = gradients(of: model, batch, rows: 3).gradients
    for parameter in model.parameters { parameter.gradient!.fill(0) }
    for _ in 0..<2 {
      _ = model.lossAndGradient(tokens: batch.tokens, targets: batch.targets, rows: 3, gradientScale: 0.25)
    }
    for (parameter, gradient) in zip(model.parameters, once) {
      #expect(relativeDifference(parameter.gradient!.doubles, gradient.map { Double($0) / 2 }) < 2e-6)
    }
  }

  @Test("the padding row of the embedding is zero and stays zero, though its gradient is not", arguments: [-1, 4])
  func frozenRow(padding: Int) throws {
    var configuration = small
    configuration.paddingIndex = padding
    let row = padding < 0 ? 100 : padding
    let compute = Compute()
    let model = try model(configuration, rows: 1, compute: compute)
    var batch = TestBatch(rows: 1, length: 67, vocabulary: 101)
    batch.tokens[10] = Int32(row)
    let embedding = model.parameters[0]
    #expect(embedding.frozenRow == row)
    let optimizer = Optimizer(
      OptimizerSpecification(weightDecay: 0.1), parameters: model.parameters, compute: compute)
    for _ in 0..<3 {
      let gradient = gradients(of: model, batch, rows: 1).gradients[0]
      #expect(gradient[row * 18..<(row + 1) * 18].contains { $0 != 0 })
      optimizer.update(learningRate: 0.01)
      #expect(embedding.value.row(row).array.allSatisfy { $0 == 0 })
    }
    #expect(embedding.value.row(row == 100 ? 99 : row + 1).array.contains { $0 != 0 })
  }

  @Test("the starting values depend on the seed and the names alone")
  func startingValues() throws {
    let (first, second) = (try model(small, rows: 1), try model(small, rows: 2, length: 5))
    #expect(first.parameters.map(\.name) == second.parameters.map(\.name))
    #expect(first.parameters.map(\.value.array) == second.parameters.map(\.value.array))
    #expect(Set(first.parameters.map(\.name)).count == first.parameters.count)
    #expect(first.parameters.reduce(0) { $0 + $1.count } == small.denseParameterCount)
    let other = try LlamaModel(
      small, shape: BatchShape(rows: 1, length: 67), seed: 10, compute: Compute(), makeLinear: DenseLinear.init)
    #expect(other.parameters[0].value.array != first.parameters[0].value.array)
  }
}
