import Foundation

/// The convergence of runs that repeat one another: their mean perplexity against tokens with a band of its spread, and below
/// it every run's distance from the mean, which the upper axes are too coarse for. A column a size.
public struct RepetitionFigure {
  /// A moment of training.
  public struct Point: Equatable, Sendable {
    /// Training tokens seen.
    public var tokens: Int
    /// The losses, in nats.
    public var spread: RepetitionSpread

    /// Creates a point.
    public init(tokens: Int, spread: RepetitionSpread) {
      self.tokens = tokens
      self.spread = spread
    }
  }

  /// A column of two pairs of axes.
  public struct Panel: Equatable, Sendable {
    /// What stands above it.
    public var title: String
    /// The moments, ascending in tokens.
    public var points: [Point]

    /// Creates a panel from `curves[repetition][seed]`, evaluation by evaluation, up to the end of the shortest.
    public init(title: String, curves: [[[CurvePoint]]]) {
      self.title = title
      let count = curves.flatMap { $0.map(\.count) }.min() ?? 0
      points = (0..<count).compactMap { index in
        let tokens = curves.flatMap { $0.map { $0[index].tokens } }
        guard let spread = RepetitionSpread(curves.map { $0.map { $0[index].loss } }), spread.mean.isFinite else {
          return nil
        }
        return Point(tokens: tokens.reduce(0, +) / tokens.count, spread: spread)
      }
    }

    /// The moments after a share of the tokens.
    func points(after share: Double) -> [Point] {
      points.filter { Double($0.tokens) >= share * Double(points.last?.tokens ?? 0) }
    }

    /// As far as any line of the lower axes reaches, in per cent of the perplexity; runs lie far apart at first, which would
    /// press the rest together.
    var furthest: Double {
      let losses = points(after: 0.3).flatMap { point -> [Double] in
        point.spread.deviations.map(\.magnitude) + [point.spread.overSeeds ?? 0, point.spread.overRepetitions ?? 0]
      }
      return 100 * (exp(losses.max() ?? 0) - 1)
    }
  }

  /// What stands above all.
  public let title: String
  /// What the rows repeat one another in: `supports`.
  public let repetitions: String
  /// The columns.
  public let panels: [Panel]

  static let (width, height) = (820.0, 600.0)

  /// Creates a figure of the panels that have points.
  public init(title: String, repetitions: String, panels: [Panel]) {
    self.title = title
    self.repetitions = repetitions
    self.panels = panels.filter { !$0.points.isEmpty }
  }

  /// The figure as data and script.
  public func figure(name: String) -> Figure {
    let hasSeeds = panels.contains { $0.points.contains { $0.spread.overSeeds != nil } }
    let note =
      "Grey: ± standard deviation over the \(repetitions) of a seed"
      + (hasSeeds ? "; dashed: ± over seeds" : "") + "; thin: every run against the mean of its seed."
    var script = """
      # Convergence over \(repetitions): mean and spread. Data: \(name).dat
      set terminal svg size \(Int(Self.width)),\(Int(Self.height)) font 'Arial,13' background '#ffffff'
      set encoding utf8
      set output '\(name).svg'
      set multiplot
      unset key
      set border 3 lc rgb '#444444'
      set tics nomirror
      set grid lc rgb '#dddddd' lt 1
      set label 101 '\(title.replacing("'", with: "''"))' at screen 0.02,0.967 font ',15'
      set label 102 '\(note)' at screen 0.02,0.929 font ',12' textcolor rgb '#555555'

      """
    // One range for all, so that spreads can be compared across sizes.
    let furthest = panels.map(\.furthest).max() ?? 0
    for index in panels.indices {
      let axes = RepetitionAxes(panel: panels[index], index: index, of: panels.count, furthest: furthest)
      script += axes.upper(data: "\(name).dat") + "unset label\n" + axes.lower(data: "\(name).dat") + "unset label\n"
    }
    return Figure(name: name, data: data, script: script + "unset multiplot\n")
  }

  private var data: String {
    "# tokens  mean loss (nats)  deviation over \(repetitions)  deviation over seeds  each run's distance from its seed's mean\n"
      + panels.map { panel in
        "# \(panel.title)\n"
          + panel.points.map { point in
            let spread = point.spread
            let numbers = [spread.mean, spread.overRepetitions ?? 0, spread.overSeeds ?? .nan] + spread.deviations
            return "\(point.tokens) " + numbers.map { $0.isNaN ? "NaN" : "\($0)" }.joined(separator: " ") + "\n"
          }.joined()
      }.joined(separator: "\n\n")
  }
}

