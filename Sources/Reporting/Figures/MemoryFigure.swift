import Foundation
import MemoryAccounting

/// The memory of runs as pairs of bars, one pair a method: the published number, outlined, above ours, which is stacked by
/// category. The form of the paper's figure 3, turned so that the methods' names can be read.
public struct MemoryFigure {
  /// A method's pair of bars.
  public struct Bar: Equatable, Sendable {
    /// The method.
    public var label: String
    /// The published number, in G, or nil where there is none.
    public var published: PublishedNumber?
    /// Our bytes by category; categories that are not there take none.
    public var bytes: [MemoryCategory: Int]
    /// Our bytes in all.
    public var total: Int
    /// Whether ours are predicted and not measured.
    public var isPredicted: Bool

    /// Creates a pair of bars.
    public init(
      label: String, published: PublishedNumber?, bytes: [MemoryCategory: Int], total: Int, isPredicted: Bool
    ) {
      self.label = label
      self.published = published
      self.bytes = bytes
      self.total = total
      self.isPredicted = isPredicted
    }

    /// The published bytes.
    var publishedBytes: Double? { published.map { ($0.value * 1e9).rounded() } }
  }

  /// The bars of one size, on axes of their own.
  public struct Panel: Equatable, Sendable {
    /// What stands above them.
    public var title: String
    /// The pairs, from top to bottom.
    public var bars: [Bar]

    /// Creates a panel.
    public init(title: String, bars: [Bar]) {
      self.title = title
      self.bars = bars
    }
  }

  /// What stands above the figure.
  public let title: String
  /// The panels that have bars, from top to bottom.
  public let panels: [Panel]

  /// Creates a figure of the panels that have bars.
  public init(title: String, panels: [Panel]) {
    self.title = title
    self.panels = panels.filter { !$0.bars.isEmpty }
  }

  static let width = 860.0
  static let right = 110.0
  /// The categories from the axis outwards: what stays first, then what comes and goes.
  static let order: [MemoryCategory] = [
    .weights, .sparseIndex, .gradients, .optimizerState, .projector, .activations, .workspace, .data,
  ]

  /// Neighbours differ in lightness as well as in colour, so that the order can be followed on grey paper.
  static func colour(_ category: MemoryCategory) -> String {
    switch category {
    case .weights: "#0072B2"
    case .sparseIndex: "#000000"
    case .gradients: "#A6D8F5"
    case .optimizerState: "#D55E00"
    case .projector: "#F3C45B"
    case .activations: "#7FD1B5"
    case .workspace: "#8F3B6B"
    case .data: "#AAAAAA"
    }
  }

  /// The figure as data and script.
  public func figure(name: String) -> Figure { Figure(name: name, data: data, script: script(name)) }

  /// One block a panel, one line a pair: the categories' ends one after another, so that a bar can be drawn from them.
  private var data: String {
    "# method  published (bytes)  ours (bytes)  predicted  " + present.map(\.rawValue).joined(separator: ", ")
      + " (bytes)\n"
      + panels.map { panel in
        "# \(panel.title)\n"
          + panel.bars.map { bar in
            let published = bar.publishedBytes.map { "\($0)" } ?? "NaN"
            let parts = present.map { "\(bar.bytes[$0] ?? 0)" }.joined(separator: " ")
            return "\"\(bar.label)\" \(published) \(bar.total) \(bar.isPredicted ? 1 : 0) \(parts)\n"
          }.joined()
      }.joined(separator: "\n\n")
  }

  /// The categories that any bar has enough of to be seen.
  var present: [MemoryCategory] {
    Self.order.filter { category in
      panels.flatMap(\.bars).contains { Double($0.bytes[category] ?? 0) > 0.001 * Double($0.total) }
    }
  }

  private var hasPrediction: Bool { panels.flatMap(\.bars).contains(where: \.isPredicted) }
  private var hasPublished: Bool { panels.flatMap(\.bars).contains { $0.published != nil } }

