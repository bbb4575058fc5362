/// A table: headings, the side to which each column stands, and rows of cells.
package struct DocumentTable: Equatable, Sendable {
  /// How a column's text stands.
  package enum Alignment: Sendable {
    /// To the left: names and reasons.
    case left
    /// To the right: numbers.
    case right
  }

  /// What the table shows, where its place under a heading does not say it.
  package let caption: String?
  /// The columns' headings.
  package let headings: [String]
  /// How each column's text stands.
  package let alignments: [Alignment]
  /// The rows, each with as many cells as there are headings.
  package private(set) var rows: [[DocumentCell]] = []

  /// A table without rows; `alignments` of the columns after the last given are `.right`.
  package init(_ headings: [String], alignments: [Alignment] = [.left], caption: String? = nil) {
    self.caption = caption
    self.headings = headings
    self.alignments = headings.indices.map { $0 < alignments.count ? alignments[$0] : .right }
  }

  /// Whether there is no row.
  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row of as many cells as there are headings.
  package mutating func add(_ cells: [DocumentCell]) {
    precondition(cells.count == headings.count, "a row has \(cells.count) cells under \(headings.count) headings")
    rows.append(cells)
  }

  /// The same table with its numbers from records in another folder.
  package func linking(from base: String) -> DocumentTable {
    var table = self
    table.rows = rows.map { cells in
      cells.map { cell in
        var cell = cell
        cell.origin?.base = base
        return cell
      }
    }
    return table
  }

  /// Adds a row of texts.
  ///
  /// - Parameter origin: where all but the first are from; nil of what is from nowhere in particular.
  package mutating func add(_ texts: [String], from origin: Origin? = nil) {
    add(texts.enumerated().map { DocumentCell($1, from: $0 == 0 ? nil : origin) })
  }
}

/// A cell of a table: a text, and where it is from.
package struct DocumentCell: Equatable, Sendable, ExpressibleByStringInterpolation {
  /// The text, with the marks of ``InlineText``; of an empty one a dash is printed.
  package var text: String
  /// Where the number is from, or nil of what is no number.
  package var origin: Origin?

  /// Creates a cell; an empty one is from nowhere.
  package init(_ text: String, from origin: Origin? = nil) {
    self.text = text
    self.origin = text.isEmpty ? nil : origin
  }

  /// Creates a cell that is from nowhere in particular.
  package init(stringLiteral text: String) { self.init(text) }
}

/// Where a number is from, for a reader who would check it.
package struct Origin: Hashable, Sendable {
  /// The way from the document's folder to the one that the links of ``full`` begin in.
  package var base = ""

  /// In few words and without marks, as it is shown beside a number that is pointed at.
  package var brief: String
  /// In full, with the marks of ``InlineText``: records, seeds, rate, commit, machine, or source and status.
  package var full: String

  /// Creates an origin; where nothing is given in full, the few words are all.
  package init(_ brief: String, full: String = "") {
    self.brief = brief
    self.full = full.isEmpty ? brief : full
  }
}
