import Reporting
import Training

/// Figures as tables print them.
enum FigureText {
  /// Seconds in the unit that fits: `3.42 s`, `12.1 ms`, `850 µs`.
  static func seconds(_ value: Double) -> String {
    if value >= 1 { return DecimalText.significant(value) + " s" }
    return value >= 1e-3 ? DecimalText.significant(value * 1e3) + " ms" : DecimalText.significant(value * 1e6) + " µs"
  }

  /// The median with the quartiles behind it, each as `text` writes a number; the median alone of a single value.
  static func spread(_ spread: Spread?, _ text: (Double) -> String) -> String {
    guard let spread else { return "" }
    guard spread.count > 1 else { return text(spread.median) }
    return "\(text(spread.median)) (\(text(spread.quartiles.lowerBound))–\(text(spread.quartiles.upperBound)))"
  }

  /// A ratio: `1.30`.
  static func ratio(_ value: Double) -> String { DecimalText.fixed(value, places: 2) }

  /// A share in percent: `87 %`.
  static func percent(_ value: Double) -> String { DecimalText.fixed(value * 100, places: 0) + " %" }

  /// Operations a second in units of 10⁹, or nothing.
  static func operations(_ rate: Double?) -> String { rate.map { DecimalText.significant($0 / 1e9) } ?? "" }

  /// Bytes a second in units of 10⁹, or nothing.
  static func bytes(_ rate: Double?) -> String { rate.map { DecimalText.significant($0 / 1e9) } ?? "" }

  /// A part of a whole in percent, or nothing where one of them is not known.
  static func share(_ part: Double?, of whole: Double?) -> String {
    guard let part, let whole, whole > 0 else { return "" }
    return percent(part / whole)
  }
}
