import Foundation

/// Perplexity against memory, each method a circle as large as its parameters: the form of the paper's figure 1.
public struct PerplexityMemoryFigure {
  /// A method's circle.
  public struct Point: Equatable, Sendable {
    /// The method.
    public var label: String
    /// The index of its colour: the same in every panel.
    public var style: Int
    /// Memory, in bytes.
    public var bytes: Double
    /// Validation perplexity.
    public var perplexity: Double
    /// The standard deviation of the perplexity, or nil where it is not known.
    public var deviation: Double?
    /// Parameters of the final model.
    public var parameters: Double

    /// Creates a point.
    public init(
      label: String, style: Int, bytes: Double, perplexity: Double, deviation: Double? = nil, parameters: Double
    ) {
      self.label = label
      self.style = style
      self.bytes = bytes
      self.perplexity = perplexity
      self.deviation = deviation
      self.parameters = parameters
    }
  }

  /// One pair of axes.
  public struct Panel: Sendable {
    /// What stands above it.
    public var title: String
    /// What a reader must know, in a smaller line below the title; may be empty.
    public var note: String
    /// Its circles.
    public var points: [Point]

    /// Creates a panel.
    public init(title: String, note: String = "", points: [Point]) {
      self.title = title
      self.note = note
      self.points = points
    }
  }

  /// The panels, from top to bottom.
  public let panels: [Panel]

  /// Creates a figure of the panels that have circles.
  public init(panels: [Panel]) { self.panels = panels.filter { !$0.points.isEmpty } }

  static let width = 800.0
  static let panelHeight = 410.0

  /// The figure as data and script.
  public func figure(name: String) -> Figure {
    let axes = panels.enumerated().map { PanelAxes(panel: $0.element, index: $0.offset, of: panels.count) }
    let height = Self.panelHeight * Double(panels.count)
    var script = """
      # Perplexity against memory; the area of a circle is proportional to the parameters. Data: \(name).dat
      set terminal svg size \(Int(Self.width)),\(Int(height)) font 'Arial,13' background '#ffffff'
      set encoding utf8
      set output '\(name).svg'
      set multiplot
      unset key
      set border 3 lc rgb '#444444'
      set tics nomirror
      set grid lc rgb '#dddddd' lt 1
      set ylabel 'Validation perplexity' offset 0.5,0

      """
    for axes in axes { script += axes.script(data: "\(name).dat") }
    return Figure(name: name, data: data, script: script + "unset multiplot\n")
  }

  private var data: String {
    "# method  memory (bytes)  perplexity  its standard deviation  parameters\n"
      + panels.map { panel in
        "# \(panel.title)\n"
          + panel.points.map {
            let deviation = $0.deviation.map { "\($0)" } ?? "NaN"
            return "\"\($0.label)\" \($0.bytes) \($0.perplexity) \(deviation) \($0.parameters)\n"
          }.joined()
      }.joined(separator: "\n\n")
  }
}

/// A panel's axes, and where everything stands on them in pixels.
private struct PanelAxes {
  let panel: PerplexityMemoryFigure.Panel
  let index: Int
  let count: Int
  let xRange: ClosedRange<Double>
  let yRange: ClosedRange<Double>
  let unit: (scale: Double, name: String)

  private static let left = 78.0
  private static let right = 24.0
  private static let bottom = 58.0
  private static let top = 62.0
  private static let largestRadius = 22.0

  init(panel: PerplexityMemoryFigure.Panel, index: Int, of count: Int) {
    self.panel = panel
    self.index = index
    self.count = count
    let most = panel.points.map(\.bytes).max() ?? 1
    let unit = most >= 1e9 ? (1e9, "G = 10⁹ bytes") : most >= 1e6 ? (1e6, "M = 10⁶ bytes") : (1e3, "k = 10³ bytes")
    self.unit = unit
    let memories = panel.points.map { $0.bytes / unit.0 }
    let low = memories.min() ?? 0
    let high = memories.max() ?? 1
    let room = max(0.14 * (high - low), 0.02 * high)
    xRange = max(0, low - room)...(high + room)
    let lows = panel.points.map { log($0.perplexity - min($0.deviation ?? 0, $0.perplexity / 2)) }
    let highs = panel.points.map { log($0.perplexity + ($0.deviation ?? 0)) }
    let spread = max((highs.max() ?? 1) - (lows.min() ?? 0), 0.05)
    yRange = exp((lows.min() ?? 0) - 0.16 * spread)...exp((highs.max() ?? 1) + 0.16 * spread)
  }

  private var plotWidth: Double { PerplexityMemoryFigure.width - Self.left - Self.right }
  private var plotHeight: Double { PerplexityMemoryFigure.panelHeight - Self.top - Self.bottom }
  /// The height of the panel's lower edge above the figure's.
  private var base: Double { Double(count - 1 - index) * PerplexityMemoryFigure.panelHeight }
  private var figureHeight: Double { Double(count) * PerplexityMemoryFigure.panelHeight }

