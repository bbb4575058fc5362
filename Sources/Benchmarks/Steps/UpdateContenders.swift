import Configuration
import Experiments
import Tensors
import Training

/// Whole updates of training: forward, backward, the optimizer and the method, from random tokens.
enum UpdateContenders {
  /// The contender of a run.
  ///
  /// - Throws: `Diagnostic` if the method cannot be built or the machine is too small.
  static func contender(_ label: String, _ run: TrainingSpecification, workers: Int) throws -> Contender {
    let length = run.data.sequenceLength
    let tokens = run.batch * length
    let measurement = Measurement(
      Slug.text(of: label), label: label, workers: workers,
      operations: try OperationCount.update(of: run.model, method: run.method, length: length, tokens: tokens),
      tokens: tokens)
    return Contender(measurement, run: try .training(run, name: measurement.name, workers: workers))
  }

  /// The square product with the highest rate, long enough to be timed: what whole updates are set against in the same
  /// round.
  ///
  /// - Parameter seconds: what a go should take, roughly.
  static func product(_ ceilings: Ceilings, workers: Int, seconds: Double) -> Contender {
    let side = ceilings.bestSquare(workers: workers) ?? 1024
    var contender = CeilingContenders.Product(
      name: "square", label: "\(side) x \(side) x \(side)", m: side, n: side, k: side
    ).contender(Compute(workers: workers), seconds: seconds)
    contender.measurement.name = Figures.product
    return contender
  }
}
