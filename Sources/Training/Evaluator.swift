import Corpus
import MemoryAccounting
import Modeling
import Tensors

/// Measures the loss of a model on held-out rows, by the official estimator and by the unbiased one, in one pass.
///
/// The official estimator adds up the batches' mean losses and divides by one more than their number, so that it reports
/// less than the mean. Source: `evaluate_model` of the official SLTrain and GaLore code.
public final class Evaluator {
  private let rows: any TokenRows
  private let specification: TrainingSpecification.Evaluation
  private let sequence: RowSequence
  private let batch: TokenBatch
  /// The seed that the official code shuffles the validation set with, whatever the run's own.
  private static let orderSeed: UInt64 = 42

  /// Creates an evaluator.
  ///
  /// - Parameters:
  ///   - specification: its batch is at most what the model was built for.
  ///   - batch: where the rows are laid, or nil for a batch of its own.
  ///   - order: shuffled by default, once and for all, so that an evaluation that stops early sees every source.
  public init(
    _ specification: TrainingSpecification.Evaluation, rows: any TokenRows, order: RowOrder = .shuffled,
    batch: TokenBatch? = nil, memory: Memory
  ) {
    self.specification = specification
    self.rows = rows
    sequence = RowSequence(order: order, seed: Self.orderSeed, rowCount: rows.rowCount)
    self.batch = batch ?? TokenBatch(rows: specification.batch, length: rows.length, in: memory)
  }

  /// Evaluates over the rows until there are none left or enough tokens have been seen.
  public func evaluate(_ model: LlamaModel) -> EvaluationMetrics {
    var means = 0.0
    var total = 0.0
    var batches = 0
    var targets = 0
    var tokens = 0
    var row = 0
    while row < rows.rowCount, tokens <= specification.tokens {
      let range = row..<min(rows.rowCount, row + specification.batch)
      row = range.upperBound
      batch.fill(from: rows, rows: range.lazy.map { self.sequence.row(at: $0) })
      tokens += batch.tokenCount
      guard batch.targetCount > 0 else { continue }
      let loss = model.loss(tokens: batch.tokens.base, targets: batch.targets.base, rows: range.count)
      means += loss / Double(batch.targetCount)
      total += loss
      batches += 1
      targets += batch.targetCount
    }
    return EvaluationMetrics(
      paperLoss: means / Double(batches + 1), correctedLoss: total / Double(max(1, targets)), batches: batches,
      targets: targets)
  }
}
