import Configuration
import Foundation
import MemoryAccounting
import Modeling
import Tensors

/// One matrix of a trained model, and what its best approximation of a rank misses: singular values, both matrices as maps
/// of magnitudes, and how the magnitudes are distributed.
///
/// - Source: arXiv 2406.02214, figure 2.
public struct ResidualStudy: Study {
  private let run: StudiedRun
  private let site: Site
  private let rank: Int
  private let share: Double
  private let threshold: Double
  public let resolved: ResolvedValue

  static let keys = StudiedRun.keys + ["role", "layer", "rank", "share", "threshold"]
  /// Maps have no more cells than this on a side.
  private static let mostCells = 64

  init(reading node: SpecificationNode, scale: ScaleName, environment: ExperimentEnvironment) throws {
    let study = try node.mapping(keys: Self.keys)
    run = try StudiedRun(reading: study, scale: scale, environment: environment)
    site = try study.site(of: run.configuration)
    rank = try study.integer("rank", in: 1..<min(site.inputs, site.outputs))
    share = try study.number("share", default: 0.97, in: 0...1)
    threshold = try study.number("threshold", default: 0.04, in: 0...)
    resolved = study.resolved
  }

  private var name: String { "\(site.role.shortName) of layer \(site.layer + 1)" }

  public var axes: StudyResult.Axes {
    .init(
      x: "Index", y: "Singular value", isLogarithmic: false,
      note: "\(run.description): \(name), \(site.outputs) × \(site.inputs), rank \(rank).")
  }

  public func run(workers: Int, progress: (String) -> Void) throws -> StudyResult {
    let trained = try run.model(workers: workers, progress: progress)
    progress("singular values of \(name)")
    let compute = Compute(memory: Memory())
    let weight = compute.zeros(site.outputs, site.inputs, .workspace)
    guard let layer = trained.model.linears.first(where: { $0.site == site }), layer.writeMergedWeight(into: weight)
    else {
      throw Diagnostic(.usage, "'\(site.name)' of \(run.description) has no dense matrix")
    }
    let spectrum = try Spectrum(of: weight, compute: compute)
    let residual = spectrum.approximation(rank: rank)
    compute.scale(residual, by: -1)
    compute.add(weight, to: residual)
    let magnitudes = (whole: Magnitudes(of: weight), missed: Magnitudes(of: residual))
    let findings = findings(spectrum, magnitudes)
    let values = StudyResult.Curve("W", spectrum.values)
    return StudyResult(
      curves: [values], remarks: remarks(findings, trained), panels: panels(values, weight, residual, magnitudes),
      findings: findings)
  }

  private var percent: String { String(format: "%.0f %%", share * 100) }

  private func findings(
    _ spectrum: Spectrum, _ magnitudes: (whole: Magnitudes, missed: Magnitudes)
  ) -> [StudyResult.Finding] {
    let squares = spectrum.values.map { $0 * $0 }
    let energy = squares.prefix(rank).reduce(0, +) / squares.reduce(0, +)
    let (whole, missed) = (magnitudes.whole.cut(at: share), magnitudes.missed.cut(at: share))
    return [
      .init(
        "share below \(threshold)", magnitudes.missed.share(below: threshold).short,
        note: "entries of the residual with a magnitude below \(threshold)"),
      .init("cut", missed.short, note: "the magnitude that \(percent) of the residual's entries do not exceed"),
      .init("cut of W", whole.short, note: "the same of W"),
      .init("cut over that of W", (missed / whole).short),
      .init("energy of L0", energy.short, note: "the share of the sum of squares that the approximation holds"),
      .init(
        "normal share", Self.normalShare(below: threshold / Double(run.configuration.initializerRange)).short,
        note: "entries below \(threshold) of a matrix as it starts, normal with deviation "
          + "\(run.configuration.initializerRange)"),
    ]
  }

  /// The share of a normal law that lies within some deviations of its mean.
  private static func normalShare(below deviations: Double) -> Double { erf(deviations / 2.0.squareRoot()) }

  private func remarks(_ findings: [StudyResult.Finding], _ trained: StudiedRun.Trained) -> [String] {
    func value(_ name: String) -> Double { findings.first { $0.name == name }?.value ?? .nan }
    func percents(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }
    return [
      "The model: \(run.description), rate \(trained.outcome.learningRate), record "
        + "[\(trained.outcome.id)](\(trained.outcome.recordPath)).",
      "\(percent) of the residual's entries are below \(String(format: "%.4f", value("cut"))); of W's, below "
        + "\(String(format: "%.4f", value("cut of W"))).",
      "\(percents(value("share below \(threshold)"))) of the residual's entries are below \(threshold), the published cut; "
        + "of a matrix before any training, normal with deviation \(run.configuration.initializerRange), "
        + "\(percents(value("normal share"))) are.",
      "The \(rank) leading of \(min(site.inputs, site.outputs)) components hold \(percents(value("energy of L0"))) of the "
        + "sum of squares.",
    ]
  }

  private func panels(
    _ values: StudyResult.Curve, _ weight: Tensor, _ residual: Tensor,
    _ magnitudes: (whole: Magnitudes, missed: Magnitudes)
  ) -> [StudyResult.Panel] {
    let cut = magnitudes.missed.cut(at: share)
    let largest = magnitudes.whole.cut(at: 0.995).short
    let block = max(1, (max(site.inputs, site.outputs) + Self.mostCells - 1) / Self.mostCells)
    let shade = block == 1 ? "Magnitude of an entry" : "Mean magnitude of \(block) × \(block) entries"
    func map(_ title: String, _ matrix: Tensor) -> StudyResult.Panel {
      .init(
        title: title, x: "Input", y: shade,
        map: .init(rows: Self.cells(of: matrix, block: block), largest: largest))
    }
    return [
      .init(
        title: "Singular values of W", x: "Index", y: "Singular value", curves: [values],
        marks: [.init(x: Double(rank) + 0.5, label: "r = \(rank)")]),
      .init(
        title: "Entries up to a magnitude", x: "Magnitude", y: "Share of entries",
        curves: [magnitudes.whole.cumulative("W"), magnitudes.missed.cumulative("W − L0")],
        marks: [
          .init(y: share, label: percent), .init(x: cut.short, label: String(format: "%.3f", cut)),
        ]),
      map("|W|", weight), map("|W − L0|", residual),
    ]
  }

  /// The magnitudes of a matrix, or their means over blocks.
  private static func cells(of matrix: Tensor, block: Int) -> [[Double]] {
    stride(from: 0, to: matrix.rows, by: block).map { top in
      stride(from: 0, to: matrix.columns, by: block).map { left in
        let rows = top..<min(matrix.rows, top + block)
        let columns = left..<min(matrix.columns, left + block)
        let sum = rows.reduce(0.0) { sum, row in columns.reduce(sum) { $0 + Double(matrix[row, $1].magnitude) } }
        return (sum / Double(rows.count * columns.count)).short
      }
    }
  }
}

extension SpecificationMapping {
  /// A layer of a model: its `role`, the output of attention where nothing is said, in a `layer`, the last where nothing is.
  func site(of model: LlamaConfiguration) throws -> Site {
    let role = try choice("role", default: Site.Role.output)
    let layer = try integer("layer", default: model.layers - 1, in: 0..<model.layers)
    return model.sites.first { $0.role == role && $0.layer == layer }!
  }
}
