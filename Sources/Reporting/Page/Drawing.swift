import Configuration
import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A drawing as gnuplot writes it, read so that many can stand in one page: shapes and text, and nothing else.
///
/// What is not known to be a shape is left out with all that is in it: scripts, styles, foreign content. So are events
/// and every reference to something outside the drawing.
package struct Drawing: Equatable, Sendable {
  /// An element, with its attributes in the order of their names.
  fileprivate struct Element: Equatable, Sendable {
    var name: String
    var attributes: [String: String]
    var children: [Node] = []
  }

  /// What an element holds.
  fileprivate enum Node: Equatable, Sendable {
    case text(String)
    case element(Element)
  }

  private let root: Element

  /// Reads a drawing.
  ///
  /// - Throws: `Diagnostic` if the file is no SVG.
  package init(svg: Data, file: String) throws {
    let reader = DrawingReader()
    let parser = XMLParser(data: svg)
    parser.delegate = reader
    guard parser.parse(), let root = reader.root, root.name == "svg" else {
      let place = "line \(parser.lineNumber)"
      throw Diagnostic.file(file, .data, "is no drawing that can be read (\(place)); make its report again")
    }
    self.root = root
  }

  /// The drawing as part of a page.
  ///
  /// - Parameters:
  ///   - id: what every name inside begins with, so that no two drawings share one.
  ///   - title: what the drawing is.
  ///   - description: where a reader who does not see it finds the same.
  package func html(id: String, title: String, description: String) -> HTML {
    var size = root.attributes
    if size["viewBox"] == nil, let width = size["width"], let height = size["height"] {
      size["viewBox"] = "0 0 \(width) \(height)"
    }
    let kept = ["viewBox", "width", "height"].map { ($0, size[$0]) }
    let names = [
      HTML.element("title", ["id": "\(id)-title"], .text(title)),
      .element("desc", ["id": "\(id)-desc"], .text(description)),
    ]
    return .element(
      "svg",
      attributes: [
        ("xmlns", "http://www.w3.org/2000/svg"), ("role", "img"), ("aria-labelledby", "\(id)-title"),
        ("aria-describedby", "\(id)-desc"),
      ] + kept, content: names + root.children.map { Self.html($0, id) })
  }

  private static func html(_ node: Node, _ id: String) -> HTML {
    switch node {
    case .text(let text): return .text(text)
    case .element(let element):
      let attributes = element.attributes.sorted { $0.key < $1.key }.compactMap { key, value in
        renamed(key, value, id).map { (key, $0) }
      }
      return .element(
        element.name, attributes: attributes.map { ($0.0, Optional($0.1)) },
        content: element.children.map { html($0, id) })
    }
  }

  /// A value with the names in it made the drawing's own; nil of a reference to something outside.
  private static func renamed(_ key: String, _ value: String, _ id: String) -> String? {
    if key == "id" { return "\(id)-\(value)" }
    if key == "href" {
      if value.hasPrefix("#") { return "#\(id)-\(value.dropFirst())" }
      return value.hasPrefix("data:image/png;base64,") ? value : nil
    }
    guard value.contains("url(") else { return value }
    guard value.hasPrefix("url(#"), value.count(where: { $0 == "(" }) == 1 else { return nil }
    return "url(#\(id)-\(value.dropFirst(5))"
  }
}

/// Builds the tree of a drawing from what the parser finds.
private final class DrawingReader: NSObject, XMLParserDelegate {
  /// Shapes, text, and what these are filled with.
  private static let known: Set<String> = [
    "svg", "g", "defs", "use", "symbol", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "image", "clipPath", "mask", "pattern", "linearGradient", "radialGradient", "stop", "filter", "feFlood",
    "feComposite",
  ]

  private(set) var root: Drawing.Element?
  private var open: [Drawing.Element] = []
  /// How deep we are in something that is left out.
  private var depthLeftOut = 0

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    guard depthLeftOut == 0, Self.known.contains(name) else {
      depthLeftOut += 1
      return
    }
    var kept: [String: String] = [:]
    for (key, value) in attributes where !key.hasPrefix("on") && !key.hasPrefix("xmlns") && key != "style" {
      kept[key == "xlink:href" ? "href" : key] = value
    }
    // Names with a prefix belong to other languages than SVG.
    open.append(Drawing.Element(name: name, attributes: kept.filter { !$0.key.contains(":") }))
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    guard depthLeftOut == 0, let last = open.indices.last, ["text", "tspan"].contains(open[last].name) else { return }
    open[last].children.append(.text(text))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard depthLeftOut == 0 else {
      depthLeftOut -= 1
      return
    }
    guard let element = open.popLast() else { return }
    // gnuplot leaves a group for every pen that it picks up and lays down again.
    if element.name == "g", element.children.isEmpty { return }
    if let last = open.indices.last {
      open[last].children.append(.element(element))
    } else {
      root = element
    }
  }
}
