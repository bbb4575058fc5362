import Configuration
import Corpus
import MemoryAccounting
import Tensors
import Training

/// Whole updates of training: forward, backward, the optimizer and the method, from a batch of made-up tokens.
enum UpdateContenders {
  /// The contender of a run.
  ///
  /// - Parameter inTurn: whether the model is laid out anew for every go, which is then its first update, and gone after.
  /// - Throws: `Diagnostic` if the method cannot be built or the machine is too small.
  static func contender(
    _ label: String, _ run: TrainingSpecification, length: Int, workers: Int, inTurn: Bool = false
  ) throws -> Contender {
    let tokens = run.batch * length
    let measurement = Measurement(
      Label.slug(label), label: label, workers: workers,
      operations: try OperationCount.update(of: run.model, method: run.method, length: length, tokens: tokens),
      tokens: tokens, note: inTurn ? "laid out anew for every go, which is the first update of the run" : nil)
    guard inTurn else {
      let update = try TimedUpdate(run, length: length, workers: workers)
      return Contender(measurement) { update.make() }
    }
    return Contender(measurement) { try TimedUpdate(run, length: length, workers: workers).make() }
  }

  /// The square product with the highest rate, long enough to be timed: the rate that whole updates are set
  /// against in the same round.
  static func product(_ ceilings: Ceilings, workers: Int) -> Contender {
    let side = ceilings.bestSquare(workers: workers) ?? 1024
    var contender = CeilingContenders.Product(
      name: "square", label: "\(side) x \(side) x \(side)", m: side, n: side, k: side
    ).contender(Compute(workers: workers), operations: 4e10)
    contender.measurement.name = Figures.product
    return contender
  }
}

/// A run whose updates are made and timed one by one.
private final class TimedUpdate {
  private let state: TrainingState
  private let rate: Double

  init(_ run: TrainingSpecification, length: Int, workers: Int) throws {
    let plan = try MemoryPlan(run, length: length, evaluates: false)
    try plan.check()
    state = try TrainingState(
      run, length: length, evaluates: false, workers: workers, memory: Memory(), workspaceBytes: plan.workspaceBytes)
    rate = run.learningRate
    let rows = MadeUpRows(rowCount: run.batch, length: length, vocabularySize: run.model.vocabularySize)
    for batch in state.batches { batch.fill(from: rows, rows: 0..<batch.rows) }
  }

  func make() -> Double { Stopwatch.seconds { _ = state.makeUpdate(learningRate: rate) } }
}

/// Tokens that are drawn at random: an update takes the same time whatever they are.
private struct MadeUpRows: TokenRows {
  let rowCount: Int
  let length: Int
  let vocabularySize: Int
  private let numbers = RandomNumbers(seed: 1, purpose: .dataOrder, name: "made up")

  init(rowCount: Int, length: Int, vocabularySize: Int) {
    (self.rowCount, self.length, self.vocabularySize) = (rowCount, length, vocabularySize)
  }

  var digest: Digest { Digest(of: "made up \(rowCount) \(length) \(vocabularySize)") }

  func tokenCount(ofRow row: Int) -> Int { length }

  func copyRow(_ row: Int, tokens: UnsafeMutableBufferPointer<Int32>, targets: UnsafeMutableBufferPointer<Int32>) {
    for position in 0..<length {
      tokens[position] = Int32(numbers.integer(row * length + position, below: UInt64(vocabularySize)))
    }
    for position in 0..<length { targets[position] = position + 1 < length ? tokens[position + 1] : -1 }
  }
}
