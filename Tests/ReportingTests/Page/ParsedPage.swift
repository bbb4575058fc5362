import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page as an XML parser reads it: every element, with its attributes and the text within it.
struct ParsedPage {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
    /// The names of the elements that it stands in, the nearest last.
    var ancestors: [String]
  }

  struct Damaged: Error { let line: Int }

  let elements: [Element]

  init(_ html: String) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = reader
    guard parser.parse() else { throw Damaged(line: parser.lineNumber) }
    elements = reader.elements
  }

  func all(_ names: String...) -> [Element] { elements.filter { names.contains($0.name) } }

  /// The values of an attribute, in the order of the page.
  func values(_ attribute: String) -> [String] { elements.compactMap { $0.attributes[attribute] } }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append(Element(name: name, attributes: attributes, ancestors: open.map { elements[$0].name }))
      open.append(elements.count - 1)
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      for index in open { elements[index].text += text }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      open.removeLast()
    }
  }
}