  /// The room that title and legend take.
  private var header: Double { hasPrediction || hasPublished ? 84 : 64 }

  /// The room that the longest name takes.
  private var left: Double {
    24 + 6.7 * Double(panels.flatMap(\.bars).map(\.label.count).max() ?? 0)
  }

  private func script(_ name: String) -> String {
    let height = header + panels.reduce(0) { $0 + MemoryPanel.height(of: $1) }
    var script = """
      # Memory by method, published above ours; ours stacked by category. Data: \(name).dat
      set terminal svg size \(Int(Self.width)),\(Int(height)) font 'Arial,13' background '#ffffff'
      set encoding utf8
      set output '\(name).svg'
      set multiplot
      unset key
      set border 1 lc rgb '#444444'
      set tics nomirror
      set grid xtics lc rgb '#dddddd' lt 1
      unset ytics

      """
    script += legend(height) + "\n"
    var top = height - header
    for (index, panel) in panels.enumerated() {
      let part = MemoryPanel(panel: panel, index: index, left: left, top: top, height: height, categories: present)
      script += part.script(data: "\(name).dat")
      top -= MemoryPanel.height(of: panel)
    }
    return script + "unset multiplot\n"
  }

  /// Title, then a patch and a name for what the bars can show; drawn with the first panel.
  private func legend(_ height: Double) -> String {
    func y(_ pixels: Double) -> String { DecimalText.fixed((height - pixels) / height, places: 5) }
    func x(_ pixels: Double) -> String { DecimalText.fixed(pixels / Self.width, places: 5) }
    var lines = ["set label 901 '\(title.replacing("'", with: "''"))' at screen \(x(14)),\(y(20)) font ',15'"]
    let plain = present.map { ($0.rawValue, "fc rgb '\(Self.colour($0))' fs solid noborder", false) }
    let outlined = "fc rgb '#ffffff' fs solid border lc rgb '#444444'"
    let others =
      (hasPublished ? [("published", outlined, false)] : [])
      + (hasPrediction ? [("here, predicted and not run", "fc rgb '#777777' fs solid noborder", true)] : [])
    var number = 900
    for (row, entries) in [plain, others].enumerated() {
      var left = 14.0
      let middle = 44.0 + 20 * Double(row)
      for (text, style, isHatched) in entries {
        number += 2
        let box = "from screen \(x(left)),\(y(middle + 6)) to screen \(x(left + 22)),\(y(middle - 6))"
        lines.append("set object \(number) rectangle \(box) \(style) front")
        if isHatched {
          lines.append(
            "set object \(number + 1) rectangle \(box) fc rgb '#ffffff' fs transparent pattern 5 noborder front")
        }
        lines.append("set label \(number) '\(text)' at screen \(x(left + 28)),\(y(middle)) font ',12' left")
        left += 28 + 6.6 * Double(text.count) + 20
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// A panel's axes, and where its bars stand on them.
private struct MemoryPanel {
  let panel: MemoryFigure.Panel
  let index: Int
  let left: Double
  /// The height of the panel's upper edge above the figure's lower one.
  let top: Double
  /// The height of the whole figure.
  let height: Double
  let categories: [MemoryCategory]

  private static let pitch = 46.0
  private static let above = 30.0
  private static let below = 52.0

  static func height(of panel: MemoryFigure.Panel) -> Double { above + below + pitch * Double(panel.bars.count) }

  private var most: Double {
    panel.bars.map { max($0.publishedBytes ?? 0, Double($0.total)) }.max() ?? 1
  }

  /// Where our bars lie in their row: below the published ones, or in the middle where there is none.
  private var ours: (upper: Double, lower: Double) {
    panel.bars.contains { $0.published != nil } ? (0.44, 0.86) : (0.28, 0.72)
  }

  private var unit: (scale: Double, name: String) {
    most >= 1e9 ? (1e9, "G = 10⁹ bytes") : (1e6, "M = 10⁶ bytes")
  }

  func script(data: String) -> String {
    let end = 1.02 * most / unit.scale
    let base = top - Self.above - Self.pitch * Double(panel.bars.count)
    var lines = [
      "set lmargin at screen \(x(left)); set rmargin at screen \(x(MemoryFigure.width - MemoryFigure.right))",
      "set bmargin at screen \(y(base)); set tmargin at screen \(y(top - Self.above))",
      "set label 101 '\(quoted(panel.title))' at screen \(x(14)),\(y(top - 16)) font ',14'",
      "set xlabel 'Memory (\(unit.name))' offset 0,0.4 font ',12'",
      "set xrange [0:\(end)]; set yrange [\(panel.bars.count):0]",
      "set xtics \(Ticks.list(Ticks.linear(0...end, count: 8)))",
    ]
    for (row, bar) in panel.bars.enumerated() {
      let name = "set label \(row + 1) '\(quoted(bar.label))' at screen \(x(left - 10)),"
      lines.append(name + "\(y(top - Self.above - Self.pitch * (Double(row) + 0.5))) right")
      let total = number(Double(bar.total)) + (bar.isPredicted ? " predicted" : "")
      let middle = Double(row) + (ours.upper + ours.lower) / 2
      lines.append(
        "set label \(row + 201) '\(total)' at \(Double(bar.total) / unit.scale),\(middle) "
          + "left offset 0.4,0 font ',11' front")
      guard let published = bar.published, let bytes = bar.publishedBytes else { continue }
      let text = unit.scale == 1e9 ? published.text : number(bytes)
      lines.append(
        "set label \(row + 301) '\(text)' at \(bytes / unit.scale),\(Double(row) + 0.27) "
          + "left offset 0.4,0 font ',11' textcolor rgb '#555555' front")
    }
    lines.append("plot " + clauses(data).joined(separator: ", \\\n  "))
    lines.append("unset label; unset object")
    return lines.joined(separator: "\n") + "\n"
  }

  /// One clause for each colour: boxes from where the category before ends, over all rows.
  private func clauses(_ data: String) -> [String] {
    let source = "'\(data)' index \(index) using"
    func boxes(_ from: String, _ to: String, _ upper: Double, _ lower: Double) -> String {
      "\(source) (\(from)):($0+\(upper)):(\(from)):(\(to)):($0+\(upper)):($0+\(lower)) with boxxyerror"
    }
    let scale = "/\(unit.scale)"
    let published = boxes("0", "$2\(scale)", 0.14, 0.40) + " fc rgb '#ffffff' fs solid border lc rgb '#444444'"
    let stacked = categories.indices.map { index in
      let before = (["0"] + categories.indices.prefix(index).map { "$\($0 + 5)" }).joined(separator: "+")
      return boxes("(\(before))\(scale)", "(\(before)+$\(index + 5))\(scale)", ours.upper, ours.lower)
        + " fc rgb '\(MemoryFigure.colour(categories[index]))' fs solid border lc rgb '#ffffff' lw 0.8"
    }
    let hatched =
      boxes("0", "($4 > 0 ? $3\(scale) : NaN)", ours.upper, ours.lower)
      + " fc rgb '#ffffff' fs transparent pattern 5 noborder"
    return (panel.bars.contains { $0.published != nil } ? [published] : []) + stacked
      + (panel.bars.contains(where: \.isPredicted) ? [hatched] : [])
  }

  private func number(_ bytes: Double) -> String {
    let places = most / unit.scale < 1 ? 3 : most / unit.scale < 100 ? 2 : 0
    return DecimalText.fixed(bytes / unit.scale, places: places)
  }

  private func x(_ pixels: Double) -> String { DecimalText.fixed(pixels / MemoryFigure.width, places: 5) }
  private func y(_ pixels: Double) -> String { DecimalText.fixed(pixels / height, places: 5) }
  private func quoted(_ text: String) -> String { text.replacing("'", with: "''") }
}
