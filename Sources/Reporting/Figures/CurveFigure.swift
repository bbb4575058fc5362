import Experiments
import Foundation

/// The curves of a study over one pair of axes, each named at its end.
public struct CurveFigure {
  /// What stands above the axes.
  public let title: String
  /// The axes, and what a reader should know.
  public let axes: StudyResult.Axes
  /// A point of a line that is pointed out.
  struct Ring {
    /// The line's number.
    let curve: Int
    /// The point.
    let point: StudyResult.Point
  }

  /// The lines.
  public let curves: [StudyResult.Curve]
  /// The points that are pointed out, by the numbers of the lines that are drawn.
  private let rings: [Ring]

  private static let (width, height) = (800.0, 440.0)
  private static let (left, right, bottom, top) = (76.0, 210.0, 56.0, 62.0)

  /// Creates a figure of the curves that have points.
  public init(title: String, axes: StudyResult.Axes, curves: [StudyResult.Curve]) {
    self.title = title
    self.axes = axes
    self.curves = curves.filter { !$0.points.isEmpty }
    rings = []
  }

  /// Creates a figure with some points ringed.
  init(title: String, axes: StudyResult.Axes, curves: [StudyResult.Curve], rings: [Ring]) {
    (self.title, self.axes) = (title, axes)
    let drawn = curves.indices.filter { !curves[$0].points.isEmpty }
    self.curves = drawn.map { curves[$0] }
    self.rings = rings.compactMap { ring in
      drawn.firstIndex(of: ring.curve).map { Ring(curve: $0, point: ring.point) }
    }
  }

  /// The figure as data and script.
  public func figure(name: String) -> Figure { Figure(name: name, data: data, script: script(name)) }

  private var data: String {
    "# \(axes.x)  \(axes.y)\n"
      + curves.map { curve in
        "# \(curve.label)\n" + curve.points.map { "\($0.x) \($0.y)\n" }.joined()
      }.joined(separator: "\n\n")
  }

  private var xEnd: Double { curves.flatMap(\.points).map(\.x).max() ?? 1 }
  private var xStart: Double { axes.isXLogarithmic ? curves.flatMap(\.points).map(\.x).min() ?? 1 : 0 }

  /// The values on the level axis that have a number: on a logarithmic one those that were measured.
  private var xTicks: [Double] {
    axes.isXLogarithmic ? Set(curves.flatMap(\.points).map(\.x)).sorted() : Ticks.linear(0...xEnd, count: 8)
  }

  private var yRange: ClosedRange<Double> {
    let values = curves.flatMap(\.points).map(\.y)
    let high = values.max() ?? 1
    guard axes.isLogarithmic else { return 0...max(high * 1.05, .leastNormalMagnitude) }
    let low = values.filter { $0 > 0 }.min() ?? high / 10
    return (low / 1.3)...(high * 1.3)
  }

  private var plotWidth: Double { Self.width - Self.left - Self.right }
  private var plotHeight: Double { Self.height - Self.top - Self.bottom }

  private func script(_ name: String) -> String {
    let plotTop = Self.bottom + plotHeight
    let yTicks = axes.isLogarithmic ? Ticks.logarithmic(yRange) : Ticks.linear(yRange, count: 7)
    var lines = [
      "# \(title). Data: \(name).dat",
      "set terminal svg size \(Int(Self.width)),\(Int(Self.height)) font 'Arial,13' background '#ffffff'",
      "set encoding utf8", "set output '\(name).svg'", "unset key", "set border 3 lc rgb '#444444'",
      "set tics nomirror", "set grid lc rgb '#dddddd' lt 1",
      "set lmargin at screen \(x(Self.left)); set rmargin at screen \(x(Self.left + plotWidth))",
      "set bmargin at screen \(y(Self.bottom)); set tmargin at screen \(y(plotTop))",
      "set label 101 '\(quoted(title))' at screen \(x(16)),\(y(plotTop + 42)) font ',15'",
      "set label 102 '\(quoted(axes.note))' at screen \(x(16)),\(y(plotTop + 20)) font ',12' "
        + "textcolor rgb '#555555'",
      "set xlabel '\(quoted(axes.x))'", "set ylabel '\(quoted(axes.y))' offset 0.5,0",
      "set xrange [\(axes.isXLogarithmic ? "\(xStart)" : "0"):\(xEnd)]; set yrange [\(yRange.lowerBound):\(yRange.upperBound)]",
      "set xtics \(Ticks.list(xTicks))", "set ytics \(Ticks.list(yTicks))",
    ]
    if axes.isLogarithmic { lines.append("set logscale y") }
    if axes.isXLogarithmic { lines.append("set logscale x") }
    lines += labels
    let marks = curves.contains { $0.points.count > 12 } ? "lines" : "linespoints pt 7 ps 0.5"
    let clauses = curves.indices.map { index in
      "'\(name).dat' index \(index) using 1:2 with \(marks) lw 1.8 dt \(Palette.dash(index)) "
        + "lc rgb '\(Palette.colour(index))'"
    }
    let ringed = rings.map { ring in
      "'+' using (\(ring.point.x)):(\(ring.point.y)) every ::0::0 with points pt 6 ps 1.7 lw 1.6 lc rgb '\(Palette.colour(ring.curve))'"
    }
    lines.append("plot " + (clauses + ringed).joined(separator: ", \\\n  "))
    return lines.joined(separator: "\n") + "\n"
  }

  private var labels: [String] {
    EndLabels(
      width: Self.width, height: Self.height, column: Self.left + plotWidth + 24,
      range: (Self.bottom + 4)...(Self.bottom + plotHeight - 4)
    ).lines(
      curves.enumerated().map { index, curve in
        let last = curve.points[curve.points.count - 1]
        return .init(
          label: curve.label, x: place(of: last.x), y: height(of: last.y),
          dash: Palette.dash(index), colour: Palette.colour(index))
      })
  }

  private func place(of value: Double) -> Double {
    guard axes.isXLogarithmic else { return Self.left + plotWidth * value / xEnd }
    return Self.left + (xEnd > xStart ? plotWidth * log(value / xStart) / log(xEnd / xStart) : 0)
  }

  private func height(of value: Double) -> Double {
    let scaled: (Double) -> Double = { axes.isLogarithmic ? log($0) : $0 }
    let (low, high) = (scaled(yRange.lowerBound), scaled(yRange.upperBound))
    return Self.bottom + plotHeight * min(1, max(0, (scaled(value) - low) / (high - low)))
  }

  private func x(_ pixels: Double) -> String { DecimalText.fixed(pixels / Self.width, places: 5) }
  private func y(_ pixels: Double) -> String { DecimalText.fixed(pixels / Self.height, places: 5) }
  private func quoted(_ text: String) -> String { text.replacing("'", with: "''") }
}
