import Experiments

/// Rows that stand for one published row and differ in their start or schedule: whether the published distance from the
/// reference is the method's or the variant's.
///
/// The reference is the table's first row. A variant *repeats* the published distance where its perplexity, divided by
/// the reference's, shows at least half of the published excess over one. Where the published rows are near each other
/// there is nothing to explain.
struct VariantSection {
  let source: ReportSource

  /// The published ratio to the reference from which on a variant is asked for.
  private static let leastRatio = 1.25

  func add(to text: inout Document) {
    let sentences = source.data.scale.sizes.flatMap { size in
      families.compactMap { sentence(family: $0, size: size) }
    }
    guard !sentences.isEmpty else { return }
    text.heading(2, "Variants of one published row")
    text.list(sentences)
  }

  /// The published rows that two or more rows of the table stand for.
  private var families: [String] {
    let names = source.data.rows.compactMap(\.published)
    return names.reduce(into: []) { result, name in
      if !result.contains(name), names.filter({ $0 == name }).count > 1 { result.append(name) }
    }
  }

  private func sentence(family: String, size: TableSize) -> String? {
    guard let reference = source.data.rows.first, let referenceName = reference.published, referenceName != family,
      let column = size.published,
      let ours = mean(row: reference.label, size), let published = source.published,
      let theirs = published.number(.perplexity, row: referenceName, size: column),
      let collapsed = published.number(.perplexity, row: family, size: column)
    else { return nil }
    let ratio = collapsed.value / theirs.value
    guard ratio >= Self.leastRatio else { return nil }
    let variants = source.data.rows.filter { $0.published == family }.compactMap { row in
      mean(row: row.label, size).map { (label: row.label, ratio: $0 / ours) }
    }
    guard variants.count > 1 else { return nil }
    let threshold = 1 + (ratio - 1) / 2
    let repeating = variants.filter { $0.ratio >= threshold }
    let list = variants.map { "\($0.label) \(Self.factor($0.ratio))" }.joined(separator: ", ")
    return "\(size.label): published, \(family) stands at \(Self.factor(ratio)) \(referenceName)'s perplexity "
      + "(\(collapsed.marked) against \(theirs.marked)); here, as a factor of \(reference.label): \(list). "
      + conclusion(family, size, all: variants.count, repeating: repeating.map(\.label))
  }

  private func conclusion(_ family: String, _ size: TableSize, all: Int, repeating: [String]) -> String {
    let rows = source.data.rows.filter { $0.published == family }.map(\.label) + [source.data.rows[0].label]
    let values = TableClaimValues(
      entries: source.entries(of: size), requirements: source.data.specification.requirements,
      reading: ClaimReading(), footprints: [:])
    if let reason = rows.lazy.compactMap({ values.obstacle(.perplexity, row: $0) }).first {
      return "Whether that is the parameterisation or the variant is not tested at this scale: \(reason)."
    }
    if repeating.isEmpty {
      return "No variant repeats the published distance, so the parameterisation alone does not cause it."
    }
    if repeating.count == all {
      return "Every variant repeats it, so it goes with the parameterisation, not the variant."
    }
    let verb = repeating.count == 1 ? "repeats" : "repeat"
    return
      "Only \(repeating.joined(separator: ", ")) \(verb) it, so it goes with the variant, not the parameterisation."
  }

  private func mean(row: String, _ size: TableSize) -> Double? {
    Statistics(source.data.entry(row: row, size: size.label)?.finals.perplexities(\.perplexity) ?? [])?.mean
  }

  private static func factor(_ ratio: Double) -> String { DecimalText.fixed(ratio, places: 2) + " ×" }
}
