import Configuration

/// What is done to a document's text before it is kept.
public struct Cleaning: Equatable, Sendable {
  /// The least that a paragraph or a document must have to be kept.
  public struct Minimum: Equatable, Sendable {
    /// Unicode scalars, white space between words included.
    public var characters: Int
    /// Words: what white space separates.
    public var words: Int

    /// Creates a minimum.
    public init(characters: Int, words: Int) {
      self.characters = characters
      self.words = words
    }
  }

  /// Whether `<br>` and `<br />` become line breaks, and the few other tags of web reviews disappear.
  public var stripsTags: Bool
  /// What a paragraph (a line) must have; nil keeps the text's lines as they are, white space included.
  public var paragraph: Minimum?
  /// What a whole document must have.
  public var document: Minimum?

  /// Creates rules; without arguments nothing is changed.
  public init(stripsTags: Bool = false, paragraph: Minimum? = nil, document: Minimum? = nil) {
    self.stripsTags = stripsTags
    self.paragraph = paragraph
    self.document = document
  }

  /// The cleaned text, or nil if nothing is left of it or too little.
  ///
  /// With a paragraph minimum, white space within a line becomes one space, lines that fall short disappear, and the
  /// others are joined by single line feeds.
  package func apply(to text: [UInt8]) -> [UInt8]? {
    var text = stripsTags ? Self.withoutTags(text) : text
    if let paragraph {
      text = Self.paragraphs(of: text, atLeast: paragraph)
    }
    let (characters, words) = Self.count(text[...])
    guard words > 0 else { return nil }
    if let document, characters < document.characters || words < document.words { return nil }
    return text
  }

  private static func paragraphs(of text: [UInt8], atLeast minimum: Minimum) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let start = result.count
      if start > 0 { result.append(UInt8(ascii: "\n")) }
      let textStart = result.count
      var needsSpace = false
      for byte in line {
        if byte.isASCIISpace {
          needsSpace = result.count > textStart
        } else {
          if needsSpace { result.append(0x20) }
          needsSpace = false
          result.append(byte)
        }
      }
      let (characters, words) = count(result[textStart...])
      if characters < minimum.characters || words < minimum.words { result.removeSubrange(start...) }
    }
    return result
  }

  private static func count(_ text: ArraySlice<UInt8>) -> (characters: Int, words: Int) {
    var characters = 0
    var words = 0
    var isInWord = false
    for byte in text {
      // Continuation bytes of UTF-8 are no characters of their own.
      if byte & 0xC0 != 0x80 { characters += 1 }
      let isSpace = byte.isASCIISpace
      if !isSpace && !isInWord { words += 1 }
      isInWord = !isSpace
    }
    return (characters, words)
  }

  private static let tags: [(name: [UInt8], replacement: UInt8?)] = [
    (Array("br".utf8), UInt8(ascii: "\n")), (Array("p".utf8), UInt8(ascii: "\n")),
    (Array("hr".utf8), UInt8(ascii: "\n")),
    (Array("i".utf8), nil), (Array("b".utf8), nil), (Array("em".utf8), nil), (Array("u".utf8), nil),
    (Array("strong".utf8), nil),
  ]

  private static func withoutTags(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "<")) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var position = 0
    while position < text.count {
      if text[position] == UInt8(ascii: "<"), let tag = tag(in: text, at: position) {
        if let replacement = tag.replacement { result.append(replacement) }
        position = tag.end
      } else {
        result.append(text[position])
        position += 1
      }
    }
    return result
  }

  /// A known tag that begins at `start`: `<name>`, `</name>`, `<name/>`, `<name />`.
  private static func tag(in text: [UInt8], at start: Int) -> (end: Int, replacement: UInt8?)? {
    var position = start + 1
    if position < text.count, text[position] == UInt8(ascii: "/") { position += 1 }
    for (name, replacement) in tags where text[position...].starts(with: name) {
      var end = position + name.count
      while end < text.count, text[end] == 0x20 || text[end] == UInt8(ascii: "/") { end += 1 }
      if end < text.count, text[end] == UInt8(ascii: ">") { return (end + 1, replacement) }
    }
    return nil
  }
}
