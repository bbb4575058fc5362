/// The names of a figure's lines in a column to the right of the axes: none over another, each with a stroke from the end
/// of its line.
struct EndLabels {
  /// The end of a line and how it is drawn.
  struct End {
    /// The line's name.
    let label: String
    /// Where the line ends, in pixels.
    let x, y: Double
    /// The line's stroke, in gnuplot's words.
    let dash: String
    /// The line's colour.
    let colour: String
  }

  /// The size of the figure in pixels.
  let width, height: Double
  /// Where the strokes end and the names begin.
  let column: Double
  /// The heights that the names may stand at.
  let range: ClosedRange<Double>
  private static let gap = 17.0

  /// gnuplot's commands.
  func lines(_ ends: [End]) -> [String] {
    let heights = LabelPlacement.spread(ends.map(\.y), gap: Self.gap, in: range)
    return zip(ends, heights).enumerated().flatMap { index, placed -> [String] in
      let (end, y) = placed
      let from = "\(share(end.x + 2, width)),\(share(end.y, height))"
      let name = end.label.replacing("'", with: "''")
      return [
        "set arrow \(index + 1) from screen \(from) to screen \(share(column, width)),\(share(y, height)) "
          + "nohead lw 1.2 dt \(end.dash) lc rgb '\(end.colour)'",
        "set label \(index + 1) '\(name)' at screen \(share(column + 4, width)),\(share(y, height)) left",
      ]
    }
  }

  private func share(_ pixels: Double, _ whole: Double) -> String { DecimalText.fixed(pixels / whole, places: 5) }
}
