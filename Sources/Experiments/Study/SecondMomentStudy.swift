import Configuration
import MemoryAccounting
import Optimization
import Tensors

/// Adam's second moment under gradients of one size that then shrink: in 32 bits it follows, in bf16 its decay of a
/// thousandth an update is lost to rounding.
///
/// Gradients are normal with deviation 1, and `shrinkTo` after `shrinkAfter` updates; the mean of the second moment should
/// fall towards `shrinkTo²`.
public struct SecondMomentStudy: Study {
  private let numbers: Int
  private let steps: Int
  private let shrinkAfter: Int
  private let shrinkTo: Double
  private let every: Int
  private let seed: Int
  public let resolved: ResolvedValue

  static let keys = ["numbers", "steps", "shrinkAfter", "shrinkTo", "every", "seed"]

  init(reading node: SpecificationNode) throws {
    let study = try node.mapping(keys: Self.keys)
    // Fewer would be stored in 32 bits where 8 are asked for.
    numbers = try study.integer("numbers", in: 4096...)
    steps = try study.integer("steps", in: 1...)
    shrinkAfter = try study.integer("shrinkAfter", in: 1...)
    shrinkTo = try study.number("shrinkTo", default: 0.1, in: 0...)
    every = try study.integer("every", in: 1...)
    seed = try study.integer("seed", default: 42)
    resolved = study.resolved
  }

  public var axes: StudyResult.Axes {
    .init(
      x: "Updates", y: "Mean of Adam's second moment", isLogarithmic: true,
      note: "Gradients of deviation 1, and of \(shrinkTo) after \(shrinkAfter) updates; β₂ = 0.999, \(numbers) numbers."
    )
  }

  private struct Storage {
    let label: String
    let moments: OptimizerSpecification.Moments
    let rounding: RoundingMode
  }

  private let storages = [
    Storage(label: "fp32", moments: .float32, rounding: .nearest),
    Storage(label: "bf16, stochastic rounding", moments: .bfloat16, rounding: .stochastic),
    Storage(label: "8-bit, block-wise", moments: .blockwise, rounding: .nearest),
    Storage(label: "bf16, rounded once", moments: .bfloat16, rounding: .nearest),
    Storage(label: "bf16, after each operation", moments: .bfloat16, rounding: .perOperation),
  ]

  public func run(workers: Int, progress: (String) -> Void) throws -> StudyResult {
    let curves = storages.map { storage in
      progress("second moment in \(storage.label)")
      return StudyResult.Curve(label: storage.label, points: points(of: storage, workers: workers))
    }
    let ends = curves.compactMap { curve in curve.points.last.map { (curve.label, $0.y) } }
    let exact = ends.first?.1 ?? 0
    return StudyResult(
      curves: curves,
      remarks: ends.dropFirst().map { label, end in
        "\(label): \(Self.text(end)) at the end, \(Self.text(end / exact)) times that of fp32."
      })
  }

  private func points(of storage: Storage, workers: Int) -> [StudyResult.Point] {
    let compute = Compute(workers: workers, memory: Memory())
    var specification = OptimizerSpecification()
    specification.moments = storage.moments
    let state = AdamState(rows: 1, columns: numbers, specification: specification, compute: compute)
    let weight = compute.zeros(1, numbers, .weights)
    let gradient = compute.zeros(1, numbers, .gradients)
    var points: [StudyResult.Point] = []
    for step in 1...steps {
      compute.fillNormal(
        gradient, deviation: step <= shrinkAfter ? 1 : Float(shrinkTo),
        numbers: RandomNumbers(seed: UInt64(seed), purpose: .dataOrder, name: "gradient \(step)"))
      state.update(
        weight, gradient: gradient, learningRate: 0, step: step, specification: specification, decays: false,
        convention: .torch,
        rounding: UpdateRounding(storage.rounding, name: "moment", step: step, seed: UInt64(seed)), compute: compute)
      guard step % every == 0 || step == steps else { continue }
      let sum = state.secondMoment.reduce(0) { $0 + Double($1) }
      points.append(.init(x: Double(step), y: sum / Double(numbers)))
    }
    return points
  }

  private static func text(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
}
