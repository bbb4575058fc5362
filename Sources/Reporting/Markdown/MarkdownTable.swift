/// A table in Markdown, its columns padded so that the text itself can be read.
package struct MarkdownTable {
  /// How a column's text stands.
  package enum Alignment {
    case left
    case right
  }

  private let headings: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// A table without rows; `alignments` of the columns after the last given are `.right`.
  package init(_ headings: [String], alignments: [Alignment] = [.left]) {
    self.headings = headings
    self.alignments = headings.indices.map { $0 < alignments.count ? alignments[$0] : .right }
  }

  /// Whether there is no row.
  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row of as many cells as there are headings.
  package mutating func add(_ cells: [String]) {
    precondition(cells.count == headings.count, "a row has \(cells.count) cells under \(headings.count) headings")
    rows.append(cells.map { $0.isEmpty ? "—" : $0.replacing("|", with: "\\|").replacing("\n", with: " ") })
  }

  /// The table's lines, each with its end of line.
  package var text: String {
    let rule = headings.indices.map { column in
      alignments[column] == .left
        ? String(repeating: "-", count: width(column)) : String(repeating: "-", count: width(column) - 1) + ":"
    }
    return ([headings, rule] + rows).map { cells in
      "| " + cells.indices.map { pad(cells[$0], $0) }.joined(separator: " | ") + " |\n"
    }.joined()
  }

  /// A column's width in characters; the last column, where links and reasons stand, is as wide as its heading.
  private func width(_ column: Int) -> Int {
    let cells = isRagged(column) ? [] : rows.map { $0[column] }
    return max(3, ([headings[column]] + cells).map(\.count).max() ?? 0)
  }

  private func isRagged(_ column: Int) -> Bool { column == headings.count - 1 && alignments[column] == .left }

  private func pad(_ text: String, _ column: Int) -> String {
    let space = String(repeating: " ", count: max(0, width(column) - text.count))
    return alignments[column] == .left ? (isRagged(column) ? text : text + space) : space + text
  }
}

/// A Markdown text in the making: blocks with an empty line between.
package struct MarkdownText {
  private var blocks: [String] = []

  /// A text without blocks.
  package init() {}

  /// Adds a heading.
  package mutating func heading(_ level: Int, _ text: String) {
    blocks.append(String(repeating: "#", count: level) + " " + text + "\n")
  }

  /// Adds a paragraph; nothing of an empty text.
  package mutating func paragraph(_ text: String) {
    if !text.isEmpty { blocks.append(text + "\n") }
  }

  /// Adds a list; nothing of an empty one.
  package mutating func list(_ items: [String]) {
    if !items.isEmpty { blocks.append(items.map { "- \($0)\n" }.joined()) }
  }

  /// Adds a table; nothing of an empty one.
  package mutating func table(_ table: MarkdownTable) {
    if !table.isEmpty { blocks.append(table.text) }
  }

  /// The whole text.
  package var text: String { blocks.joined(separator: "\n") }
}