  private var marks: [LabelPlacement.Mark] {
    let largest = panel.points.map(\.parameters).max() ?? 1
    return panel.points.map { point in
      LabelPlacement.Mark(
        x: Self.left + plotWidth * (point.bytes / unit.scale - xRange.lowerBound)
          / (xRange.upperBound - xRange.lowerBound),
        y: base + Self.bottom + plotHeight * log(point.perplexity / yRange.lowerBound)
          / log(yRange.upperBound / yRange.lowerBound),
        radius: Self.largestRadius * (point.parameters / largest).squareRoot(),
        text: "\(point.label), \(Self.short(point.parameters))")
    }
  }

  /// A number of parameters as the paper writes it: `646M`.
  private static func short(_ parameters: Double) -> String {
    parameters >= 1e6
      ? DecimalText.significant(parameters / 1e6) + "M" : DecimalText.significant(parameters / 1e3) + "k"
  }

  func script(data: String) -> String {
    let bounds = LabelPlacement.Box(left: Self.left, bottom: base + Self.bottom, width: plotWidth, height: plotHeight)
    let marks = marks
    let labels = LabelPlacement(bounds: bounds).places(for: marks)
    let pixelsPerUnit = plotWidth / (xRange.upperBound - xRange.lowerBound)
    let largest = panel.points.map(\.parameters).max() ?? 1
    let radius = "\(Self.largestRadius / pixelsPerUnit)*sqrt($5/\(largest))"
    var lines = [
      "set lmargin at screen \(x(Self.left)); set rmargin at screen \(x(Self.left + plotWidth))",
      "set bmargin at screen \(y(bounds.bottom)); set tmargin at screen \(y(bounds.top))",
      "set label 101 '\(quoted(panel.title))' at screen \(x(Self.left)),\(y(bounds.top + 42)) font ',15'",
      "set label 102 '\(quoted(panel.note))' at screen \(x(Self.left)),\(y(bounds.top + 20)) font ',12' "
        + "textcolor rgb '#555555'",
      "set xlabel 'Estimated memory of parameters and optimizer (\(unit.name))'",
      "set xrange [\(xRange.lowerBound):\(xRange.upperBound)]; set logscale y",
      "set yrange [\(yRange.lowerBound):\(yRange.upperBound)]",
      "set xtics \(Ticks.list(Ticks.linear(xRange, count: 8)))", "set ytics \(Ticks.list(Ticks.logarithmic(yRange)))",
    ]
    for (number, (mark, label)) in zip(marks, labels).enumerated() {
      let middle = label.box.bottom + label.box.height / 2
      lines.append(
        "set label \(number + 1) '\(quoted(mark.text))' at screen \(x(label.anchor)),\(y(middle)) "
          + "\(label.side.rawValue) front")
      if label.needsLine { lines.append(line(number + 1, from: mark, to: label.box)) }
    }
    let clauses = panel.points.enumerated().flatMap { number, point -> [String] in
      let source = "'\(data)' index \(index) every ::\(number)::\(number) using ($2/\(unit.scale)):3"
      let colour = "lc rgb '\(Palette.colour(point.style))'"
      var clauses = ["\(source):(\(radius)) with circles \(colour) fs transparent solid 0.35 border \(colour)"]
      if point.deviation != nil {
        let bar = "'\(data)' index \(index) every ::\(number)::\(number) using ($2/\(unit.scale)):($3-$4):(0):(2*$4)"
        clauses.append("\(bar) with vectors heads size screen 0.006,90 \(colour)")
      }
      return clauses + ["\(source) with points pt 7 ps 0.3 \(colour)"]
    }
    lines.append("plot " + clauses.joined(separator: ", \\\n  "))
    return lines.joined(separator: "\n") + "\nunset label\nunset arrow\n"
  }

  /// A thin line from a mark's edge to the nearest point of its label.
  private func line(_ number: Int, from mark: LabelPlacement.Mark, to box: LabelPlacement.Box) -> String {
    let (endX, endY) = box.nearest(toX: mark.x, y: mark.y)
    let length = hypot(endX - mark.x, endY - mark.y)
    let share = length > 0 ? mark.radius / length : 0
    let startX = mark.x + share * (endX - mark.x)
    let startY = mark.y + share * (endY - mark.y)
    return "set arrow \(number) from screen \(x(startX)),\(y(startY)) to screen \(x(endX)),\(y(endY)) nohead "
      + "lc rgb '#888888' front"
  }

  private func x(_ pixels: Double) -> String { DecimalText.fixed(pixels / PerplexityMemoryFigure.width, places: 5) }
  private func y(_ pixels: Double) -> String { DecimalText.fixed(pixels / figureHeight, places: 5) }
  private func quoted(_ text: String) -> String { text.replacing("'", with: "''") }
}
