import Foundation

/// Loss against training tokens, one line a method: the order of the methods changes along the way.
public struct LossFigure {
  /// A method's line.
  public struct Curve: Equatable, Sendable {
    /// The method.
    public var label: String
    /// The index of its colour: the same for all variants of a method.
    public var colour: Int
    /// The index of its stroke.
    public var dash: Int
    /// Training tokens seen and the loss there, in nats, ascending in tokens.
    public var points: [CurvePoint]

    /// Creates a line.
    public init(label: String, colour: Int, dash: Int, points: [CurvePoint]) {
      self.label = label
      self.colour = colour
      self.dash = dash
      self.points = points
    }
  }

  /// What stands above the axes.
  public let title: String
  /// What the lines are, in a smaller line below the title.
  public let note: String
  /// What the upright axis says.
  public let axis: String
  /// The lines that have points.
  public let curves: [Curve]

  private static let plotWidth = 540.0
  private static let height = 460.0
  private static let left = 70.0
  private static let bottom = 56.0
  private static let top = 62.0

  /// Creates a figure of the curves that have points.
  public init(title: String, note: String, axis: String, curves: [Curve]) {
    self.title = title
    self.note = note
    self.axis = axis
    self.curves = curves.filter { !$0.points.isEmpty }
  }

  /// The figure as data and script.
  public func figure(name: String) -> Figure {
    Figure(name: name, data: data, script: script(name))
  }

  private var data: String {
    "# tokens  loss (nats)\n"
      + curves.map { curve in
        "# \(curve.label)\n" + curve.points.map { "\($0.tokens) \($0.loss)\n" }.joined()
      }.joined(separator: "\n\n")
  }

  private var xRange: ClosedRange<Double> { 0...max(1, curves.flatMap(\.points).map { Double($0.tokens) }.max() ?? 1) }

  /// From the lowest loss to the height that leaves the first of the fall out: it would press the rest together.
  private var yRange: ClosedRange<Double> {
    let losses = curves.flatMap(\.points).map(\.loss)
    let low = losses.min() ?? 0
    let ends = curves.compactMap(\.points.last?.loss)
    let highest = losses.max() ?? 1
    let late = curves.flatMap { curve in
      curve.points.filter { Double($0.tokens) >= 0.1 * xRange.upperBound }.map(\.loss)
    }
    let high = min(highest, max(late.max() ?? highest, (ends.max() ?? highest)))
    let room = max(0.05 * (high - low), 0.01)
    return (low - room)...(high + room)
  }

  /// Room for the longest of the names, at some seven and a half pixels a letter.
  private var right: Double { max(190, 34 + 7.5 * Double(curves.map(\.label.count).max() ?? 0)) }
  private var width: Double { (Self.left + Self.plotWidth + right).rounded(.up) }
  private var plotHeight: Double { Self.height - Self.top - Self.bottom }

  private func script(_ name: String) -> String {
    let unit = xRange.upperBound >= 1e9 ? (1e9, "10⁹") : xRange.upperBound >= 1e6 ? (1e6, "10⁶") : (1e3, "10³")
    let xEnd = xRange.upperBound / unit.0
    let plotTop = Self.bottom + plotHeight
    var lines = [
      "# Loss against training tokens, one line a method. Data: \(name).dat",
      "set terminal svg size \(Int(width)),\(Int(Self.height)) font 'Arial,13' background '#ffffff'",
      "set encoding utf8", "set output '\(name).svg'", "unset key", "set border 3 lc rgb '#444444'",
      "set tics nomirror", "set grid lc rgb '#dddddd' lt 1",
      "set lmargin at screen \(x(Self.left)); set rmargin at screen \(x(Self.left + Self.plotWidth))",
      "set bmargin at screen \(y(Self.bottom)); set tmargin at screen \(y(plotTop))",
      "set label 101 '\(quoted(title))' at screen \(x(Self.left)),\(y(plotTop + 42)) font ',15'",
      "set label 102 '\(quoted(note))' at screen \(x(Self.left)),\(y(plotTop + 20)) font ',12' "
        + "textcolor rgb '#555555'",
      "set xlabel 'Training tokens seen (\(unit.1))'", "set ylabel '\(quoted(axis))' offset 0.5,0",
      "set xrange [0:\(xEnd)]; set yrange [\(yRange.lowerBound):\(yRange.upperBound)]",
      "set xtics \(Ticks.list(Ticks.linear(0...xEnd, count: 8)))",
      "set ytics \(Ticks.list(Ticks.linear(yRange, count: 8)))",
    ]
    lines += labels
    let clauses = curves.enumerated().map { index, curve in
      "'\(name).dat' index \(index) using ($1/\(unit.0)):2 with lines lw 1.8 dt \(Palette.dash(curve.dash)) "
        + "lc rgb '\(Palette.colour(curve.colour))'"
    }
    lines.append("plot " + clauses.joined(separator: ", \\\n  "))
    return lines.joined(separator: "\n") + "\n"
  }

  private var labels: [String] {
    EndLabels(
      width: width, height: Self.height, column: Self.left + Self.plotWidth + 24,
      range: (Self.bottom + 4)...(Self.bottom + plotHeight - 4)
    ).lines(
      curves.map { curve in
        let last = curve.points[curve.points.count - 1]
        return .init(
          label: curve.label, x: Self.left + Self.plotWidth * Double(last.tokens) / xRange.upperBound,
          y: height(of: last.loss), dash: Palette.dash(curve.dash), colour: Palette.colour(curve.colour))
      })
  }

  private func height(of loss: Double) -> Double {
    let share = (loss - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound)
    return Self.bottom + plotHeight * min(1, max(0, share))
  }

  private func x(_ pixels: Double) -> String { DecimalText.fixed(pixels / width, places: 5) }
  private func y(_ pixels: Double) -> String { DecimalText.fixed(pixels / Self.height, places: 5) }
  private func quoted(_ text: String) -> String { text.replacing("'", with: "''") }
}

/// A point of a loss curve.
public struct CurvePoint: Equatable, Sendable {
  /// Training tokens seen.
  public var tokens: Int
  /// The loss there, in nats.
  public var loss: Double

  /// Creates a point.
  public init(tokens: Int, loss: Double) {
    self.tokens = tokens
    self.loss = loss
  }

  /// The mean of several runs' curves, point by point: the same update of each, with the mean of the tokens seen by then,
  /// which differ by seed where documents do not fill their rows. It ends with the shortest.
  public static func mean(of curves: [[CurvePoint]]) -> [CurvePoint] {
    let count = curves.map(\.count).min() ?? 0
    return (0..<count).compactMap { index in
      let points = curves.map { $0[index] }
      guard points.allSatisfy(\.loss.isFinite) else { return nil }
      let tokens = points.reduce(0) { $0 + $1.tokens } / points.count
      return CurvePoint(tokens: tokens, loss: points.reduce(0) { $0 + $1.loss } / Double(points.count))
    }
  }
}
