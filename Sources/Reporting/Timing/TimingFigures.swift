import Experiments
import Training

/// Tokens a second against tokens a batch, a figure a size.
struct TimingFigures {
  let source: TimingSource

  static func name(_ specification: TimingSpecification, _ size: TimingSize) -> String {
    "\(specification.name)-\(size.size.slug)"
  }

  func all() -> [Figure] {
    guard source.specification.kind == .inference else { return [] }
    return source.measured.filter { $0.record.groups.count > 1 }.map { size, record in
      let curves = source.specification.rows(at: size).map { row in
        StudyResult.Curve(
          label: row.label,
          points: record.groups.compactMap { group in
            group.result[row.label]?.tokensPerSecond.map { .init(x: Double(group.batch.tokens), y: $0.median) }
          })
      }
      let threads = record.manifest.threads
      let axes = StudyResult.Axes(
        x: "Tokens a batch", y: "Tokens a second", isLogarithmic: true,
        note: "Forward passes, medians of \(size.rounds) rounds, \(threads) thread\(threads == 1 ? "" : "s").",
        isXLogarithmic: true)
      return CurveFigure(title: "Inference of \(size.size.label)", axes: axes, curves: curves)
        .figure(name: Self.name(source.specification, size))
    }
  }
}
