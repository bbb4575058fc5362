import Experiments
import Methods

/// A published figure that the paper's own formulas and shapes do not give.
public struct Disagreement: Equatable, Sendable {
  /// Where it was published: `Table 2`.
  public let table: String
  /// The row's published name and the size.
  public let row: String
  public let size: String
  /// What it is of.
  public let quantity: PublishedQuantity
  /// The published number.
  public let published: PublishedNumber
  /// What the shapes give, as the paper would print it.
  public let ours: String
  /// What is known of it.
  public let notes: [PublishedNote]
}

extension Disagreement {
  /// The disagreements side by side.
  static func table(_ all: [Disagreement]) -> DocumentTable {
    var table = DocumentTable(
      ["Published", "Figure", "Printed", "From the shapes", "What is known of it"],
      alignments: [.left, .left, .right, .right, .left])
    for item in all {
      table.add([
        "\(item.row), \(item.size)", "\(item.quantity.words), \(item.table)", item.published.marked, item.ours,
        item.notes.map(\.text).joined(separator: " "),
      ])
    }
    return table
  }
}

extension PublishedQuantity {
  /// What is counted, in words with its unit.
  var words: String {
    switch self {
    case .perplexity: "perplexity"
    case .parameters: "parameters (M)"
    case .memory: "memory (G)"
    case .parameterMemory: "memory of the parameters (G)"
    case .optimizerMemory: "memory of the optimizer (G)"
    case .peakMemory: "measured memory (G)"
    case .throughput: "tokens a second"
    }
  }
}

extension ReportSource {
  /// The published counts, at every size of the paper's, that the shapes do not give.
  var disagreements: [Disagreement] {
    guard let published, let paper else { return [] }
    let counted: [(PublishedQuantity, (Footprint) -> String)] = [
      (.parameters, \.printedMillions), (.parameterMemory, \.printedParameterMemory),
      (.optimizerMemory, \.printedOptimizerMemory), (.memory, \.printedMemory),
    ]
    var all: [Disagreement] = []
    for entry in paper.entries {
      guard let row = entry.row.published else { continue }
      let size = entry.size.column
      for (quantity, printed) in counted {
        guard let number = published.number(quantity, row: row, size: size) else { continue }
        let ours = printed(entry.training.footprint)
        let isKnown = all.contains { $0.row == row && $0.size == size && $0.quantity == quantity }
        if number.text == ours || isKnown { continue }
        all.append(
          Disagreement(
            table: published.name, row: row, size: size, quantity: quantity, published: number, ours: ours,
            notes: number.notes.compactMap { published.note($0) }))
      }
    }
    return all
  }
}
