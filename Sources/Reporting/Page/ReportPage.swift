import Experiments

/// The results of a scale as one page of HTML: whether the claims hold first, then every table, figure and number.
///
/// A pure function of what it is given; it needs no script and nothing from elsewhere.
public struct ReportPage: Sendable {
  /// The file's name, in the folder of the scale.
  public static let fileName = "report.html"

  /// The scale asked for.
  public let scale: ScaleName
  /// Every claim with what the numbers say of it.
  public let claims: ClaimSummary
  /// What is known to be wrong with the published numbers.
  public let audits: [PagePart]
  /// The tables, figures, studies and benchmarks, in the order shown.
  public let parts: [PagePart]

  /// Creates a page.
  public init(scale: ScaleName, claims: ClaimSummary, audits: [PagePart], parts: [PagePart]) {
    (self.scale, self.claims, self.audits, self.parts) = (scale, claims, audits, parts)
  }

  /// The whole page.
  public var html: String {
    let title = "Does SLTrain hold? Results at the \(scale.rawValue) scale"
    let head: [HTML] = [
      .element("meta", ["charset": "utf-8"]), .element("title", [:], .text(title)),
      .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      // The browser itself holds the page to what it promises.
      .element(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        ]),
      PageStyle.sheet,
    ]
    let sections =
      [verdicts] + audits.map { $0.html(pages: pages) } + [contents] + parts.map { $0.html(pages: pages) } + [reading]
    let body = HTML.element(
      "body", [:], .element("a", ["class": "skip", "href": "#main"], .text("Skip to the results")).line,
      PageAnswer(page: self).header,
      .element("main", attributes: [("id", "main")], content: sections).line, footer)
    return HTML.document(
      .element("html", ["lang": "en"], .element("head", attributes: [], content: head.map(\.line)).line, body))
  }

  /// The parts' reports by the way to them, which lead to the parts themselves here.
  private var pages: [String: String] {
    (audits + parts).reduce(into: [VerdictReport.fileName: "verdicts"]) { pages, part in pages[part.path] = part.name }
  }

  /// A section of the page's own.
  private func section(_ id: String, _ title: String, _ document: (inout Document) -> Void) -> HTML {
    var text = Document()
    text.heading(1, title)
    document(&text)
    var renderer = DocumentHTML(PageLinks(name: id, base: "", pages: pages) { _ in nil }, level: 2)
    return .element(
      "section", ["class": "part", "id": id, "aria-labelledby": "\(id)-title"],
      .element("h2", ["id": "\(id)-title"], .text(title)).line, renderer.html(text)
    ).line
  }

  private var verdicts: HTML {
    guard !claims.entries.isEmpty else { return .empty }
    let report = VerdictReport(claims)
    return section("verdicts", "What the paper says, and what was found") { text in
      text.table(report.abstract)
      report.addFindings(to: &text)
    }
  }

  private var contents: HTML {
    let items = parts.map { part in
      let own = claims.entries.filter { $0.specification == part.name }
      let figures = part.figures.map { figure in
        let title = "\(PagePart.label(of: figure.name)): \(InlineText(figure.title).plain)"
        return HTML.element("br") + .element("a", ["href": "#\(part.name)-figures"], .text(title))
      }
      return HTML.element(
        "li", [:], .element("a", ["href": "#\(part.name)"], .text("\(part.label): \(InlineText(part.title).plain)")),
        .text(" "), .element("span", ["class": "meta"], .text(part.circumstances)), .joined(figures),
        PageAnswer.tally(own)
      ).line
    }
    return .element(
      "nav", ["class": "part", "id": "contents", "aria-labelledby": "contents-title"],
      .element("h2", ["id": "contents-title"], .text("Tables, figures and measurements")).line,
      .element("ul", attributes: [("class", "contents")], content: items).line
    ).line
  }

  private var reading: HTML {
    let statuses = PublishedNumber.Status.allCases.map { status in
      "\(status.mark.isEmpty ? "No letter" : status.mark) behind a published number: \(status.meaning)."
    }
    return section("reading", "How to read this page") { $0.list(Self.guide + statuses) }
  }

  private static let guide = [
    """
    A number of a table says where it is from when it is pointed at; *Where these numbers are from*, below the table, says \
    it in full: records, seeds, learning rate and how it was chosen, commit, machine; of a published number its status \
    and source.
    """,
    """
    A verdict is **holds**, **does not hold**, **undecided** (seeds or rounds disagree: the 95 % bootstrap interval of the \
    mean margin reaches over zero) or *not tested at this scale*: the runs are too short or too few to say, or there are none.
    """,
    """
    *PPL* repeats the authors' evaluation, which divides the sum of n batch means by n + 1; *corrected* weighs every token \
    once. Perplexities of a small model on another corpus are not the paper's: what is compared is the order of the methods \
    and their ratios.
    """,
    """
    ± is the sample standard deviation over seeds, unless a table says otherwise. ✓ our count agrees with the published \
    number to its last digit; ✗ it does not. ᵖ predicted: the run was laid out without memory, and not made.
    """,
  ]

  private var footer: HTML {
    .element(
      "footer", [:],
      .element(
        "p", [:],
        .text(
          "Made from the records beside it by SLTrain Bench. The page is the same for the same records; it loads nothing and "
            + "runs no script. Links to records and to Markdown pages lead to the files that it lies among."))
    ).line
  }
}
