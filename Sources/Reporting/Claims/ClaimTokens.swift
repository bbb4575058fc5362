import Configuration

/// A word of a claim's test, and where it stands.
struct ClaimToken {
  /// What a word can be.
  enum Kind: Equatable {
    case number(Double)
    case name(String)
    case text(String)
    case symbol(String)
    case end
  }

  let kind: Kind
  /// The offset of its first character.
  let offset: Int

  /// How a message names the word.
  var description: String {
    switch kind {
    case .number(let value): "\(DecimalText.plain(value))"
    case .name(let name): "'\(name)'"
    case .text(let text): "\"\(text)\""
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "the end"
    }
  }
}

/// Cuts a claim's test into words.
struct ClaimTokenizer {
  private let characters: [Character]
  private let place: Diagnostic.Place?
  private var offset = 0

  init(_ text: String, at place: Diagnostic.Place?) {
    characters = Array(text)
    self.place = place
  }

  /// The words of a text, the last of which is the end.
  ///
  /// - Throws: `Diagnostic` at a character that no word begins with, or a text that is not closed.
  static func tokens(of text: String, at place: Diagnostic.Place?) throws -> [ClaimToken] {
    var tokenizer = ClaimTokenizer(text, at: place)
    var tokens: [ClaimToken] = []
    while let token = try tokenizer.next(after: tokens) { tokens.append(token) }
    return tokens + [ClaimToken(kind: .end, offset: tokenizer.characters.count)]
  }

  /// The place of a character, where the text's first character has a place.
  static func place(_ start: Diagnostic.Place?, offset: Int) -> Diagnostic.Place? {
    guard var place = start, let column = place.column else { return start }
    place.column = column + offset
    return place
  }

  private mutating func next(after tokens: [ClaimToken]) throws -> ClaimToken? {
    while offset < characters.count, characters[offset].isWhitespace { offset += 1 }
    guard offset < characters.count else { return nil }
    let start = offset
    if Self.opensRowName(tokens), characters[offset] != "\"", characters[offset] != ")" {
      return ClaimToken(kind: .text(trimmedName()), offset: start)
    }
    return ClaimToken(kind: try kind(), offset: start)
  }

  /// Whether the words so far end with a quantity's name and its bracket.
  private static func opensRowName(_ tokens: [ClaimToken]) -> Bool {
    guard tokens.count >= 2, tokens[tokens.count - 1].kind == .symbol("("),
      case .name(let name) = tokens[tokens.count - 2].kind
    else { return false }
    return ClaimQuantity.Measure(rawValue: name) != nil
  }

  /// A row's name without quotes: all up to the closing bracket, but for white space at its end.
  private mutating func trimmedName() -> String {
    let name = take { $0 != ")" }
    return String(name.reversed().drop(while: \.isWhitespace).reversed())
  }

  private mutating func kind() throws -> ClaimToken.Kind {
    let first = characters[offset]
    if first.isASCII && first.isNumber || first == "." { return try number() }
    if first.isASCII && first.isLetter {
      return .name(take { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
    }
    if first == "\"" { return try quoted() }
    for symbol in ["<=", ">=", "<", ">", "(", ")", ",", "+", "-", "*", "/"]
    where String(characters[offset...].prefix(symbol.count)) == symbol {
      offset += symbol.count
      return .symbol(symbol)
    }
    throw error("'\(first)' has no meaning here; expected a number, a quantity such as ppl(\"SLTrain\") or a sign")
  }

  private mutating func number() throws -> ClaimToken.Kind {
    let start = offset
    var text = take { $0.isASCII && $0.isNumber || $0 == "." }
    if offset < characters.count, characters[offset] == "e" || characters[offset] == "E" {
      text.append("e")
      offset += 1
      if offset < characters.count, characters[offset] == "-" || characters[offset] == "+" {
        text.append(characters[offset])
        offset += 1
      }
      text += take { $0.isASCII && $0.isNumber }
    }
    guard let value = Double(text), value.isFinite else {
      offset = start
      throw error("'\(text)' is not a number")
    }
    return .number(value)
  }

  private mutating func quoted() throws -> ClaimToken.Kind {
    let start = offset
    offset += 1
    let text = take { $0 != "\"" }
    guard offset < characters.count else {
      offset = start
      throw error("the text that begins here is not closed; add a '\"'")
    }
    offset += 1
    return .text(text)
  }

  private mutating func take(while matches: (Character) -> Bool) -> String {
    let start = offset
    while offset < characters.count, matches(characters[offset]) { offset += 1 }
    return String(characters[start..<offset])
  }

  private func error(_ message: String) -> Diagnostic {
    Diagnostic(.usage, at: Self.place(place, offset: offset), message)
  }
}
