import Experiments
import Foundation

/// Several panels in a grid under one title, their lines named once, above them.
struct PanelFigure {
  /// What stands above the panels.
  let title: String
  /// What a reader should know, in a line.
  let note: String
  let panels: [StudyResult.Panel]

  private static let width = 900.0
  private static let (header, footer) = (84.0, 14.0)

  /// Panels side by side: two or three, four of many.
  private var columns: Int { panels.count > 4 ? 4 : panels.count == 3 ? 3 : min(2, panels.count) }
  private var rows: Int { (panels.count + columns - 1) / columns }
  private var side: (width: Double, height: Double) {
    (Self.width / Double(columns), panels.count > 4 ? 250 : 380)
  }
  private var height: Double { Self.header + Double(rows) * side.height + Self.footer }

  /// The names of all lines, in the order in which they appear first.
  private var labels: [String] {
    panels.flatMap { $0.curves.map(\.label) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The figure as data and script.
  func figure(name: String) -> Figure { Figure(name: name, data: data, script: script(name)) }

  /// A block a line, a block a map.
  private var data: String {
    panels.flatMap { panel -> [String] in
      if let map = panel.map {
        let rows = map.rows.map { $0.map { "\($0)" }.joined(separator: " ") + "\n" }
        return ["# \(panel.title): \(panel.y); rows from the top\n" + rows.joined()]
      }
      return panel.curves.map { curve in
        "# \(panel.title), \(curve.label): \(panel.x)  \(panel.y)\n"
          + curve.points.map { "\($0.x) \($0.y)\n" }.joined()
      }
    }.joined(separator: "\n\n")
  }

  private func script(_ name: String) -> String {
    var lines = [
      "# \(title). Data: \(name).dat",
      // Names such as o_proj are to stand as they are.
      "set terminal svg noenhanced size \(Int(Self.width)),\(Int(height)) font 'Arial,13' background '#ffffff'",
      "set encoding utf8", "set output '\(name).svg'", "set multiplot", "unset key", "set border 3 lc rgb '#444444'",
      "set tics nomirror out",
      // Dark for much: the same order on grey paper, and for readers who see colours differently (after cividis).
      "set palette defined (0 '#ffffff', 0.25 '#c9cfe0', 0.5 '#8a93b5', 0.75 '#46568f', 1 '#0b1f4f')",
      "set label 901 '\(quoted(title))' at screen \(place(16, height - 24)) font ',15'",
      "set label 902 '\(quoted(note))' at screen \(place(16, height - 46)) font ',12' textcolor rgb '#555555'",
    ]
    lines += legend
    var block = 0
    for (index, panel) in panels.enumerated() {
      let origin = (
        x: Double(index % columns) * side.width,
        y: height - Self.header - Double(index / columns + 1) * side.height
      )
      let frame = PanelFrame(
        panel: panel, labels: labels, data: "\(name).dat", block: block, origin: origin, size: side,
        canvas: (Self.width, height), isSmall: panels.count > 4, isLeft: index % columns == 0,
        isLowest: index + columns >= panels.count)
      lines += frame.lines
      block += panel.map == nil ? panel.curves.count : 1
    }
    return (lines + ["unset multiplot"]).joined(separator: "\n") + "\n"
  }

  /// The lines' names in a row, each behind a piece of its line.
  private var legend: [String] {
    guard labels.count > 1 else { return [] }
    return labels.enumerated().flatMap { index, label in
      let x = 20 + Double(index) * 130
      let style = "lw 2 dt \(Palette.dash(index)) lc rgb '\(Palette.colour(index))'"
      return [
        "set arrow \(910 + index) from screen \(place(x, height - 70)) to screen \(place(x + 36, height - 70)) nohead \(style)",
        "set label \(910 + index) '\(quoted(label))' at screen \(place(x + 42, height - 70)) left",
      ]
    }
  }

  private func place(_ x: Double, _ y: Double) -> String {
    "\(DecimalText.fixed(x / Self.width, places: 5)),\(DecimalText.fixed(y / height, places: 5))"
  }

  private func quoted(_ text: String) -> String { text.replacing("'", with: "''") }
}

/// One panel's place in a figure, and how it is drawn.
private struct PanelFrame {
  let panel: StudyResult.Panel
  /// The names of all lines of the figure: a line looks as its place among them says.
  let labels: [String]
  let data: String
  /// The number of the panel's first block of data.
  let block: Int
  /// The corner to the left and below, and the size, in pixels.
  let origin: (x: Double, y: Double)
  let size: (width: Double, height: Double)
  let canvas: (width: Double, height: Double)
  /// Whether there is little room, so that numbers are few.
  let isSmall: Bool
  /// Whether nothing stands to the left of it, and nothing below: small panels share the names of their axes.
  let isLeft, isLowest: Bool

  private var margins: (left: Double, right: Double, bottom: Double, top: Double) {
    panel.map == nil ? (isSmall ? 58 : 66, 14, 48, 34) : (52, 110, 48, 34)
  }

  private var points: [StudyResult.Point] { panel.curves.flatMap(\.points) }

  var lines: [String] {
    let (left, right, bottom, top) = margins
    let ends = (
      x: (origin.x + left, origin.x + size.width - right), y: (origin.y + bottom, origin.y + size.height - top)
    )
    return [
      "set lmargin at screen \(share(ends.x.0, canvas.width)); set rmargin at screen \(share(ends.x.1, canvas.width))",
      "set bmargin at screen \(share(ends.y.0, canvas.height)); set tmargin at screen \(share(ends.y.1, canvas.height))",
      "set label 1 '\(quoted(panel.title))' at screen \(share(ends.x.0, canvas.width)),"
        + "\(share(ends.y.1 + 16, canvas.height)) left",
      "set xlabel '\(isLowest || !isSmall ? quoted(panel.x) : "")' offset 0,0.3",
    ] + (panel.map.map(mapLines) ?? curveLines) + ["unset label", "unset arrow"]
  }

  private var curveLines: [String] {
    let xEnd = points.map(\.x).max() ?? 1
    let (xs, ys) = (0...xEnd, yRange)
    let yTicks = panel.isLogarithmic ? Ticks.logarithmic(ys) : Ticks.linear(ys, count: isSmall ? 4 : 6)
    var lines = [
      "set grid lc rgb '#dddddd' lt 1", "set ylabel '\(isLeft || !isSmall ? quoted(panel.y) : "")' offset 1,0",
      panel.isLogarithmic ? "set logscale y" : "unset logscale y",
      "set xrange [0:\(xEnd)]; set yrange [\(ys.lowerBound):\(ys.upperBound)]",
      "set xtics \(Ticks.list(Ticks.linear(xs, count: isSmall ? 4 : 7)))", "set ytics \(Ticks.list(yTicks))",
    ]
    lines += panel.marks.enumerated().flatMap { index, mark in self.lines(of: mark, label: 2 + index, xEnd: xEnd) }
    let clauses = panel.curves.enumerated().map { index, curve in
      let style = labels.firstIndex(of: curve.label) ?? 0
      let marks = curve.points.count > 40 ? "lines" : "linespoints pt 7 ps \(isSmall ? "0.25" : "0.4")"
      return "'\(data)' index \(block + index) using 1:2 with \(marks) lw 1.8 dt \(Palette.dash(style)) "
        + "lc rgb '\(Palette.colour(style))'"
    }
    return lines + ["plot " + clauses.joined(separator: ", \\\n  ")]
  }

  private var yRange: ClosedRange<Double> {
    let values = points.map(\.y)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    guard panel.isLogarithmic else { return min(0, low * 1.1)...max(high * 1.05, .leastNormalMagnitude) }
    let least = values.filter { $0 > 0 }.min() ?? high / 10
    return (least / 1.3)...(high * 1.3)
  }

  /// A thin line across the panel with what it says at its end.
  private func lines(of mark: StudyResult.Mark, label: Int, xEnd: Double) -> [String] {
    let text = quoted(mark.label)
    if let x = mark.x {
      return [
        "set arrow \(label) from first \(x),graph 0 to first \(x),graph 1 nohead lw 1 dt (4,3) lc rgb '#555555' back",
        "set label \(label) '\(text)' at first \(x),graph \(isHigh(at: x) ? 0.06 : 0.94) \(x > 0.7 * xEnd ? "right offset -0.5,0" : "left offset 0.5,0") "
          + "font ',12' textcolor rgb '#333333'",
      ]
    }
    let y = mark.y ?? 0
    return [
      "set arrow \(label) from graph 0,first \(y) to graph 1,first \(y) nohead lw 1 dt (4,3) lc rgb '#555555' back",
      "set label \(label) '\(text)' at graph 0.99,first \(y) right offset 0,-0.7 font ',12' textcolor rgb '#333333'",
    ]
  }

  /// Whether a line is in the upper part of the panel at a place, where a label would stand on it.
  private func isHigh(at x: Double) -> Bool {
    let (low, high) = (yRange.lowerBound, yRange.upperBound)
    return panel.curves.contains { curve in
      guard let nearest = curve.points.min(by: { abs($0.x - x) < abs($1.x - x) }) else { return false }
      return (nearest.y - low) / (high - low) > 0.7
    }
  }

  private func mapLines(_ map: StudyResult.Map) -> [String] {
    let (rows, columns) = (map.rows.count, map.rows.first?.count ?? 0)
    return [
      "unset grid", "unset logscale y", "set ylabel 'Output' offset 1.4,0",
      "set xrange [-0.5:\(Double(columns) - 0.5)]; set yrange [\(Double(rows) - 0.5):-0.5]",
      "set xtics \(Ticks.list(Ticks.linear(0...Double(columns - 1), count: 5)))",
      "set ytics \(Ticks.list(Ticks.linear(0...Double(rows - 1), count: 5)))",
      "set cbrange [0:\(map.largest)]; set cblabel '\(quoted(panel.y))' offset 0.5,0",
      "set cbtics \(Ticks.list(Ticks.linear(0...map.largest, count: 5)))",
      "plot '\(data)' index \(block) matrix with image pixels",
    ]
  }

  private func share(_ pixels: Double, _ whole: Double) -> String { DecimalText.fixed(pixels / whole, places: 5) }
  private func quoted(_ text: String) -> String { text.replacing("'", with: "''") }
}
