import Experiments
import Training

extension TimingRecord {
  /// The bytes of every row, and how many times as fast as the row that ratios are over each of the others is.
  ///
  /// - Parameters:
  ///   - prefix: what paths begin with: `table-3`.
  ///   - baseline: the label of the row that ratios are over.
  public func metrics(_ prefix: String, over baseline: String) -> [Metric] {
    sizes.flatMap { size in
      size.groups.flatMap { group in
        group.result.series.flatMap { series -> [Metric] in
          let batch = "\(group.batch.rows)x\(group.batch.length)"
          let path = "\(prefix)/\(Slug.text(of: series.name))/\(Slug.text(of: size.label))/\(batch)"
          var metrics = [
            Metric("\(path)/peak-bytes", .bytes, series.peakBytes),
            Metric("\(path)/live-bytes", .bytes, series.liveBytes),
          ]
          if series.name != baseline, let ratio = group.result.ratio(series.name, over: baseline) {
            metrics.append(Metric("\(path)/speed-over-\(Slug.text(of: baseline))", .speed, ratio.median))
          }
          return metrics
        }
      }
    }
  }
}

extension StudyResult {
  /// Every point of every line, every finding, and how many times as fast as the first line each of the others is.
  ///
  /// - Parameter prefix: what paths begin with: `figure-12`.
  public func metrics(_ prefix: String, quantity: StudyQuantity) -> [Metric] {
    func metric(_ path: String, _ number: Double) -> Metric {
      switch quantity {
      case .plain: Metric(path, .value, number)
      case .megabytes: Metric(path, .bytes, (number * 1e6).rounded())
      }
    }
    let points = curves.flatMap { curve in
      curve.points.flatMap { point in
        let path = "\(prefix)/\(Slug.text(of: curve.label))/\(DecimalText.plain(point.x))"
        return [metric("\(path)/value", point.y)]
          + point.parts.map { metric("\(path)/value/\(Slug.text(of: $0.key))", $0.value) }
      }
    }
    let found = findings.map { Metric("\(prefix)/found/\(Slug.text(of: $0.name))", .value, $0.value) }
    return points + found + speeds(prefix)
  }

  private func speeds(_ prefix: String) -> [Metric] {
    guard let first = times.first else { return [] }
    return times.dropFirst().flatMap { curve in
      curve.points.compactMap { point in
        first.points.first { $0.x == point.x }.map { base in
          Metric(
            "\(prefix)/\(Slug.text(of: curve.label))/\(DecimalText.plain(point.x))/speed-over-\(Slug.text(of: first.label))",
            .speed, base.y / point.y)
        }
      }
    }
  }
}
