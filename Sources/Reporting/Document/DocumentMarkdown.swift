extension Document {
  /// The document as Markdown: blocks with an empty line between.
  package var markdown: String {
    blocks.map { block in
      switch block {
      case .heading(let level, let text, _): String(repeating: "#", count: level) + " " + text + "\n"
      case .paragraph(let text): text + "\n"
      case .list(let items, _): items.map(\.markdown).joined()
      case .table(let table): table.markdown
      case .figure(let file, let caption): "![\(caption)](\(file))\n"
      }
    }.joined(separator: "\n")
  }
}

extension Document.Item {
  fileprivate var markdown: String {
    "- \(text)\n" + (inner + (records.isEmpty ? [] : [records])).map { "  - \($0)\n" }.joined()
  }
}

extension DocumentTable {
  /// The table's lines, each with its end of line; the columns are padded so that the text itself can be read.
  package var markdown: String {
    let rows = rows.map { cells in cells.map { Self.text($0) } }
    let widths = headings.indices.map { column in
      // The last column, where links and reasons stand, is as wide as its heading.
      max(3, ([headings[column]] + (isRagged(column) ? [] : rows.map { $0[column] })).map(\.count).max() ?? 0)
    }
    let rule = headings.indices.map { column in
      alignments[column] == .left
        ? String(repeating: "-", count: widths[column]) : String(repeating: "-", count: widths[column] - 1) + ":"
    }
    return ([headings, rule] + rows).map { cells in
      "| " + cells.indices.map { pad(cells[$0], column: $0, to: widths[$0]) }.joined(separator: " | ") + " |\n"
    }.joined()
  }

  private static func text(_ cell: DocumentCell) -> String {
    cell.text.isEmpty ? "—" : cell.text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }

  private func isRagged(_ column: Int) -> Bool { column == headings.count - 1 && alignments[column] == .left }

  private func pad(_ text: String, column: Int, to width: Int) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return alignments[column] == .left ? (isRagged(column) ? text : text + space) : space + text
  }
}
