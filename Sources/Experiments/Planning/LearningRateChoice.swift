import Foundation

extension RateChoice {
  /// Chooses among the rates of a complete search: the lowest corrected loss on the tuning split wins, of equal losses
  /// that with the smaller rate; a run that diverged counts as infinite.
  ///
  /// - Returns: nil while a rate has no outcome.
  public static func best(of points: [SearchPoint]) -> RateChoice? {
    let points = points.sorted { $0.learningRate < $1.learningRate }
    let losses = points.compactMap { $0.outcome?.lossOrInfinity }
    guard let first = points.first, let last = points.last, losses.count == points.count else { return nil }
    let winner = losses.indices.min { (losses[$0], $0) < (losses[$1], $1) } ?? 0
    let rate = points[winner].learningRate
    let tried = points.map { "\($0.learningRate)" }.joined(separator: ", ")
    guard losses[winner].isFinite else {
      return RateChoice(
        learningRate: rate, origin: .search, reason: "every rate of \(tried) diverged; the smallest is taken",
        edge: points.count > 1 ? .lowest : nil, allDiverged: true)
    }
    let edge: Edge? =
      points.count < 2 ? nil : rate == first.learningRate ? .lowest : rate == last.learningRate ? .highest : nil
    let loss = String(format: "%.4f", losses[winner])
    return RateChoice(
      learningRate: rate, origin: .search, reason: "lowest tuning loss, \(loss), of the rates \(tried)", edge: edge)
  }

  /// What a reader should be warned of, or nil.
  public var warning: String? {
    if allDiverged { return "every learning rate of the search diverged" }
    return edge.map {
      "the best learning rate \(learningRate) is the \($0.rawValue) of the search; a \($0 == .lowest ? "lower" : "higher") "
        + "one may be better"
    }
  }
}
