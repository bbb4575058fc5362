import Configuration

/// Which rows, sizes and cells the user asks for: patterns on paths such as `sltrain/60m-proxy/final/seed-42`.
///
/// `*` stands for any text, slashes included, and `?` for one character. A pattern that matches the front of a path up to
/// a slash selects all below it: `sltrain` is every cell of the row. Labels may be written as the table prints them.
public struct Selection: Equatable, Sendable {
  /// The patterns; none selects everything.
  public let patterns: [String]

  /// Everything.
  public static let all = Selection([])

  /// Creates a selection.
  public init(_ patterns: [String]) { self.patterns = patterns }

  /// Reads patterns that commas separate; an empty text selects everything.
  public init(parsing text: String) {
    // A comma may be part of a label, as in `Low-Rank, SVD start`: there, white space follows it.
    var patterns: [String] = [""]
    for (index, character) in text.enumerated() {
      let next = text.dropFirst(index + 1).first
      if character == ",", next.map({ !$0.isWhitespace }) ?? true {
        patterns.append("")
      } else {
        patterns[patterns.count - 1].append(character)
      }
    }
    self.init(patterns.filter { !$0.allSatisfy(\.isWhitespace) })
  }

  /// Whether a path is selected.
  public func contains(_ path: String) -> Bool { patterns.isEmpty || patterns.contains { Self.matches($0, path) } }

  /// The first pattern that selects none of the paths, or nil.
  public func unmatched(in paths: [String]) -> String? {
    patterns.first { pattern in !paths.contains { Self.matches(pattern, $0) } }
  }

  private static func matches(_ pattern: String, _ path: String) -> Bool {
    let pattern = Array(normalized(pattern))
    let path = Array(path)
    let fronts = path.indices.filter { path[$0] == "/" } + [path.count]
    return fronts.contains { glob(pattern[...], path[..<$0]) }
  }

  /// A pattern in the form of paths: lower case, with other characters than those of names as hyphens.
  private static func normalized(_ pattern: String) -> String {
    var result = ""
    for character in pattern.lowercased() {
      if character.isASCII, character.isLetter || character.isNumber || "./*?".contains(character) {
        result.append(character)
      } else if result.last != "-" {
        result.append("-")
      }
    }
    return result
  }

  private static func glob(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return (text.startIndex...text.endIndex).contains { glob(pattern.dropFirst(), text[$0...]) }
    }
    guard let character = text.first, first == "?" || first == character else { return false }
    return glob(pattern.dropFirst(), text.dropFirst())
  }
}
