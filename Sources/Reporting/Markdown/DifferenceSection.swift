import Experiments

/// What the runs at this scale do otherwise than the paper's: read off the two resolved specifications.
struct DifferenceSection {
  let source: ReportSource

  /// Settings that say nothing about the protocol: the first two are in tables of their own.
  private static let leftOut: Set<String> = ["learningRate", "seed", "checkpointEvery", "model.name"]

  func add(to text: inout Document) {
    let sizes = source.data.scale.sizes.filter { size in
      source.data.rows.contains { (source.paperTraining(row: $0.label, size: size)?.steps ?? 0) > 0 }
    }
    guard source.data.scale.name != .paper, !sizes.isEmpty else { return }
    text.heading(2, "What differs from the paper", folds: true)
    for size in sizes {
      let byRow = source.data.rows.compactMap { row in differences(row, size).map { (row.label, $0) } }
      let common =
        byRow.first.map { first in
          first.1.filter { difference in byRow.allSatisfy { $0.1.contains(difference) } }
        } ?? []
      var table = DocumentTable(
        ["Setting", "\(size.label), here", "\(size.published ?? ""), paper"], alignments: [.left, .left, .left])
      for difference in common { table.add(["`\(difference.path)`", difference.ours, difference.theirs]) }
      if let ours = tokensPerParameter(size), let theirs = publishedTokensPerParameter(size) {
        table.add(["tokens a parameter", ours, theirs])
      }
      text.table(table)
      text.list(
        byRow.compactMap { row, differences in
          let own = differences.filter { !common.contains($0) }
          return own.isEmpty
            ? nil : "\(row): " + own.map { "`\($0.path)` \($0.ours) (paper: \($0.theirs))" }.joined(separator: ", ")
        })
    }
  }

  private func differences(_ row: TableRow, _ size: TableSize) -> [Settings.Difference]? {
    guard let ours = source.training(row: row.label, size: size),
      let theirs = source.paperTraining(row: row.label, size: size), theirs.steps > 0
    else { return nil }
    return Settings(ours.resolved).differences(from: Settings(theirs.resolved), leavingOut: Self.leftOut)
  }

  private func tokensPerParameter(_ size: TableSize) -> String? {
    let all = source.entries(of: size).compactMap(\.tokensPerParameter)
    guard let least = all.min(), let most = all.max() else { return nil }
    let texts = [least, most].map(DecimalText.significant)
    return texts[0] == texts[1] ? texts[0] : texts.joined(separator: " to ")
  }

  private func publishedTokensPerParameter(_ size: TableSize) -> String? {
    guard let column = size.published, let tokens = source.published?.size(column)?.tokens,
      let row = source.data.rows.first, let paper = source.paperTraining(row: row.label, size: size)
    else { return nil }
    return DecimalText.significant(tokens / Double(paper.model.denseParameterCount))
  }
}
