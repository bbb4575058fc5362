import Tensors
import Training

/// What OpenBLAS's products reach on this machine right now: the measure of a single run's profile.
public enum SquareProduct {
  private static let side = 2048
  private static let rounds = 5

  /// The median rate of a square product on a number of workers, in floating-point operations a second; takes about a
  /// second.
  ///
  /// - Throws: `Diagnostic` if it cannot be laid out.
  public static func rate(workers: Int) throws -> Double {
    let product = CeilingContenders.Product(name: "square", label: "square", m: side, n: side, k: side)
    let contender = product.contender(Compute(workers: workers), seconds: 0.05)
    let timing = InterleavedTiming([contender.run], rounds: rounds)
    let series = try timing.measure().series
    return contender.measured(series[0]).operationRate ?? .nan
  }
}
