import Foundation

/// How much a number changed, as a share of what it was.
public struct RelativeChange: Equatable, Sendable {
  /// The share, or nil where there is none: of nothing, or of what is no number.
  public let share: Double?

  /// The change from a number to another.
  public init(from old: Double, to new: Double) {
    share = old != 0 && old.isFinite && new.isFinite ? (new - old) / abs(old) : nil
  }

  /// The share in per cent with its sign: `+0.12 %`, `−3.11e-07 %`; empty where there is none.
  public var text: String {
    guard let share else { return "" }
    guard share != 0 else { return "0 %" }
    let size = abs(share) * 100
    return (share < 0 ? "−" : "+") + (size < 0.01 ? String(format: "%.3g", size) : DecimalText.significant(size)) + " %"
  }
}
