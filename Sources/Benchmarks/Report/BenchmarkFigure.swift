import Reporting

/// Tokens a second by model and method, as bars.
public struct BenchmarkFigure {
  private let groups: [MeasuredGroup]

  /// Creates the figure of a record's whole updates.
  public init(_ record: BenchmarkRecord) { groups = record.groups.filter { $0.kind == "steps" } }

  /// The figure, or nil where no whole update was measured.
  public func figure(name: String) -> Figure? {
    groups.isEmpty ? nil : Figure(name: name, data: data, script: script(name))
  }

  /// The methods, in the order in which they first appear.
  private var labels: [String] {
    var labels: [String] = []
    for label in groups.flatMap({ updates(of: $0).map(\.label) }) where !labels.contains(label) { labels.append(label) }
    return labels
  }

  private func updates(of group: MeasuredGroup) -> [Measurement] {
    group.measurements.filter { $0.name != Figures.product }
  }

  /// A row a model: its title, and the tokens a second of every method, `?` where it was not measured.
  private var data: String {
    let header = "# model  " + labels.map { "'\($0)'" }.joined(separator: "  ") + "\n"
    return header
      + groups.map { group in
        let rates = labels.map { label in
          updates(of: group).first { $0.label == label }?.tokenRate.map { DecimalText.fixed($0, places: 2) } ?? "?"
        }
        return "\"\(group.title)\" " + rates.joined(separator: " ") + "\n"
      }.joined()
  }

  private func script(_ name: String) -> String {
    let bars = labels.enumerated().map { index, label in
      "'\(name).dat' using \(index + 2):xtic(1) title '\(label.replacing("'", with: "''"))' "
        + "lc rgb '\(Palette.colour(index))'"
    }
    return """
      # Tokens a second by model and method. Data: \(name).dat
      set terminal svg size 800,440 font 'Arial,13' background '#ffffff'
      set encoding utf8
      set output '\(name).svg'
      set title 'Training tokens a second, whole updates in fp32'
      set style data histogram
      set style histogram clustered gap 1
      set style fill solid 0.85 border rgb '#ffffff'
      set datafile missing '?'
      set border 3 lc rgb '#444444'
      set tics nomirror
      set grid ytics lc rgb '#dddddd' lt 1
      set logscale y
      set ylabel 'tokens a second'
      set key outside right top
      plot \(bars.joined(separator: ", \\\n  "))

      """
  }
}
