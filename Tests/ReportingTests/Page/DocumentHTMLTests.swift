import Foundation
import Reporting
import Testing

@Suite("Documents as HTML") struct DocumentHTMLTests {
  private func render(_ document: Document) throws -> ParsedPage {
    var renderer = DocumentHTML(
      PageLinks(name: "table-2", base: "../paper/", pages: ["../paper/table-8.md": "table-8"]) { _ in nil }, level: 2)
    return try ParsedPage("<main>\(renderer.html(document).markup)</main>")
  }

  private var table: Document {
    var table = DocumentTable(["Method", "PPL", "published", "Mem", "published"])
    let (ours, paper) = (Origin("ours", full: "ours, [42](runs/a)"), Origin("recalled"))
    for row in ["A", "B"] {
      let own = row == "A" ? ours : Origin("others")
      table.add([
        DocumentCell(row), DocumentCell("1.5 < 2", from: own), DocumentCell("2", from: paper), "",
        DocumentCell("3", from: paper),
      ])
    }
    var document = Document()
    document.heading(2, "Perplexity")
    document.table(table)
    return document
  }

  @Test("A table has a caption, and headings for its columns and its rows")
  func semantics() throws {
    let page = try render(table)
    #expect(page.all("caption").map(\.text) == ["Perplexity\n"] || page.all("caption").map(\.text) == ["Perplexity"])
    #expect(page.all("th").map { $0.attributes["scope"] } == Array(repeating: "col", count: 5) + ["row", "row"])
    #expect(page.all("td").map(\.text) == ["1.5 < 2", "2", "—", "3", "1.5 < 2", "2", "—", "3"])
    let scroller = try #require(page.all("div").first)
    #expect(scroller.attributes["tabindex"] == "0" && scroller.attributes["aria-label"] == "Perplexity")
  }

  @Test("A number says where it is from where it stands, and in a list that names its rows and columns")
  func origins() throws {
    let page = try render(table)
    #expect(page.all("td").map { $0.attributes["title"] }[..<4] == ["ours", "recalled", nil, "recalled"])
    let items = page.all("li").map(\.text)
    #expect(
      items == [
        "A, PPL: ours, 42", "every row, published (after PPL), published (after Mem): recalled", "B, PPL: others",
      ])
    #expect(page.values("href") == ["../paper/runs/a"])
  }

  @Test("What folds opens when it is asked for, with all up to the next heading of its level")
  func folds() throws {
    var document = Document()
    document.heading(1, "Title")
    document.heading(2, "Runs", folds: true)
    document.heading(3, "60M")
    document.paragraph("within")
    document.heading(2, "Notes")
    document.list([Document.Item("a", inner: ["b"], records: "Records: [1](runs/x).")])
    let page = try render(document)
    #expect(page.all("h2", "h3", "h4").map(\.text) == ["Runs", "60M", "Notes"])
    #expect(page.all("h2", "h3", "h4").map(\.name) == ["h3", "h4", "h3"])
    #expect(page.all("p").first { $0.text == "within" }?.ancestors.contains("details") == true)
    #expect(page.all("h3").last?.ancestors.contains("details") == false)
    #expect(page.all("summary").map(\.text) == ["Runs", "What it rests on"])
  }

  @Test("Headings of one name have names of their own, and links within a document lead to them")
  func names() throws {
    var document = Document()
    for _ in 0..<2 { document.heading(2, "Claims") }
    document.paragraph("[a](#claims) [b](table-8.md) [c](runs/x)")
    let page = try render(document)
    #expect(page.values("id") == ["table-2-claims", "table-2-claims-2"])
    #expect(page.values("href") == ["#table-2-claims", "#table-8", "../paper/runs/x"])
  }

  @Test("A figure that has not been drawn is said to be missing")
  func missing() throws {
    var document = Document()
    document.figure("x.svg", caption: "A & B")
    #expect(try render(document).all("p").map(\.text) == ["A & B: not drawn so far."])
  }

  @Test("Markdown has the same cells, and nothing of where they are from")
  func markdown() {
    #expect(
      table.markdown == """
        ## Perplexity

        | Method |     PPL | published | Mem | published |
        | ------ | ------: | --------: | --: | --------: |
        | A      | 1.5 < 2 |         2 |   — |         3 |
        | B      | 1.5 < 2 |         2 |   — |         3 |

        """)
  }
}
