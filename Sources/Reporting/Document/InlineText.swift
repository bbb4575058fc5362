/// A line of text with the few marks of Markdown that reports use: `` `code` ``, `*emphasis*`, `**importance**`,
/// `[text](target)`. Everything else stands for itself.
package struct InlineText: Equatable, Sendable {
  /// A part of a line.
  package indirect enum Span: Equatable, Sendable {
    /// Plain text.
    case text(String)
    /// What a program reads or writes.
    case code(String)
    /// Emphasis.
    case emphasis([Span])
    /// Importance.
    case strong([Span])
    /// A link.
    case link([Span], target: String)
  }

  /// The parts, in order.
  package let spans: [Span]

  /// Reads a line.
  package init(_ text: String) {
    var reader = InlineReader(text: Array(text))
    spans = reader.spans()
  }

  /// The text without its marks.
  package var plain: String { Self.plain(spans) }

  static func plain(_ spans: [Span]) -> String {
    spans.map { span in
      switch span {
      case .text(let text), .code(let text): text
      case .emphasis(let inner), .strong(let inner), .link(let inner, _): plain(inner)
      }
    }.joined()
  }
}

/// Reads marks from left to right; a mark whose partner is missing stands for itself.
private struct InlineReader {
  let text: [Character]
  private var position = 0

  init(text: [Character]) { self.text = text }

  mutating func spans() -> [InlineText.Span] {
    var result: [InlineText.Span] = []
    var plain = ""
    while position < text.count {
      if let span = marked() {
        if !plain.isEmpty { result.append(.text(plain)) }
        plain = ""
        result.append(span)
      } else {
        plain.append(text[position])
        position += 1
      }
    }
    if !plain.isEmpty { result.append(.text(plain)) }
    return result
  }

  /// The span that begins here, or nil; stands behind it then.
  private mutating func marked() -> InlineText.Span? {
    switch text[position] {
    case "`": code()
    case "*": has("**", at: position) ? enclosed("**") { .strong($0) } : enclosed("*") { .emphasis($0) }
    case "[": link()
    default: nil
    }
  }

  private mutating func code() -> InlineText.Span? {
    guard let end = find("`", from: position + 1), end > position + 1 else { return nil }
    defer { position = end + 1 }
    return .code(String(text[(position + 1)..<end]))
  }

  /// Text between two marks that touch it: `2 * 3 * 4` has none.
  private mutating func enclosed(
    _ mark: String, _ span: ([InlineText.Span]) -> InlineText.Span
  ) -> InlineText.Span? {
    let start = position + mark.count
    guard start < text.count, !text[start].isWhitespace, let end = end(of: mark, from: start + 1) else { return nil }
    defer { position = end + mark.count }
    return span(InlineText(String(text[start..<end])).spans)
  }

  /// Where the mark stands that closes one; of three stars in a row the first closes what is within.
  private func end(of mark: String, from start: Int) -> Int? {
    var place = find(mark, from: start)
    while let found = place {
      if mark == "*", has("**", at: found), !has("***", at: found) {
        place = find(mark, from: found + 2)
      } else if mark == "**", has("***", at: found) {
        return found + 1
      } else if text[found - 1].isWhitespace {
        place = find(mark, from: found + 1)
      } else {
        return found
      }
    }
    return nil
  }

  private mutating func link() -> InlineText.Span? {
    guard let middle = find("](", from: position + 1), let end = find(")", from: middle + 2) else { return nil }
    let target = String(text[(middle + 2)..<end])
    let label = text[(position + 1)..<middle]
    guard !target.isEmpty, !target.contains(where: \.isWhitespace), !label.contains("[") else { return nil }
    defer { position = end + 1 }
    return .link(InlineText(String(label)).spans, target: target)
  }

  private func has(_ mark: String, at place: Int) -> Bool {
    place + mark.count <= text.count && Array(mark).elementsEqual(text[place..<(place + mark.count)])
  }

  /// Where a mark stands next, outside code.
  private func find(_ mark: String, from start: Int) -> Int? {
    var place = start
    while place < text.count {
      if has(mark, at: place) { return place }
      if mark != "`", text[place] == "`", let end = find("`", from: place + 1) { place = end }
      place += 1
    }
    return nil
  }
}
