import Reporting

/// Tokens a second by model and method, over those of the first method of each model, as bars.
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

  /// A row a model: its title, the tokens a second of its first method, and for every method how many times as many it
  /// makes, the median of the rounds; `?` where it was not measured.
  private var data: String {
    let header = "# model  tokens/s of the first  " + labels.map { "'\($0)'" }.joined(separator: "  ") + "\n"
    return header
      + groups.map { group in
        let rates = labels.map { label -> String in
          guard let base = updates(of: group).first,
            let speed = updates(of: group).first(where: { $0.label == label })?.speed(over: base)
          else { return "?" }
          return DecimalText.fixed(speed.median, places: 3)
        }
        return "\"\(group.title)\" \(DecimalText.fixed(updates(of: group).first?.tokenRate ?? 0, places: 2)) "
          + rates.joined(separator: " ") + "\n"
      }.joined()
  }

  /// A model's place on the axis: its name, its batch and what the first method makes, a line each.
  private var ticks: String {
    groups.enumerated().map { index, group in
      let lines = group.title.split(separator: ", ", maxSplits: 1).map(String.init)
      let rate = updates(of: group).first?.tokenRate.map(DecimalText.significant) ?? ""
      let first = "\(updates(of: group).first?.label ?? ""): \(rate)/s"
      return "\"" + (lines + [first]).joined(separator: "\\n") + "\" \(index)"
    }.joined(separator: ", ")
  }

  private func script(_ name: String) -> String {
    let bars = labels.enumerated().map { index, label in
      "'\(name).dat' using \(index + 3) title '\(label.replacing("'", with: "''"))' "
        + "lc rgb '\(Palette.colour(index))'"
    }
    return """
      # Tokens a second by model and method. Data: \(name).dat
      set terminal svg size 1000,440 font 'Arial,13' background '#ffffff'
      set encoding utf8
      set output '\(name).svg'
      set title 'Tokens a second of training over those of \(labels.first ?? ""), whole updates in fp32'
      set style data histogram
      set style histogram clustered gap 1
      set style fill solid 0.85 border rgb '#ffffff'
      set datafile missing '?'
      set border 3 lc rgb '#444444'
      set tics nomirror
      set grid ytics lc rgb '#dddddd' lt 1
      set yrange [0:*]
      set bmargin 5
      set xtics (\(ticks))
      set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead lc rgb '#444444' dt 2
      set ylabel 'times as many as \(labels.first ?? "")'
      set key outside right top
      plot \(bars.joined(separator: ", \\\n  "))

      """
  }
}
