import Foundation

/// Finds where the elements of a JSON list, or the values of a JSON object, begin and end, without reading them.
enum JSONElements {
  /// Gives the range of every element to `body`, in order; false if the text is not one whole list or object.
  static func forEach(in bytes: Data, _ body: (Range<Int>) throws -> Void) throws -> Bool {
    var ranges: [Range<Int>] = []
    let isWhole = bytes.withUnsafeBytes { find(in: $0, &ranges) }
    for range in ranges { try body(range.lowerBound + bytes.startIndex..<range.upperBound + bytes.startIndex) }
    return isWhole
  }

  private static func find(in bytes: UnsafeRawBufferPointer, _ ranges: inout [Range<Int>]) -> Bool {
    guard let open = bytes.firstIndex(where: { !$0.isASCIISpace }) else { return false }
    let isObject = bytes[open] == UInt8(ascii: "{")
    guard isObject || bytes[open] == UInt8(ascii: "[") else { return false }
    let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    var position = open + 1
    // In an object an element begins after the colon that follows its key.
    var start = isObject ? nil : Optional(position)
    var depth = 1
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""): position = endOfString(in: bytes, from: position)
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        guard depth == 0 else { break }
        if let start, bytes[start..<position].contains(where: { !$0.isASCIISpace }) { ranges.append(start..<position) }
        return byte == close && bytes[(position + 1)...].allSatisfy(\.isASCIISpace)
      case UInt8(ascii: ":") where depth == 1 && isObject: start = position + 1
      case UInt8(ascii: ",") where depth == 1:
        if let start { ranges.append(start..<position) }
        start = isObject ? nil : position + 1
      default: break
      }
      position += 1
    }
    return false
  }

  /// The position of the quote that ends the string which begins at `start`.
  private static func endOfString(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var position = start + 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    return position
  }
}
