import Experiments
import Foundation

/// Perplexity against learning rate, as the search found it: a line a row, a ring where its paper's rate lies.
struct LearningRateFigure {
  let title = "Perplexity against learning rate: what the search found"
  let curves: [StudyResult.Curve]
  private let rings: [CurveFigure.Ring]
  private let note: String

  init(_ source: ReportSource) {
    let several = source.data.scale.sizes.count > 1
    let entries = source.data.entries.filter { entry in entry.search.contains { $0.outcome != nil } }
    let curves = entries.map { entry in
      StudyResult.Curve(
        label: several ? "\(entry.row.label), \(entry.size.label)" : entry.row.label,
        points: entry.search.compactMap { point in
          guard let loss = point.outcome?.lossOrInfinity, loss.isFinite else { return nil }
          return .init(x: point.learningRate, y: exp(loss))
        })
    }
    self.curves = curves
    rings = entries.indices.compactMap { index in
      curves[index].points.first { $0.x == entries[index].paperRate }.map { .init(curve: index, point: $0) }
    }
    let share = source.data.scale.search.map { DecimalText.fixed(100 * $0.share, places: 0) } ?? ""
    note =
      "On the tuning split after \(share) % of the final steps, one seed; rings: the rate of the paper, where it was tried."
  }

  func figure(name: String) -> Figure {
    let axes = StudyResult.Axes(
      x: "Learning rate", y: "Perplexity on the tuning split", isLogarithmic: true, note: note, isXLogarithmic: true)
    return CurveFigure(title: title, axes: axes, curves: curves, rings: rings).figure(name: name)
  }
}
