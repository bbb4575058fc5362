import Foundation
import Tensors
import Training

/// A bar an operation, the longest on top, cut by the phases of a step: where the time of an update goes.
public struct ProfileFigure {
  private let report: ProfileReport

  private static let width = 860.0
  private static let (left, right, above, below) = (150.0, 130.0, 104.0, 56.0)
  private static let barHeight = 26.0

  /// Creates a figure of a report.
  public init(_ report: ProfileReport) { self.report = report }

  /// The figure as data and script.
  public func figure(name: String) -> Figure { Figure(name: name, data: data, script: script(name)) }

  private var operations: [Tensors.Operation?] {
    report.operations.filter { report.profile.total(of: $0).seconds > 0 }
  }

  private var parts: [StepProfile.Part] { report.parts + [.outside] }

  private var height: Double { Self.above + Self.below + Self.barHeight * Double(operations.count) }

  /// A block a phase: where each operation's bar begins and ends, in milliseconds, and its place from the bottom.
  private var data: String {
    var ends = operations.map { _ in 0.0 }
    let blocks = parts.map { part in
      let lines = operations.enumerated().map { index, operation in
        let start = ends[index]
        ends[index] += report.milliseconds(part, operation)
        return "\(start) \(ends[index]) \(operations.count - index)  # \(operation?.rawValue ?? "not named")\n"
      }
      return "# \(part.rawValue): from ms, to ms, bar\n" + lines.joined()
    }
    return "# \(report.title)\n" + blocks.joined(separator: "\n\n")
  }

  private var longest: Double { operations.map { milliseconds($0) }.max() ?? 1 }

  private func milliseconds(_ operation: Tensors.Operation?) -> Double {
    report.profile.total(of: operation).seconds * 1000 / Double(report.profile.updates)
  }

  private func script(_ name: String) -> String {
    let axisEnd = longest * 1.02
    let names = operations.enumerated().map { "'\($1?.rawValue ?? "not named")' \(operations.count - $0)" }
    var lines = [
      "# \(report.title). Data: \(name).dat",
      "set terminal svg size \(Int(Self.width)),\(Int(height)) font 'Arial,13' background '#ffffff'",
      "set encoding utf8", "set output '\(name).svg'", "unset key", "set border 3 lc rgb '#444444'",
      "set lmargin at screen \(x(Self.left)); set rmargin at screen \(x(Self.width - Self.right))",
      "set bmargin at screen \(y(Self.below)); set tmargin at screen \(y(height - Self.above))",
      "set xrange [0:\(axisEnd)]; set yrange [0.4:\(Double(operations.count) + 0.6)]",
      "set xtics nomirror \(Ticks.list(Ticks.linear(0...axisEnd, count: 6)))",
      "set ytics nomirror scale 0 (\(names.joined(separator: ", ")))",
      "set xlabel 'Milliseconds of an update'",
      "set label 101 '\(quoted(report.title))' at screen \(x(16)),\(y(height - 24)) font ',15'",
      "set label 102 '\(quoted(note))' at screen \(x(16)),\(y(height - 46)) font ',12' textcolor rgb '#555555'",
    ]
    for (index, operation) in operations.enumerated() {
      let end = milliseconds(operation)
      let share = end / report.step * 100
      lines.append(
        "set label \(201 + index) '\(DecimalText.fixed(end, places: 0)) ms, \(DecimalText.fixed(share, places: 1)) %' at "
          + "\(end),\(operations.count - index) offset 0.6,0 font ',12'")
    }
    lines += legend
    let boxes = parts.indices.map { index in
      "'\(name).dat' index \(index) using 1:3:1:2:($3-0.36):($3+0.36) with boxxyerror fs \(fill(index)) lw 0.6 "
        + "lc rgb '\(Palette.colour(index))'"
    }
    lines.append("plot " + boxes.joined(separator: ", \\\n  "))
    return lines.joined(separator: "\n") + "\n"
  }

  private var note: String {
    let rate = Double(report.profile.tokens) / report.profile.seconds
    return "\(DecimalText.fixed(report.step, places: 1)) ms an update, \(DecimalText.fixed(rate, places: 0)) tokens/s; "
      + "mean of \(report.profile.updates) updates"
  }

  /// Shades that stay apart on grey paper too.
  private func fill(_ index: Int) -> String {
    index % 2 == 0 ? "solid \([0.85, 0.55, 0.7, 0.4][index / 2 % 4]) border" : "pattern \(index % 7 + 1) border"
  }

  private var legend: [String] {
    let shown = parts.enumerated().filter {
      report.profile.total(of: $0.element).seconds / report.profile.seconds > 0.001
    }
    var left = 16.0
    return shown.flatMap { index, part -> [String] in
      defer { left += 34 + 8 * Double(part.rawValue.count) }
      let (bottom, top) = (height - 82, height - 68)
      return [
        "set object \(301 + index) rectangle from screen \(x(left)),\(y(bottom)) to screen \(x(left + 16)),\(y(top)) "
          + "fs \(fill(index)) fc rgb '\(Palette.colour(index))' lw 0.6",
        "set label \(301 + index) '\(part.rawValue)' at screen \(x(left + 22)),\(y((bottom + top) / 2)) font ',12'",
      ]
    }
  }

  private func x(_ pixels: Double) -> String { DecimalText.fixed(pixels / Self.width, places: 5) }
  private func y(_ pixels: Double) -> String { DecimalText.fixed(pixels / height, places: 5) }
  private func quoted(_ text: String) -> String { text.replacing("'", with: "''") }
}
