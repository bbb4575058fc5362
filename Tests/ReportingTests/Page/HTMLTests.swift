import Foundation
import Reporting
import Testing

@Suite("HTML") struct HTMLTests {
  @Test("Text is escaped in content and in attributes")
  func escaping() {
    let element = HTML.element("p", ["title": #""a" & 'b'"#], .text("1 < 2 > 0 & \"x\""))
    #expect(
      element.markup
        == "<p title=\"&quot;a&quot; &amp; &#39;b&#39;\">1 &lt; 2 &gt; 0 &amp; &quot;x&quot;</p>")
  }

  @Test("Every character comes back from a parser as it was; what XML forbids is replaced")
  func roundTrip() throws {
    let text = "<script>&amp;'\"</p> ✓ ᵖ ≤ 10⁹ ]]> <!-- \u{1F600}"
    let page = try ParsedPage(HTML.document(.element("html", ["lang": text], .element("p", [:], .text(text)))))
    #expect(page.elements.first?.attributes["lang"] == text)
    #expect(page.elements.last?.text == text)
    let forbidden = HTML.text("a\u{0}b\u{8}c\u{FFFE}\tn").markup
    #expect(forbidden == "a\u{FFFD}b\u{FFFD}c\u{FFFD}\tn")
  }

  @Test("An attribute without a value is left out, and an element without content closes itself only where HTML has it")
  func elements() {
    #expect(HTML.element("td", ["class": nil, "title": "x"]).markup == "<td title=\"x\"></td>")
    #expect(HTML.element("meta", ["charset": "utf-8"]).markup == "<meta charset=\"utf-8\"/>")
    #expect(HTML.joined([.text("a"), .text("b")], separator: " & ").markup == "a &amp; b")
  }
}

@Suite("Marks within a line") struct InlineTextTests {
  private func html(_ text: String) -> String { InlineText(text).html().markup }

  @Test("Code, emphasis, importance and links are marked; in code nothing is")
  func marks() {
    #expect(html("a `b *c* <d>` e") == "a <code>b *c* &lt;d&gt;</code> e")
    #expect(html("*PPL*: **a *b***") == "<em>PPL</em>: <strong>a <em>b</em></strong>")
    #expect(html("*a **b** c* d") == "<em>a <strong>b</strong> c</em> d")
    #expect(html("see [Claims](#claims).") == "see <a href=\"#claims\">Claims</a>.")
    #expect(html("[42](runs/a) [43](runs/b)") == "<a href=\"runs/a\">42</a> <a href=\"runs/b\">43</a>")
    #expect(html("**x** `min(ppl(\"Low-Rank*\")) * 2` *y*").hasPrefix("<strong>x</strong> <code>min(ppl("))
  }

  @Test(
    "A mark without its partner stands for itself",
    arguments: ["2 * 3 * 4", "a ` b", "[a] (b)", "5 % *", "[a](b c)", "**", "x*"])
  func alone(text: String) { #expect(html(text) == text) }

  @Test("A verdict is told by its word, and by its class beside")
  func verdict() {
    #expect(html("60M: **does not hold**") == "60M: <strong class=\"fails\">does not hold</strong>")
  }

  @Test("The plain text has no marks") func plain() {
    #expect(InlineText("*a* **b** `c` [d](e)").plain == "a b c d")
  }
}
