import Configuration
import Foundation
import MemoryAccounting
import Methods
import Modeling
import Tensors

/// The matrices of one layer that SLTrain has trained: the singular values of `BA`, of `S` and of their sum, or what the two
/// contribute to those of the sum.
///
/// With `U Σ Vᵀ` the decomposition of `BA + S`, what they contribute are the diagonals of `Uᵀ BA V` and of `Uᵀ S V`.
/// - Source: arXiv 2406.02214, figures 10 and 11.
public struct SpectrumStudy: Study {
  /// What is drawn.
  public enum Quantity: Sendable {
    /// Singular values.
    case values
    /// Contributions.
    case contributions
  }

  private let quantity: Quantity
  private let run: StudiedRun
  private let site: Site
  private let rank: Int
  public let resolved: ResolvedValue

  static let keys = StudiedRun.keys + ["role", "layer"]

  init(
    _ quantity: Quantity, reading node: SpecificationNode, scale: ScaleName, environment: ExperimentEnvironment
  ) throws {
    let study = try node.mapping(keys: Self.keys)
    self.quantity = quantity
    run = try StudiedRun(reading: study, scale: scale, environment: environment)
    site = try study.site(of: run.configuration)
    guard run.method?["name"]?.stringValue == SLTrain.name, let rank = run.method?["rank"]?.integerValue, rank > 0
    else {
      throw study.error(
        "row", "the row is not trained by '\(SLTrain.name)' with a rank above 0, so that it has no BA and S")
    }
    self.rank = rank
    resolved = study.resolved
  }

  public var axes: StudyResult.Axes {
    let note = "\(run.description): \(site.role.shortName) of layer \(site.layer + 1), rank \(rank)."
    return quantity == .values
      ? .init(x: "Index", y: "Singular value", isLogarithmic: false, note: note)
      : .init(x: "Index", y: "Contribution", isLogarithmic: false, note: note)
  }

  /// The two parts of a matrix and its decomposition.
  struct Parts {
    let site: Site
    let factors, sparse: Tensor
    let sum: Spectrum
  }

  public func run(workers: Int, progress: (String) -> Void) throws -> StudyResult {
    let trained = try run.model(workers: workers, progress: progress)
    let compute = Compute(memory: Memory())
    let all = try trained.model.linears.filter { $0.site.layer == site.layer }.map { layer in
      progress("singular values of \(layer.site.name)")
      return try parts(of: layer, compute)
    }
    let drawn = try all.map { ($0.site, try quantity == .values ? values($0, compute) : contributions($0)) }
    let findings = quantity == .values ? valueFindings(all, drawn.map(\.1)) : contributionFindings(all, drawn.map(\.1))
    let panels = drawn.map { site, curves in
      StudyResult.Panel(
        title: site.role.shortName, x: axes.x, y: axes.y, isLogarithmic: axes.isLogarithmic, curves: curves,
        marks: [.init(x: Double(rank) + 0.5, label: "r = \(rank)")])
    }
    return StudyResult(
      curves: drawn.first { $0.0 == site }?.1 ?? [], remarks: remarks(trained, findings), panels: panels,
      findings: findings)
  }

  private func parts(of layer: any LinearLayer, _ compute: Compute) throws -> Parts {
    guard let layer = layer as? SLTrainLinear, let factors = layer.factors else {
      preconditionFailure("a layer of a model that SLTrain has trained is SLTrain's")
    }
    let (product, sparse) = (
      compute.zeros(layer.site.outputs, layer.site.inputs, .workspace),
      compute.zeros(layer.site.outputs, layer.site.inputs, .workspace)
    )
    factors.writeProduct(into: product)
    layer.sparse.add(to: sparse)
    let sum = compute.zeros(layer.site.outputs, layer.site.inputs, .workspace)
    _ = layer.writeMergedWeight(into: sum)
    return Parts(site: layer.site, factors: product, sparse: sparse, sum: try Spectrum(of: sum, compute: compute))
  }

