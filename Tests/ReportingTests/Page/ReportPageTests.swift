import Configuration
import Experiments
import Foundation
import Reporting
import TestSupport
import Testing

/// The page of the repository's own specifications: with the results that came with it, and with none.
@Suite("The page") struct ReportPageTests {
  private static func environment(results: String) -> ExperimentEnvironment {
    ExperimentEnvironment(
      experimentsFolder: Repository.experiments, resultsFolder: results, workFolder: "/nowhere")
  }

  private static let shipped = Result {
    try ReportPage(scale: .quick, environment: environment(results: Repository.root + "/results"))
  }

  private static let empty = Result { try ReportPage(scale: .quick, environment: environment(results: "/nowhere")) }

  private static func page(_ hasResults: Bool) throws -> ReportPage { try (hasResults ? shipped : empty).get() }

  @Test("It is well-formed, and every name in it is the only one", arguments: [true, false])
  func names(hasResults: Bool) throws {
    let names = try ParsedPage(Self.page(hasResults).html).values("id")
    var seen: Set<String> = []
    #expect(names.filter { !seen.insert($0).inserted }.isEmpty)
    #expect(names.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isWhitespace) })
  }

  @Test("Every link within it leads somewhere, and every other one to a file that is there")
  func links() throws {
    let page = try ParsedPage(Self.page(true).html)
    let names = Set(page.values("id"))
    let folder = Repository.root + "/results/quick/"
    for target in Set(page.values("href")) {
      if target.hasPrefix("#") {
        #expect(names.contains(String(target.dropFirst())), "\(target)")
      } else {
        #expect(FileManager.default.fileExists(atPath: folder + target), "\(target)")
      }
    }
  }

  @Test("It asks for nothing from elsewhere, and has no script", arguments: [true, false])
  func selfContained(hasResults: Bool) throws {
    let page = try ParsedPage(Self.page(hasResults).html)
    #expect(page.all("script", "iframe", "object", "embed", "link", "base", "img", "video", "audio").isEmpty)
    #expect(page.elements.allSatisfy { element in !element.attributes.keys.contains { $0.hasPrefix("on") } })
    #expect(page.elements.allSatisfy { $0.attributes["src"] == nil && $0.attributes["style"] == nil })
    for (name, values) in [("href", page.values("href")), ("content", page.values("content"))] {
      #expect(values.allSatisfy { !$0.contains("//") }, "\(name)")
    }
    let sheet = try #require(page.all("style").first?.text)
    #expect(!sheet.contains("url(") && !sheet.contains("@import"))
  }

  @Test("A reader who is read to finds a language, a title, a way to the results and headings in order")
  func structure() throws {
    let page = try ParsedPage(Self.page(true).html)
    #expect(page.elements.first?.attributes["lang"] == "en")
    #expect(page.all("title").first?.text.contains("Does SLTrain hold?") == true)
    #expect(page.all("a").first?.attributes["href"] == "#main" && page.all("main").first?.attributes["id"] == "main")
    let levels = page.all("h1", "h2", "h3", "h4", "h5", "h6").compactMap { $0.name.last?.wholeNumberValue }
    #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    let tables = page.all("table").count
    #expect(tables > 10 && page.all("caption").count == tables)
    #expect(page.all("caption").allSatisfy { !$0.text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty })
    #expect(page.all("th").allSatisfy { ["row", "col"].contains($0.attributes["scope"]) })
    #expect(page.all("svg").allSatisfy { $0.attributes["role"] == "img" && $0.attributes["aria-labelledby"] != nil })
  }

  @Test(
    "It shows every specification of the project, one that has no record with the reason", arguments: [true, false])
  func complete(hasResults: Bool) throws {
    let environment = Self.environment(results: "/nowhere")
    let page = try ParsedPage(Self.page(hasResults).html)
    let names = Set(page.values("id"))
    let expected =
      try environment.tables().map(\.name) + environment.timings().map(\.name) + environment.studies().map(\.name)
      + environment.audits().map(\.name)
    #expect(expected.count > 10)
    for name in expected { #expect(names.contains(name), "\(name)") }
    guard !hasResults else { return }
    for study in try environment.studies() {
      let section = page.all("section").first { $0.attributes["id"] == study.name }
      #expect(section?.text.contains("run 'sltrain reproduce \(study.name)' first") == true)
    }
  }

  @Test("A table's cells are those of its Markdown, letter for letter")
  func sameNumbers() throws {
    let environment = Self.environment(results: Repository.root + "/results")
    let html = try Self.page(true).html
    for name in ["table-2", "table-8", "figure-3"] {
      let table = try environment.table(name)
      let scale = table.scales.first { $0.name == .quick } ?? table.scales[0]
      let text = try TableReport(ReportSource(table, scale: scale, environment: environment)).markdown()
      let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| -") }
      #expect(rows.count > 5)
      let section = try #require(html.split(separator: "<section").first { $0.contains("id=\"\(name)\"") })
      let cells = try ParsedPage(
        "<section" + section.prefix(upTo: try #require(section.range(of: "</section>")).upperBound)
      )
      .all("th", "td").map(\.text)
      let expected = rows.flatMap { row in
        row.dropFirst(2).dropLast(2).replacing("\\|", with: "\u{1}").split(separator: " | ").map { cell in
          InlineText(cell.trimmingCharacters(in: .whitespaces).replacing("\u{1}", with: "|")).plain
        }
      }
      #expect(cells == expected, "\(name)")
    }
  }

  @Test("The same records give the same bytes")
  func deterministic() throws {
    let again = try ReportPage(
      scale: .quick, environment: Self.environment(results: Repository.root + "/results"))
    #expect(try Self.page(true).html == again.html)
  }
}
