import Foundation
import Tensors
import Training

/// Where the time of a run's updates went, as a table and as a figure.
public struct ProfileReport {
  /// What was taken apart.
  public let profile: StepProfile
  /// What was run: `table-2's SLTrain 60M, 2 workers`.
  public let title: String
  /// Floating-point operations a second that matrix products reach on this machine, where that was measured.
  public let productRate: Double?

  /// Creates a report of a profile of one update at least.
  public init(_ profile: StepProfile, title: String, productRate: Double? = nil) {
    precondition(profile.updates > 0, "a profile without updates")
    self.profile = profile
    self.title = title
    self.productRate = productRate
  }

  /// The operations that took time, the longest first; what no operation names comes last.
  var operations: [Tensors.Operation?] {
    let named = Tensors.Operation.allCases.filter { profile.total(of: $0).seconds > 0 }
      .sorted { profile.total(of: $0).seconds > profile.total(of: $1).seconds }
    return named + [nil]
  }

  /// The phases that took time, in the order of a step; what lies between them is in the last column.
  var parts: [StepProfile.Part] {
    StepProfile.Part.allCases.filter { $0 != .outside && profile.total(of: $0).seconds > 0 }
  }

  /// Milliseconds an update of a phase's operation.
  func milliseconds(_ part: StepProfile.Part, _ operation: Tensors.Operation?) -> Double {
    (profile.entries[.init(part, operation)]?.seconds ?? 0) * 1000 / Double(profile.updates)
  }

  /// Milliseconds of an update.
  var step: Double { profile.seconds * 1000 / Double(profile.updates) }

  /// The table in Markdown, under a line that says what was taken apart.
  public var text: String {
    let rate = Double(profile.tokens) / profile.seconds
    var text = Document()
    text.paragraph(
      "\(title): \(profile.updates) updates of \(DecimalText.fixed(step, places: 1)) ms, "
        + "\(DecimalText.fixed(rate, places: 0)) tokens/s; "
        + "\(DecimalText.fixed(profile.accountedShare * 100, places: 1)) % of the time is named.")
    text.table(table)
    if let productRate {
      text.paragraph(
        "GF/s: 10⁹ multiplications and additions of an operation's products a second; of sgemm: as a share of the "
          + "\(DecimalText.fixed(productRate / 1e9, places: 0)) that a square product reached right after the run.")
    }
    return text.markdown
  }

  private var table: DocumentTable {
    var headings = ["ms an update"] + parts.map(\.rawValue) + ["all", "share", "GF/s"]
    if productRate != nil { headings.append("of sgemm") }
    var table = DocumentTable(headings)
    for operation in operations {
      let total = profile.total(of: operation)
      table.add(
        row(
          operation?.rawValue ?? "not named", parts.map { milliseconds($0, operation) }, total,
          isWhole: false))
    }
    let all = operations.reduce(into: StepProfile.Entry()) { sum, operation in
      sum.seconds += profile.total(of: operation).seconds
      sum.floatingPointOperations += profile.total(of: operation).floatingPointOperations
    }
    table.add(
      row("all", parts.map { profile.total(of: $0).seconds * 1000 / Double(profile.updates) }, all, isWhole: true))
    return table
  }

  private func row(
    _ name: String, _ milliseconds: [Double], _ total: StepProfile.Entry, isWhole: Bool
  ) -> [String] {
    let rate = total.floatingPointOperations > 0 ? Double(total.floatingPointOperations) / total.seconds : nil
    var cells = [name] + milliseconds.map { $0 > 0 ? DecimalText.fixed($0, places: 1) : "" }
    cells.append(DecimalText.fixed(total.seconds * 1000 / Double(profile.updates), places: 1))
    cells.append(DecimalText.fixed(total.seconds / profile.seconds * 100, places: 1) + " %")
    cells.append(rate.map { DecimalText.fixed($0 / 1e9, places: 1) } ?? "")
    if let productRate {
      cells.append(rate.map { DecimalText.fixed($0 / productRate * 100, places: 0) + " %" } ?? "")
    }
    return cells
  }
}
