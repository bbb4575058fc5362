import Foundation
import Reporting
import TestSupport
import Testing

@Suite("Drawings in a page") struct DrawingTests {
  private static let svg = """
    <?xml version="1.0"?>
    <svg width="80" height="40" viewBox="0 0 80 40" xmlns="http://www.w3.org/2000/svg"
     xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">
    <title>Gnuplot</title><desc>Produced by a program</desc><style>@import url(http://example.org/x.css);</style>
    <script>alert(2)</script><foreignObject><p>x</p></foreignObject>
    <defs><circle id='dot' r='1'/><pattern id="lines"><path d="M0,0"/></pattern></defs>
    <g id="plot"><title>plot_1</title><use xlink:href='#dot' onclick="alert(3)"/><g></g></g>
    <use xlink:href="http://example.org/y.svg#z"/><image xlink:href="http://example.org/w.png"/>
    <rect fill="url(#lines)" stroke="url(http://example.org/v)"/>
    <text style="background: url(http://example.org/u)">a &lt; b <tspan>&amp; c</tspan></text>
    </svg>
    """

  private func html(_ id: String) throws -> String {
    try Drawing(svg: Data(Self.svg.utf8), file: "x.svg").html(id: id, title: "A & B", description: "Below.").markup
  }

  @Test("Shapes and text stay; scripts, styles, events, other languages and references to the outside go")
  func sanitised() throws {
    let text = try html("one")
    for gone in [
      "example.org", "script", "alert", "style", "foreign", "onclick", "onload", "plot_1", "Gnuplot", "xlink",
    ] {
      #expect(!text.contains(gone), "\(gone)")
    }
    #expect(text.contains("a &lt; b <tspan>&amp; c</tspan>"))
    #expect(text.contains("<use href=\"#one-dot\"></use>") && text.contains("<rect fill=\"url(#one-lines)\"></rect>"))
    #expect(!text.contains("<g></g>"))
  }

  @Test("Two drawings in a page share no name, and every reference leads to the drawing's own")
  func names() throws {
    let page = try ParsedPage("<div>\(try html("one"))\(try html("two"))</div>")
    let names = page.values("id")
    #expect(names.count == 10 && Set(names).count == 10)
    for reference in page.values("href") { #expect(names.contains(String(reference.dropFirst()))) }
  }

  @Test("A drawing is an image with a name and a description")
  func accessible() throws {
    let page = try ParsedPage(try html("one"))
    let svg = try #require(page.elements.first)
    #expect(svg.attributes["role"] == "img" && svg.attributes["viewBox"] == "0 0 80 40")
    #expect(page.elements.first { $0.attributes["id"] == svg.attributes["aria-labelledby"] }?.text == "A & B")
    #expect(page.elements.first { $0.attributes["id"] == svg.attributes["aria-describedby"] }?.text == "Below.")
  }

  @Test("The same drawing gives the same bytes") func same() throws { #expect(try html("one") == html("one")) }

  @Test("What is no drawing is refused by name", arguments: ["<p>x</p>", "<svg><g></svg>", ""])
  func refused(text: String) {
    let message = diagnosticText { try Drawing(svg: Data(text.utf8), file: "figure-1.svg") }
    #expect(message.hasPrefix("figure-1.svg: error: is no drawing"))
  }
}
