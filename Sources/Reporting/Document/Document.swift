/// A report in the making, apart from how it is written down: blocks under headings.
///
/// A report builds one document, which is rendered as Markdown (``markdown``) and as a part of the page
/// (``DocumentHTML``), so that both show the same numbers. The texts carry the marks of ``InlineText``.
package struct Document: Equatable, Sendable {
  /// A part of a document.
  package enum Block: Equatable, Sendable {
    /// A heading of a level, 1 for the title. What `folds` is looked up rather than read: the page shows its heading,
    /// and the rest when it is asked for.
    case heading(Int, String, folds: Bool)
    /// A paragraph.
    case paragraph(String)
    /// A list; one under a name is looked up rather than read: the page shows its name, and the rest when it is asked for.
    case list([Item], under: String?)
    /// A table with one row or more.
    case table(DocumentTable)
    /// A drawing, by the name of its file, and what it shows.
    case figure(file: String, caption: String)
  }

  /// An item of a list, with items of its own below it.
  package struct Item: Equatable, Sendable {
    /// The text.
    package var text: String
    /// What stands below it.
    package var inner: [String]
    /// The records that it rests on, in a sentence; the page shows it when it is asked for.
    package var records: String

    /// Creates an item.
    package init(_ text: String, inner: [String] = [], records: String = "") {
      (self.text, self.inner, self.records) = (text, inner, records)
    }
  }

  /// The blocks, in the order read.
  package private(set) var blocks: [Block] = []

  /// A document without blocks.
  package init() {}

  /// Adds a heading.
  package mutating func heading(_ level: Int, _ text: String, folds: Bool = false) {
    blocks.append(.heading(level, text, folds: folds))
  }

  /// Adds a paragraph; nothing of an empty text.
  package mutating func paragraph(_ text: String) {
    if !text.isEmpty { blocks.append(.paragraph(text)) }
  }

  /// Adds a list; nothing of an empty one.
  package mutating func list(_ items: [Item], under name: String? = nil) {
    if !items.isEmpty { blocks.append(.list(items, under: name)) }
  }

  /// Adds a list of texts; nothing of an empty one.
  package mutating func list(_ texts: [String]) { list(texts.map { Item($0) }) }

  /// Adds a table; nothing of an empty one.
  package mutating func table(_ table: DocumentTable) {
    if !table.isEmpty { blocks.append(.table(table)) }
  }

  /// Adds a figure.
  ///
  /// - Parameter file: the drawing's name, without a folder: it lies beside the document.
  package mutating func figure(_ file: String, caption: String) {
    blocks.append(.figure(file: file, caption: caption))
  }
}
