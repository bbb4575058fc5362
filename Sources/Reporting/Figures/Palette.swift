import Foundation

/// Colours, strokes and signs that stay apart for readers who see colours differently, and on grey paper.
///
/// - Source: Okabe and Ito, "Color universal design", 2008, without the yellow, which is too faint for a line.
package enum Palette {
  private static let colours = ["#000000", "#E69F00", "#009E73", "#0072B2", "#D55E00", "#CC79A7", "#56B4E9", "#777777"]
  private static let dashes = ["solid", "(12,4)", "(6,3)", "(2,3)", "(12,3,2,3)", "(8,3,2,3,2,3)", "(16,3,6,3)"]

  /// The colour of the row of an index.
  package static func colour(_ index: Int) -> String { colours[index % colours.count] }

  /// The stroke of the row of an index, in gnuplot's words.
  static func dash(_ index: Int) -> String { dashes[index % dashes.count] }
}

/// Where the ticks of an axis stand.
package enum Ticks {
  /// Round numbers within a range, at most about `count`, evenly spaced.
  package static func linear(_ range: ClosedRange<Double>, count: Int) -> [Double] {
    let rough = (range.upperBound - range.lowerBound) / Double(count)
    guard rough > 0, rough.isFinite else { return [range.lowerBound] }
    let power = pow(10, floor(log10(rough)))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? 10 * power
    let first = Int((range.lowerBound / step).rounded(.up))
    let last = Int((range.upperBound / step).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }

  /// Round numbers within a range whose logarithm is the axis: finer steps for a narrower range.
  package static func logarithmic(_ range: ClosedRange<Double>) -> [Double] {
    let ratio = range.upperBound / range.lowerBound
    if ratio < 3 { return linear(range, count: 6) }
    let digits: [Double] = ratio < 30 ? [1, 1.5, 2, 3, 5, 7] : ratio < 1000 ? [1, 2, 5] : [1]
    let powers = Int(floor(log10(range.lowerBound)))...Int(ceil(log10(range.upperBound)))
    return powers.flatMap { power in digits.map { $0 * pow(10, Double(power)) } }.filter(range.contains)
  }

  /// gnuplot's list of ticks, each with its text.
  package static func list(_ values: [Double]) -> String {
    "(" + values.map { "'\(text($0))' \($0)" }.joined(separator: ", ") + ")"
  }

  /// A tick's number without the dust of binary fractions.
  private static func text(_ value: Double) -> String {
    var text = DecimalText.fixed(value, places: 4)
    while text.contains("."), text.hasSuffix("0") || text.hasSuffix(".") { text.removeLast() }
    return text
  }
}
