/// Numbers as a table prints them: rounded half up on the decimal digits, not on the binary value.
///
/// A table made by hand rounds 0.125 to 0.13; binary rounding to even would print 0.12. The digits are those of the
/// shortest text that reads back as the same number.
public enum DecimalText {
  /// A number with a fixed number of decimal places; a number that is not finite is named in a word.
  public static func fixed(_ value: Double, places: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : value < 0 ? "−∞" : "∞" }
    guard value.magnitude < 1e15 else { return "\(value)" }
    var (digits, point) = digits(of: value.magnitude)
    let kept = point + places
    if kept < 0 {
      (digits, point) = ([0], 1)
    } else if kept < digits.count {
      let up = digits[kept] >= 5
      digits.removeSubrange(kept...)
      if up { point += increment(&digits) }
    }
    if point <= 0 {
      digits.insert(contentsOf: repeatElement(0, count: 1 - point), at: 0)
      point = 1
    }
    digits.append(contentsOf: repeatElement(0, count: max(0, point + places - digits.count)))
    let text = digits.map(String.init).joined()
    let isZero = digits.allSatisfy { $0 == 0 }
    let whole = text.prefix(point)
    let fraction = places == 0 ? "" : "." + text.dropFirst(point).prefix(places)
    return (value < 0 && !isZero ? "−" : "") + whole + fraction
  }

  /// A number of bytes in G, where 1 G is 10⁹ bytes, in hundredths of G, rounded half up.
  ///
  /// Source: arXiv 2406.02214, appendix F, for the convention.
  public static func hundredthsOfG(bytes: Int) -> Int { (bytes + 5_000_000) / 10_000_000 }

  /// Hundredths as a text with two places: 35 gives `0.35`.
  public static func hundredths(_ value: Int) -> String {
    let sign = value < 0 ? "−" : ""
    let fraction = value.magnitude % 100
    return "\(sign)\(value.magnitude / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// A count with a prefix, three significant digits: 1100000000 gives `1.10 G`, 58070 gives `58.1 k`.
  public static func count(_ value: Double) -> String {
    guard value.isFinite else { return fixed(value, places: 0) }
    for (scale, prefix) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where value.magnitude >= scale {
      return significant(value / scale) + " " + prefix
    }
    return value == value.rounded() ? fixed(value, places: 0) : significant(value)
  }

  /// Three significant digits, for numbers of everyday size: 0.123, 1.23, 12.3, 123.
  public static func significant(_ value: Double) -> String {
    fixed(value, places: value.magnitude >= 100 ? 0 : value.magnitude >= 10 ? 1 : value.magnitude >= 1 ? 2 : 3)
  }

  /// A learning rate or another number that a specification gives: its shortest form.
  public static func plain(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : "\(value)"
  }

  /// The significant decimal digits of a positive number, and how many of them stand before the point.
  private static func digits(of value: Double) -> (digits: [UInt8], point: Int) {
    let parts = "\(value)".split(separator: "e")
    let exponent = parts.count == 2 ? Int(parts[1])! : 0
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let digits = mantissa.joined().utf8.map { $0 - UInt8(ascii: "0") }
    return (digits, mantissa[0].count + exponent)
  }

  /// Adds one to the last digit; gives 1 if a digit was added in front, else 0.
  private static func increment(_ digits: inout [UInt8]) -> Int {
    for index in digits.indices.reversed() {
      if digits[index] < 9 {
        digits[index] += 1
        return 0
      }
      digits[index] = 0
    }
    digits.insert(1, at: 0)
    return 1
  }
}
