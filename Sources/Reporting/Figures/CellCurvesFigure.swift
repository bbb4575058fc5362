import Experiments
import Foundation

/// Loss against training tokens of every single run behind a table: a small panel a row, all on the same axes.
public struct CellCurvesFigure {
  /// Why a run was made.
  public enum Purpose: Int, CaseIterable, Sendable {
    /// To find the learning rate.
    case search
    /// At the paper's own rate.
    case paperRate
    /// For the table, at the rate chosen.
    case final
  }

  /// A run's line.
  public struct Curve: Equatable, Sendable {
    /// Why it was made.
    public var purpose: Purpose
    /// What tells it from the others: `seed 42, rate 0.01`.
    public var label: String
    /// Training tokens seen and the loss there, in nats, ascending in tokens.
    public var points: [CurvePoint]

    /// Creates a line.
    public init(purpose: Purpose, label: String, points: [CurvePoint]) {
      self.purpose = purpose
      self.label = label
      self.points = points
    }
  }

  /// The runs of one row.
  public struct Panel: Equatable, Sendable {
    /// The row.
    public var title: String
    /// Its runs.
    public var curves: [Curve]

    /// Creates a panel.
    public init(title: String, curves: [Curve]) {
      self.title = title
      self.curves = curves.filter { !$0.points.isEmpty }
    }
  }

  /// What stands above all panels.
  public let title: String
  /// The panels that have lines, in the order read.
  public let panels: [Panel]

  private static let columns = 3
  private static let (width, panelHeight, header, bottom) = (880.0, 196.0, 64.0, 44.0)
  private static let (left, right, above, below) = (46.0, 12.0, 24.0, 26.0)

  /// Creates a figure; nil where no panel has a line.
  public init?(title: String, panels: [Panel]) {
    self.title = title
    self.panels = panels.filter { !$0.curves.isEmpty }
    if self.panels.isEmpty { return nil }
  }

  /// The figure as data and script.
  public func figure(name: String) -> Figure { Figure(name: name, data: data, script: script(name)) }

  private var data: String {
    "# tokens  loss (nats)\n"
      + panels.flatMap { panel in
        panel.curves.map { curve in
          "# \(panel.title), \(curve.label)\n" + curve.points.map { "\($0.tokens) \($0.loss)\n" }.joined()
        }
      }.joined(separator: "\n\n")
  }

  private var points: [CurvePoint] { panels.flatMap(\.curves).flatMap(\.points) }
  private var xEnd: Double { max(1, points.map { Double($0.tokens) }.max() ?? 1) }

  /// From the lowest loss to the highest after the first tenth of the tokens: the fall would press the rest together.
  private var yRange: ClosedRange<Double> {
    let low = points.map(\.loss).min() ?? 0
    let late = points.filter { Double($0.tokens) >= 0.1 * xEnd }.map(\.loss).max() ?? low
    let room = max(0.05 * (late - low), 0.01)
    return (low - room)...(late + room)
  }

  private var rows: Int { (panels.count + Self.columns - 1) / Self.columns }
  private var height: Double { Self.header + Double(rows) * Self.panelHeight + Self.bottom }

  private func script(_ name: String) -> String {
    let unit = xEnd >= 1e9 ? (1e9, "10⁹") : xEnd >= 1e6 ? (1e6, "10⁶") : (1e3, "10³")
    var lines = [
      "# Loss against training tokens of every run, a panel a row. Data: \(name).dat",
      "set terminal svg size \(Int(Self.width)),\(Int(height)) font 'Arial,13' background '#ffffff'",
      "set encoding utf8", "set output '\(name).svg'", "set multiplot", "unset key", "set border 3 lc rgb '#444444'",
      "set tics nomirror scale 0.6", "set grid lc rgb '#dddddd' lt 1",
      "set xrange [0:\(xEnd / unit.0)]; set yrange [\(yRange.lowerBound):\(yRange.upperBound)]",
      "set xtics \(Ticks.list(Ticks.linear(0...(xEnd / unit.0), count: 4))) font ',12'",
      "set ytics \(Ticks.list(Ticks.linear(yRange, count: 5))) font ',12'",
      "set label 90 '\(quoted(title))' at screen \(x(Self.left)),\(y(height - 16)) font ',15'",
      "set label 91 'Training tokens seen (\(unit.1))' at screen 0.5,\(y(16)) center",
    ]
    lines += legend
    var index = 0
    for (number, panel) in panels.enumerated() {
      lines += axes(of: number, panel)
      let clauses = panel.curves.enumerated().sorted { ($0.1.purpose.rawValue, $0.0) < ($1.1.purpose.rawValue, $1.0) }
        .map { place, curve in
          "'\(name).dat' index \(index + place) using ($1/\(unit.0)):2 with lines \(Self.stroke(curve.purpose))"
        }
      index += panel.curves.count
      lines.append("plot " + clauses.joined(separator: ", \\\n  "))
      // What stands above all panels is drawn with the first.
      lines.append("unset label; unset arrow")
    }
    return lines.joined(separator: "\n") + "\nunset multiplot\n"
  }

