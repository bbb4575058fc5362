import Experiments

/// What a document's texts refer to, seen from the page.
package struct PageLinks {
  /// What the names of the document's parts begin with: `table-2`.
  package let name: String
  /// The way from the page's folder to the document's: nothing, or `../paper/`.
  package let base: String
  /// The names of the page's parts by the way to their reports: a link to a report leads to its part.
  package let pages: [String: String]
  /// A drawing of the document and the numbers in it, by the file's name; nil where it was not drawn.
  package let drawing: (String) -> (drawing: Drawing, data: String)?

  /// Creates what a document's texts refer to.
  package init(
    name: String, base: String, pages: [String: String] = [:],
    drawing: @escaping (String) -> (drawing: Drawing, data: String)?
  ) {
    (self.name, self.base, self.pages, self.drawing) = (name, base, pages, drawing)
  }

  /// The target of a link in the document.
  func target(_ target: String) -> String {
    if target.hasPrefix("#") { return "#\(name)-\(target.dropFirst())" }
    let path = base + target
    return pages[path].map { "#" + $0 } ?? path
  }

  /// A text as HTML.
  ///
  /// - Parameter base: the way from the document's folder to the one that the text's links begin in.
  func html(_ text: String, base: String = "") -> HTML { InlineText(text).html { target(base + $0) } }
}

/// Renders a document as a section of the page.
package struct DocumentHTML {
  private let links: PageLinks
  /// How many levels a heading of the document stands lower in the page.
  private let shift: Int
  private var names: Set<String> = []
  private var heading = ""
  private var figures = 0

  /// Creates a renderer.
  ///
  /// - Parameter level: the page's level of the document's title.
  package init(_ links: PageLinks, level: Int) {
    self.links = links
    shift = level - 1
  }

  /// The document's blocks below its title; what stands under a heading that folds is in a part that opens.
  package mutating func html(_ document: Document) -> HTML {
    var pieces: [HTML] = []
    var folded: (summary: HTML, name: String, level: Int, pieces: [HTML])?
    func close() {
      guard let part = folded else { return }
      let details = HTML.element(
        "details", attributes: [("class", "fold"), ("id", part.name)],
        content: [.element("summary", [:], part.summary)] + part.pieces)
      pieces.append(details.line)
      folded = nil
    }
    for block in document.blocks {
      if case .heading(let level, let text, let folds) = block {
        heading = InlineText(text).plain
        if level == 1 { continue }
        let name = freshName(heading)
        if level <= folded?.level ?? 0 { close() }
        if folds, folded == nil {
          folded = (title(level, text, name: nil), name, level, [])
          continue
        }
        let title = title(level, text, name: name)
        if folded != nil { folded?.pieces.append(title.line) } else { pieces.append(title.line) }
      } else {
        let piece = html(block).line
        if folded != nil { folded?.pieces.append(piece) } else { pieces.append(piece) }
      }
    }
    close()
    return .joined(pieces)
  }

  private func title(_ level: Int, _ text: String, name: String?) -> HTML {
    .element("h\(min(6, level + shift))", attributes: [("id", name)], content: [links.html(text)])
  }

  private mutating func html(_ block: Document.Block) -> HTML {
    switch block {
    case .heading: .empty
    case .paragraph(let text): .element("p", [:], links.html(text))
    case .list(let items, let name): list(items, name)
    case .table(let table): TableHTML(table: table, heading: heading, links: links).html
    case .figure(let file, let caption): figure(file, caption)
    }
  }

  private func list(_ items: [Document.Item], _ name: String?) -> HTML {
    let content = items.map { item in
      let inner = item.inner.map { HTML.element("li", [:], links.html($0)).line }
      let records = HTML.element(
        "details", ["class": "from"], .element("summary", [:], .text("What it rests on")),
        .element("p", [:], links.html(item.records)))
      return HTML.element(
        "li", [:], links.html(item.text),
        inner.isEmpty ? .empty : .element("ul", attributes: [], content: inner), item.records.isEmpty ? .empty : records
      ).line
    }
    let list = HTML.element("ul", attributes: [], content: content)
    guard let name else { return list }
    return .element("details", ["class": "more"], .element("summary", [:], .text(name)), list)
  }

  private mutating func figure(_ file: String, _ caption: String) -> HTML {
    figures += 1
    let id = freshName("drawing \(figures)")
    guard let (drawing, data) = links.drawing(file) else {
      return .element("p", ["class": "missing"], .text("\(InlineText(caption).plain): not drawn so far."))
    }
    let stem = file.hasSuffix(".svg") ? String(file.dropLast(4)) : file
    let svg = drawing.html(
      id: id, title: InlineText(caption).plain, description: "The numbers are listed below the drawing.")
    let source = [
      HTML.text("From "), .element("a", ["href": links.target("\(stem).dat")], .text("\(stem).dat")),
      .text(", drawn by "), .element("a", ["href": links.target("\(stem).gp")], .text("\(stem).gp")), .text("."),
    ]
    return .element(
      "figure", ["id": id],
      .element(
        "div",
        ["class": "drawing", "role": "group", "tabindex": "0", "aria-label": "Drawing: \(InlineText(caption).plain)"],
        svg
      ).line,
      .element("figcaption", [:], links.html(caption)).line,
      .element(
        "details", ["class": "from"], .element("summary", [:], .text("The numbers in this figure")),
        .element("p", attributes: [], content: source),
        .element("pre", ["tabindex": "0", "aria-label": "Numbers of \(stem)"], .text(data))))
  }

  /// A name that nothing else in the document has.
  private mutating func freshName(_ text: String) -> String {
    let base = "\(links.name)-\(Slug.text(of: text))"
    var name = base
    var number = 1
    while !names.insert(name).inserted {
      number += 1
      name = "\(base)-\(number)"
    }
    return name
  }
}
