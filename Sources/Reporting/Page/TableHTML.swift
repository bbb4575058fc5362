/// A table of the page: it scrolls by itself where it is wider than the page, and says below where its numbers are from.
struct TableHTML {
  let table: DocumentTable
  /// The heading that the table stands under.
  let heading: String
  let links: PageLinks

  var html: HTML {
    let scroller = HTML.element(
      "div", ["class": "scroll", "role": "group", "tabindex": "0", "aria-label": caption],
      .element("table", [:], captionHTML, head, body))
    return .joined([scroller.line, origins])
  }

  /// What the table is called where it has no caption of its own: what stands above it says the rest.
  private var caption: String {
    if let caption = table.caption { return InlineText(caption).plain }
    let first = table.headings.first.map { InlineText($0).plain } ?? ""
    return first.contains(" ") ? "\(heading) – \(first)" : heading
  }

  private var captionHTML: HTML {
    .element(
      "caption", ["class": table.caption == nil ? "unseen" : nil],
      table.caption.map { links.html($0) } ?? .text(caption)
    ).line
  }

  private var head: HTML {
    let cells = zip(table.headings, table.alignments).map { text, alignment in
      HTML.element("th", ["scope": "col", "class": Self.name(alignment)], links.html(text))
    }
    return .element("thead", [:], .element("tr", attributes: [], content: cells)).line
  }

  private var body: HTML {
    let rows = table.rows.map { cells in
      HTML.element("tr", attributes: [], content: cells.indices.map { cell(cells[$0], column: $0) }).line
    }
    return .element("tbody", attributes: [], content: rows).line
  }

  private func cell(_ cell: DocumentCell, column: Int) -> HTML {
    let text = cell.text.isEmpty ? HTML.text("—") : links.html(cell.text)
    if column == 0 { return .element("th", ["scope": "row"], text) }
    let classes = [Self.name(table.alignments[column]), cell.origin.map { _ in "from" }].compactMap(\.self)
      .joined(separator: " ")
    return .element("td", ["class": classes.isEmpty ? nil : classes, "title": cell.origin?.brief], text)
  }

  private static func name(_ alignment: DocumentTable.Alignment) -> String? { alignment == .right ? "number" : nil }

  private var origins: HTML {
    let groups = TableOrigins(table).groups
    guard !groups.isEmpty else { return .empty }
    let items = groups.map { group in
      HTML.element(
        "li", [:], .element("b", [:], .text(group.cells + ": ")), links.html(group.origin.full, base: group.origin.base)
      ).line
    }
    return .element(
      "details", ["class": "from"], .element("summary", [:], .text("Where these numbers are from")),
      .element("ul", attributes: [], content: items))
  }
}

/// The cells of a table by where they are from.
struct TableOrigins {
  /// The origins in the order in which they first appear, each with the cells that it speaks of.
  private(set) var groups: [(origin: Origin, cells: String)] = []

  init(_ table: DocumentTable) {
    var places: [(origin: Origin, rows: [Int: [Int]])] = []
    for (row, cells) in table.rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        guard let origin = cell.origin else { continue }
        let index = places.firstIndex { $0.origin == origin } ?? places.count
        if index == places.count { places.append((origin, [:])) }
        places[index].rows[row, default: []].append(column)
      }
    }
    let columns = Self.names(of: table.headings.map { InlineText($0).plain })
    groups = places.map { origin, rows in
      // Rows that have the same columns from here are named together.
      var lines: [(columns: [Int], rows: [Int])] = []
      for (row, columns) in rows.sorted(by: { $0.key < $1.key }) {
        if let index = lines.firstIndex(where: { $0.columns == columns }) {
          lines[index].rows.append(row)
        } else {
          lines.append((columns, [row]))
        }
      }
      let text = lines.map { line in
        let isEvery = line.rows.count == table.rows.count && line.rows.count > 1
        let names =
          isEvery ? "every row" : line.rows.map { InlineText(table.rows[$0][0].text).plain }.joined(separator: "; ")
        return names + ", " + line.columns.map { columns[$0] }.joined(separator: ", ")
      }
      return (origin, text.joined(separator: "; "))
    }
  }

  /// The columns' names; one that several have says which it stands behind.
  private static func names(of headings: [String]) -> [String] {
    headings.indices.map { index in
      let isShared = headings.count { $0 == headings[index] } > 1
      let before = headings[..<index].last { name in headings.count { $0 == name } == 1 }
      guard isShared, let before else { return headings[index] }
      return "\(headings[index]) (after \(before))"
    }
  }
}

extension Verdict.Outcome {
  /// The word that the page's style sheet knows the verdict by.
  var className: String {
    switch self {
    case .holds: "holds"
    case .doesNotHold: "fails"
    case .undecided: "open"
    case .notTested: "untested"
    }
  }
}
