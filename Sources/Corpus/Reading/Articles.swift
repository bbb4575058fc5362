import Foundation

/// Cuts a WikiText file into its articles: a line ` = Title = ` between two blank lines begins one.
package enum Articles {
  /// Gives every article, its heading included, to `body`; text before the first heading is an article too.
  package static func read(_ source: any ByteSource, _ body: (_ article: [UInt8]) throws -> Void) throws {
    var lines = LineReader(source)
    var article: [UInt8] = []
    // A heading is known as one only when the line after it is seen to be blank.
    var pending: [UInt8]?
    var followsBlank = true
    func end() throws {
      if !article.allSatisfy(\.isASCIISpace) { try body(article) }
      article.removeAll(keepingCapacity: true)
    }
    while try lines.next({ line in
      let isBlank = line.allSatisfy(\.isASCIISpace)
      if let heading = pending {
        if isBlank { try end() }
        article += heading
        pending = nil
      }
      if followsBlank, isHeading(line) {
        pending = Array(line) + [UInt8(ascii: "\n")]
      } else {
        article += line
        article.append(UInt8(ascii: "\n"))
      }
      followsBlank = isBlank
    }) {}
    article += pending ?? []
    try end()
  }

  /// Whether a line is ` = Title = `; sections have more equals signs, each with a space.
  private static func isHeading(_ line: UnsafeRawBufferPointer) -> Bool {
    let words = String(decoding: line, as: UTF8.self).split(separator: " ")
    return line.first == UInt8(ascii: " ") && words.count > 2 && words[0] == "=" && words[1] != "="
      && words[words.count - 1] == "="
      && words[words.count - 2] != "="
  }
}
