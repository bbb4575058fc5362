import Experiments
import Methods

extension TableData {
  /// Every number of the table that a change of the program may move; of cells without a record, what is counted.
  ///
  /// - Parameter prefix: what paths begin with: `table-2`.
  public func metrics(_ prefix: String) -> [Metric] {
    entries.flatMap { $0.metrics(prefix) }
      + memory.flatMap { result in
        let path = "\(prefix)/\(result.row.slug)/\(result.size.slug)/\(CellPurpose.memory.rawValue)"
        if let outcome = result.outcome { return outcome.metrics(path) }
        return (result.recorded?.prediction.peakBytes ?? [:]).map {
          Metric("\(path)/predicted-bytes/\(Slug.text(of: $0.key))", .bytes, $0.value)
        }
      }
  }
}

extension TableEntry {
  fileprivate func metrics(_ prefix: String) -> [Metric] {
    let path = "\(prefix)/\(row.slug)/\(size.slug)"
    var metrics = [
      Metric("\(path)/parameters", .count, footprint.finalParameters),
      Metric("\(path)/estimated-bytes/parameters", .bytes, footprint.parameterBytes()),
      Metric("\(path)/estimated-bytes/optimizer", .bytes, footprint.optimizerBytes()),
    ]
    if let choice, choice.origin == .search {
      metrics.append(Metric("\(path)/learning-rate", .value, choice.learningRate))
    }
    for point in search {
      metrics += point.outcome?.metrics("\(path)/\(CellPurpose.search.rawValue)/\(point.learningRate)") ?? []
    }
    for (purpose, outcomes) in [(CellPurpose.final, finals), (.paperRate, atPaperRate)] {
      for seed in outcomes {
        metrics += seed.outcome?.metrics("\(path)/\(purpose.rawValue)/seed-\(seed.seed)") ?? []
      }
    }
    return metrics
  }
}

extension CellOutcome {
  fileprivate func metrics(_ path: String) -> [Metric] {
    var metrics = [
      Metric("\(path)/stored-parameters", .count, parameterCount),
      Metric("\(path)/updates", .value, steps),
      Metric("\(path)/tokens", .value, tokensSeen),
    ]
    if case .diverged(let step) = status { metrics.append(Metric("\(path)/diverged-at", .value, step)) }
    if let evaluation {
      metrics += [
        Metric("\(path)/loss", .loss, evaluation.correctedLoss),
        Metric("\(path)/paper-loss", .loss, evaluation.paperLoss),
        Metric("\(path)/evaluated-tokens", .value, evaluation.tokens),
      ]
    }
    return metrics + peakBytes.map { Metric("\(path)/peak-bytes/\(Slug.text(of: $0.key))", .bytes, $0.value) }
  }
}