/// A column's two pairs of axes.
private struct RepetitionAxes {
  let panel: RepetitionFigure.Panel
  let index: Int
  let left: Double
  let right: Double
  let unit: (scale: Double, name: String)
  /// How far the lower axes reach, in per cent of the perplexity.
  let furthest: Double

  /// Shares of the figure's height.
  private static let (upperTop, upperBottom, lowerTop, lowerBottom) = (0.845, 0.45, 0.385, 0.1)

  init(panel: RepetitionFigure.Panel, index: Int, of count: Int, furthest: Double) {
    self.panel = panel
    self.index = index
    self.furthest = max(1.08 * furthest, 0.01)
    let column = 0.985 / Double(count)
    left = 0.005 + column * Double(index) + 0.085
    right = 0.005 + column * Double(index + 1) - 0.015
    let most = Double(panel.points.last?.tokens ?? 1)
    unit = most >= 1e9 ? (1e9, "10⁹") : most >= 1e6 ? (1e6, "10⁶") : (1e3, "10³")
  }

  private var xEnd: Double { Double(panel.points.last?.tokens ?? 1) / unit.scale }

  /// The mean perplexity, from the end of the run to the first tenth: the fall before it would press the rest together.
  private var perplexities: ClosedRange<Double> {
    let values = panel.points(after: 0.1).map { exp($0.spread.mean) }
    return (0.94 * (values.min() ?? 1))...(1.06 * (values.max() ?? 2))
  }

  func upper(data: String) -> String {
    let line = "'\(data)' index \(index) using ($1/\(unit.scale))"
    return frame(Self.upperTop, Self.upperBottom) + """
      set label 1 '\(panel.title.replacing("'", with: "''"))' at screen \(share(left)),\(share(Self.upperTop + 0.025))
      set ylabel '\(index == 0 ? "Validation perplexity" : "")' offset 0.5,0
      set xlabel ''
      set logscale y; set yrange [\(perplexities.lowerBound):\(perplexities.upperBound)]
      set xtics (\(Ticks.linear(0...xEnd, count: 6).map { "'' \($0)" }.joined(separator: ", ")))
      set ytics \(Ticks.list(Ticks.logarithmic(perplexities)))
      plot \(line):(exp($2-$3)):(exp($2+$3)) with filledcurves fs solid 1.0 noborder fc rgb '#bbbbbb', \\
        \(line):(exp($2)) with lines lw 1.6 lc rgb '#000000'
      unset logscale y

      """
  }

  func lower(data: String) -> String {
    let line = "'\(data)' index \(index) using ($1/\(unit.scale))"
    func percent(_ loss: String) -> String { "(100*(exp(\(loss))-1))" }
    let runs = panel.points.first?.spread.deviations.count ?? 0
    var clauses = [
      "\(line):\(percent("-$3")):\(percent("$3")) with filledcurves fs solid 1.0 noborder fc rgb '#bbbbbb'"
    ]
    clauses += (0..<runs).map { "\(line):\(percent("$\($0 + 5)")) with lines lw 0.6 lc rgb '#666666'" }
    clauses += ["$4", "-$4"].map { "\(line):\(percent($0)) with lines lw 1.6 dt (8,4) lc rgb '#000000'" }
    let range = -furthest...furthest
    return frame(Self.lowerTop, Self.lowerBottom) + """
      set ylabel '\(index == 0 ? "Perplexity, % off the mean" : "")' offset 0.5,0
      set xlabel 'Training tokens seen (\(unit.name))'
      set yrange [\(-furthest):\(furthest)]
      set xtics \(Ticks.list(Ticks.linear(0...xEnd, count: 6)))
      set ytics \(Ticks.list(Ticks.linear(range, count: 5)))
      plot \(clauses.joined(separator: ", \\\n  "))

      """
  }

  private func frame(_ top: Double, _ bottom: Double) -> String {
    """
    set lmargin at screen \(share(left)); set rmargin at screen \(share(right))
    set tmargin at screen \(share(top)); set bmargin at screen \(share(bottom))
    set xrange [0:\(xEnd)]

    """
  }

  private func share(_ value: Double) -> String { DecimalText.fixed(value, places: 5) }
}