  private func axes(of number: Int, _ panel: Panel) -> [String] {
    let columnWidth = Self.width / Double(Self.columns)
    let start = Double(number % Self.columns) * columnWidth
    let top = height - Self.header - Double(number / Self.columns) * Self.panelHeight
    return [
      "set lmargin at screen \(x(start + Self.left)); set rmargin at screen \(x(start + columnWidth - Self.right))",
      "set bmargin at screen \(y(top - Self.panelHeight + Self.below)); set tmargin at screen \(y(top - Self.above))",
      "set label 1 '\(quoted(panel.title))' at screen \(x(start + Self.left)),\(y(top - Self.above + 10))",
    ]
  }

  /// What the strokes mean, for the purposes that there are runs of.
  private var legend: [String] {
    let present = Purpose.allCases.reversed().filter { purpose in
      panels.contains { $0.curves.contains { $0.purpose == purpose } }
    }
    var start = Self.left
    return present.enumerated().flatMap { number, purpose -> [String] in
      defer { start += 44 + 6.6 * Double(Self.name(purpose).count) }
      return [
        "set arrow \(number + 1) from screen \(x(start)),\(y(height - 42)) to screen \(x(start + 26)),\(y(height - 42)) "
          + "nohead \(Self.stroke(purpose))",
        "set label \(92 + number) '\(Self.name(purpose))' at screen \(x(start + 32)),\(y(height - 42)) font ',12'",
      ]
    }
  }

  private static func name(_ purpose: Purpose) -> String {
    switch purpose {
    case .search: "the search for the rate"
    case .paperRate: "at the paper's own rate".replacing("'", with: "''")
    case .final: "final runs, one line a seed"
    }
  }

  private static func stroke(_ purpose: Purpose) -> String {
    switch purpose {
    case .search: "lw 1 lc rgb '#999999'"
    case .paperRate: "lw 1.6 dt (6,3) lc rgb '\(Palette.colour(4))'"
    case .final: "lw 1.6 lc rgb '\(Palette.colour(3))'"
    }
  }

  private func x(_ pixels: Double) -> String { DecimalText.fixed(pixels / Self.width, places: 5) }
  private func y(_ pixels: Double) -> String { DecimalText.fixed(pixels / height, places: 5) }
  private func quoted(_ text: String) -> String { text.replacing("'", with: "''") }
}

extension ReportFigures {
  /// The loss of every run at a size along its way: a panel a row.
  ///
  /// - Throws: `Diagnostic` if a record's curve cannot be read.
  public func cellCurves(_ size: TableSize) throws -> (figure: Figure, caption: String)? {
    let panels = try source.entries(of: size).map { entry in
      let finals = Set(entry.outcomes.map(\.id))
      let runs =
        entry.search.compactMap(\.outcome).map { (CellCurvesFigure.Purpose.search, $0) }
        + entry.atPaperRate.compactMap(\.outcome).filter { !finals.contains($0.id) }.map { (.paperRate, $0) }
        + entry.outcomes.map { (.final, $0) }
      return CellCurvesFigure.Panel(
        title: entry.row.label,
        curves: try runs.map { purpose, outcome in
          let points = try curve(outcome).smoothedTraining(Self.stretches).filter(\.loss.isFinite)
          let rate = DecimalText.plain(outcome.learningRate)
          return .init(purpose: purpose, label: "seed \(outcome.seed), rate \(rate), \(outcome.id)", points: points)
        })
    }
    let title = "Training loss (nats a token) of every run, \(size.label), scale \(source.data.scale.name.rawValue)"
    let name = "\(source.data.specification.name)-cells-\(size.slug)\(source.nameSuffix)"
    return CellCurvesFigure(title: title, panels: panels).map { ($0.figure(name: name), title) }
  }
}
