extension InlineText {
  /// The line as HTML.
  ///
  /// - Parameter link: where a target of the text lies, seen from the page; nil where there is no such place, and the
  ///   text stands without a link.
  package func html(link: (String) -> String? = { $0 }) -> HTML { Self.html(spans, link) }

  private static func html(_ spans: [Span], _ link: (String) -> String?) -> HTML {
    HTML.joined(
      spans.map { span in
        switch span {
        case .text(let text): .text(text)
        case .code(let text): .element("code", [:], .text(text))
        case .emphasis(let inner): .element("em", [:], html(inner, link))
        case .strong(let inner):
          .element("strong", ["class": Verdict.Outcome(rawValue: plain(inner))?.className], html(inner, link))
        case .link(let inner, let target):
          link(target).map { .element("a", ["href": $0], html(inner, link)) } ?? html(inner, link)
        }
      })
  }
}
