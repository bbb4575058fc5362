import Configuration
import Experiments
import Foundation

/// A table, figure, study or benchmark as the page shows it.
public struct PagePart: Sendable {
  /// The name of its specification: `table-2`.
  public let name: String
  /// What it is of.
  public let title: String
  /// Where its numbers were made: `scale quick`.
  public let circumstances: String
  /// Its report, or nil where there is nothing to report.
  package let document: Document?
  /// Why there is no report; empty where there is one.
  public let reason: String
  /// The way from the page to the folder of its files: nothing, or `../paper/`.
  public let base: String
  /// The training runs behind it.
  public let runs: [CellOutcome]
  /// The runs behind it that measured memory.
  public let measurements: [CellOutcome]
  /// The figures of the paper that are drawn from it: names and captions.
  public let figures: [(name: String, title: String)]
  /// Whether its report has been written as Markdown.
  private let isWritten: Bool
  private let drawings: [String: Drawn]

  private struct Drawn: Sendable {
    let drawing: Drawing
    let data: String
  }

  /// Creates a part with the drawings that its document speaks of.
  ///
  /// - Parameters:
  ///   - folder: where the document's files are.
  ///   - base: the same folder seen from the page.
  /// - Throws: `Diagnostic` if a drawing that is there cannot be read.
  package init(
    name: String, title: String, circumstances: String, document: Document, folder: String, base: String,
    runs: [CellOutcome] = [], measurements: [CellOutcome] = [], figures: [(name: String, title: String)] = []
  ) throws {
    var drawings: [String: Drawn] = [:]
    for case .figure(let file, _) in document.blocks {
      guard let svg = FileManager.default.contents(atPath: "\(folder)/\(file)") else { continue }
      let stem = file.hasSuffix(".svg") ? String(file.dropLast(4)) : file
      let data = FileManager.default.contents(atPath: "\(folder)/\(stem).dat") ?? Data()
      drawings[file] = Drawn(
        drawing: try Drawing(svg: svg, file: "\(folder)/\(file)"), data: String(decoding: data, as: UTF8.self))
    }
    (self.name, self.title, self.circumstances, self.document) = (name, title, circumstances, document)
    (reason, self.base, self.drawings) = ("", base, drawings)
    (self.runs, self.measurements, self.figures) = (runs, measurements, figures)
    isWritten = FileManager.default.fileExists(atPath: "\(folder)/\(name).md")
  }

  /// Creates a part that there is nothing of.
  public init(name: String, title: String, circumstances: String, reason: String, base: String) {
    (self.name, self.title, self.circumstances, document) = (name, title, circumstances, nil)
    (self.reason, self.base, runs, measurements) = (reason, base, [], [])
    (figures, drawings, isWritten) = ([], [:], false)
  }

  /// What the part is called: `Table 2`.
  var label: String { Self.label(of: name) }

  /// The name of a specification in words: `Figure 1`.
  static func label(of name: String) -> String {
    let words = name.replacing("-", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// The way to its report as Markdown, seen from the page, whether that is written or not.
  var path: String { "\(base)\(name).md" }

  /// The part as a section of the page.
  ///
  /// - Parameter pages: the names of all parts by the way to their reports.
  func html(pages: [String: String]) -> HTML {
    let links = PageLinks(name: name, base: base, pages: pages) { file in
      drawings[file].map { ($0.drawing, $0.data) }
    }
    var renderer = DocumentHTML(links, level: 2)
    let markdown =
      isWritten ? .text(" · ") + HTML.element("a", ["href": path], .text("\(name).md")) : .empty
    let meta = .text("\(label) · \(circumstances)") + markdown
    return .element(
      "section", ["class": "part", "id": name, "aria-labelledby": "\(name)-title"],
      .element("p", ["class": "meta"], meta).line,
      .element("h2", ["id": "\(name)-title"], InlineText(title).html()).line,
      document.map { renderer.html($0) } ?? .element("p", ["class": "missing"], .text(reason)),
      .element("p", ["class": "meta"], .element("a", ["href": "#contents"], .text("Back to the contents"))).line
    ).line
  }
}