  private func values(_ parts: Parts, _ compute: Compute) throws -> [StudyResult.Curve] {
    [
      .init("BA + S", parts.sum.values),
      // Beyond the rank there is nothing but rounding.
      .init("BA", Array(try Spectrum(of: parts.factors, compute: compute).values.prefix(rank))),
      .init("S", try Spectrum(of: parts.sparse, compute: compute).values),
    ]
  }

  private func contributions(_ parts: Parts) -> [StudyResult.Curve] {
    [
      .init("BA + S", parts.sum.values), .init("BA", parts.sum.contributions(of: parts.factors)),
      .init("S", parts.sum.contributions(of: parts.sparse)),
    ]
  }

  /// How steeply a line falls from a point to the next, as a factor.
  private static func fall(_ curve: StudyResult.Curve, after index: Int) -> Double {
    curve.points[index - 1].y / max(curve.points[index].y, .leastNormalMagnitude)
  }

  /// The index in the upper half after which a line falls most steeply: in the lower half the smallest singular values of
  /// any matrix fall towards zero, and a sparse one has fewer than it has rows.
  private static func cliff(_ curve: StudyResult.Curve) -> Int {
    (1...max(1, curve.points.count / 2)).max { fall(curve, after: $0) < fall(curve, after: $1) } ?? 1
  }

  private func valueFindings(_ all: [Parts], _ curves: [[StudyResult.Curve]]) -> [StudyResult.Finding] {
    let sums = curves.map { $0[0] }
    let own = all.firstIndex { $0.site == site } ?? 0
    return [
      .init("rank", Double(rank)),
      .init("matrices", Double(all.count), note: "the matrices of the layer"),
      .init("cliff", Double(Self.cliff(sums[own])), note: "the index after which BA + S falls most steeply"),
      .init("fall at r", Self.fall(sums[own], after: rank).short, note: "of \(site.role.shortName), as a factor"),
      .init(
        "matrices with the cliff at r", Double(sums.count { Self.cliff($0) == rank }),
        note: "those whose BA + S falls most steeply after index r"),
    ]
      + zip(all, sums).map { parts, sum in
        .init(
          "fall at r of \(parts.site.role.shortName)", Self.fall(sum, after: rank).short,
          note:
            "its steepest fall is after \(Self.cliff(sum)), by \(String(format: "%.2f", Self.fall(sum, after: Self.cliff(sum))))"
        )
      }
  }

  private func contributionFindings(_ all: [Parts], _ curves: [[StudyResult.Curve]]) -> [StudyResult.Finding] {
    func share(_ curve: StudyResult.Curve, of sum: StudyResult.Curve, _ range: Range<Int>) -> Double {
      range.reduce(0) { $0 + curve.points[$1].y } / range.reduce(0) { $0 + sum.points[$1].y }
    }
    let shares = curves.map { lines in
      (head: share(lines[1], of: lines[0], 0..<rank), tail: share(lines[2], of: lines[0], rank..<lines[0].points.count))
    }
    let own = shares[all.firstIndex { $0.site == site } ?? 0]
    return [
      .init("BA in the head", own.head.short, note: "of the sum of the first r singular values"),
      .init("S in the tail", own.tail.short, note: "of the sum of the others"),
      .init("least BA in a head", (shares.map(\.head).min() ?? 0).short, note: "over the matrices of the layer"),
      .init("least S in a tail", (shares.map(\.tail).min() ?? 0).short, note: "over the matrices of the layer"),
    ]
      + zip(all, shares).flatMap { parts, share -> [StudyResult.Finding] in
        [
          .init("BA in the head of \(parts.site.role.shortName)", share.head.short),
          .init("S in the tail of \(parts.site.role.shortName)", share.tail.short),
        ]
      }
  }

  private func remarks(_ trained: StudiedRun.Trained, _ findings: [StudyResult.Finding]) -> [String] {
    [
      "The model: \(run.description), rate \(trained.outcome.learningRate), record "
        + "[\(trained.outcome.id)](\(trained.outcome.recordPath)). Drawn are the matrices of layer \(site.layer + 1); the "
        + "table below is of \(site.role.shortName)."
    ]
  }
}
