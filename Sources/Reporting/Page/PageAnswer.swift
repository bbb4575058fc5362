import Experiments

/// The head of the page: the answer, by what it is about, and what it rests on.
struct PageAnswer {
  let page: ReportPage

  var header: HTML {
    let links = PageLinks(name: "", base: "") { _ in nil }
    let basis = (verdicts.basis + [evidence]).filter { !$0.isEmpty }.joined(separator: " ")
    return .element(
      "header", [:],
      .element(
        "p", ["class": "eyebrow"],
        .text("SLTrain Bench: arXiv 2406.02214 replicated on a CPU. Results at the \(page.scale.rawValue) scale.")
      ).line,
      .element("h1", [:], .text("Does SLTrain hold?")).line,
      .element("p", ["class": "answer"], .element("strong", [:], .text(answer + " ")), links.html(verdicts.tally))
        .line,
      .element("ul", attributes: [("class", "topics")], content: topics).line,
      .element("p", [:], links.html(basis)).line,
      .element("p", ["class": "ways"], ways)
    ).line
  }

  /// Where to go from here.
  private var ways: HTML {
    let audits = page.audits.map { ("#" + $0.name, InlineText($0.title).plain) }
    let all =
      (page.claims.entries.isEmpty ? [] : [("#verdicts", "Every claim with its evidence")]) + audits
      + [("#contents", "All tables and figures"), ("#reading", "How to read this page")]
    return .joined(all.map { .element("a", ["href": $0.0], .text($0.1)) }, separator: " · ")
  }

  private var verdicts: VerdictReport { VerdictReport(page.claims) }

  /// In a word.
  private var answer: String {
    let tested = page.claims.entries.filter { $0.outcome != .notTested }
    guard !tested.isEmpty else { return "Nothing has been tested so far." }
    if tested.allSatisfy({ $0.outcome == .holds }) { return "Yes, in all that was tested." }
    return tested.contains { $0.outcome == .holds } ? "In part." : "No."
  }

  private var topics: [HTML] {
    verdicts.topics.map { topic in
      let entries = page.claims.entries(topic)
      return .element(
        "li", [:], .element("h2", [:], .text(Self.capitalized(topic.rawValue))),
        .element("p", ["class": "verdict"], .text(Self.capitalized(verdicts.answer(topic)) + ".")),
        .element("p", [:], .text(topic.question)),
        Self.tally(entries)
      ).line
    }
  }

  private static func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// How many claims come to each verdict, as marks in their colours.
  static func tally(_ entries: [ClaimSummary.Entry]) -> HTML {
    let chips = counts(entries).map { count in
      HTML.element(
        "li", [:],
        .element("span", ["class": "chip \(count.outcome.className)"], .text("\(count.count) \(count.words)")))
    }
    return chips.isEmpty ? .empty : .element("ul", attributes: [("class", "tally")], content: chips)
  }

  private static func counts(
    _ entries: [ClaimSummary.Entry]
  ) -> [(outcome: Verdict.Outcome, count: Int, words: String)] {
    let kinds: [(outcome: Verdict.Outcome, one: String, many: String)] = [
      (.holds, "holds", "hold"), (.doesNotHold, "does not hold", "do not hold"),
      (.undecided, "is undecided", "are undecided"), (.notTested, "not tested", "not tested"),
    ]
    return kinds.compactMap { kind in
      let count = entries.count { $0.outcome == kind.outcome }
      return count == 0 ? nil : (kind.outcome, count, count == 1 ? kind.one : kind.many)
    }
  }

  /// What the answer rests on.
  private var evidence: String {
    let trained = Set(page.parts.flatMap(\.runs).map(\.id))
    let measured = Set(page.parts.flatMap(\.measurements).map(\.id)).subtracting(trained)
    let counts =
      (trained.isEmpty ? [] : ["\(trained.count) training run\(trained.count == 1 ? "" : "s")"])
      + (measured.isEmpty ? [] : ["\(measured.count) run\(measured.count == 1 ? "" : "s") whose memory was measured"])
    guard !counts.isEmpty else { return "" }
    let runs = page.parts.flatMap { $0.runs + $0.measurements }
    let machines = Set(runs.compactMap { $0.manifest?.processor }.filter { !$0.isEmpty }).sorted()
    return "Behind the page: \(counts.joined(separator: " and "))"
      + (machines.isEmpty ? "." : ", made on \(machines.joined(separator: " and ")).")
  }
}
