/// A piece of HTML that is also well-formed XML: text can only get into it escaped.
///
/// This is the one place where text becomes markup. Everything that the page shows, from labels in a specification to
/// drawings, is built from ``text(_:)`` and ``element(_:_:_:)``.
package struct HTML: Equatable, Sendable {
  /// The markup.
  package let markup: String

  private init(markup: String) { self.markup = markup }

  /// Nothing.
  package static let empty = HTML(markup: "")

  /// The elements that have neither content nor an end, as HTML defines them.
  private static let void: Set<String> = ["br", "col", "hr", "img", "link", "meta", "wbr"]

  /// A text, whatever characters it has.
  package static func text(_ text: String) -> HTML { HTML(markup: escaped(text)) }

  /// A style sheet, which HTML reads unescaped.
  ///
  /// It is the page's own; no text of a reader's or a record's goes into it.
  package static func style(_ sheet: StaticString) -> HTML {
    precondition(!"\(sheet)".contains { "<&".contains($0) }, "a style sheet with a character that ends or escapes it")
    return HTML(markup: "<style>\n\(sheet)\n</style>\n")
  }

  /// An element.
  ///
  /// - Parameters:
  ///   - name: the element's name.
  ///   - attributes: names and values, in the order written; one without a value is left out.
  ///   - content: what stands in it.
  package static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: HTML...
  ) -> HTML {
    element(name, attributes: attributes.map { ($0.key, $0.value) }, content: content)
  }

  /// An element with attributes that are not known when the program is written.
  package static func element(_ name: String, attributes: [(String, String?)], content: [HTML]) -> HTML {
    precondition(isName(name), "'\(name)' cannot name an element")
    let written = attributes.map { key, value in
      precondition(isName(key), "'\(key)' cannot name an attribute")
      return value.map { " \(key)=\"\(escaped($0))\"" } ?? ""
    }.joined()
    guard !void.contains(name) else {
      precondition(content.isEmpty, "the element '\(name)' cannot have content")
      return HTML(markup: "<\(name)\(written)/>")
    }
    return HTML(markup: "<\(name)\(written)>\(joined(content).markup)</\(name)>")
  }

  /// Pieces one after the other.
  package static func joined(_ pieces: [HTML], separator: String = "") -> HTML {
    HTML(markup: pieces.map(\.markup).joined(separator: escaped(separator)))
  }

  /// Two pieces one after the other.
  package static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }

  /// Adds a piece at the end.
  package static func += (left: inout HTML, right: HTML) { left = left + right }

  /// The piece on a line of its own.
  package var line: HTML { HTML(markup: markup + "\n") }

  /// The whole of a document: `root` is its `html` element.
  package static func document(_ root: HTML) -> String { "<!DOCTYPE html>\n\(root.markup)\n" }

  /// A text with the five characters that mean something in markup as references; what XML forbids becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || (0xFFFE...0xFFFF).contains(scalar.value): result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isName(_ text: String) -> Bool {
    text.first.map { $0.isASCII && $0.isLetter } == true
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-:".contains($0)) }
  }
}
