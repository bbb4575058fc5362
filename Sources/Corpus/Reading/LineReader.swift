import Foundation

/// Cuts a source into lines, in memory for one line.
package struct LineReader {
  private let source: any ByteSource
  private var buffer: [UInt8] = Array(repeating: 0, count: 1 << 18)
  private var start = 0
  private var end = 0
  private var isAtEnd = false

  /// The number of the last line that was read, from 1.
  package private(set) var lineNumber = 0

  /// Reads lines of a source.
  package init(_ source: any ByteSource) { self.source = source }

  /// Gives the next line to `body`, without its line feed; false at the end.
  package mutating func next(_ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Bool {
    var scanned = start
    while true {
      if let feed = firstLineFeed(from: scanned) {
        lineNumber += 1
        let line = start..<feed
        start = feed + 1
        try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[line])) }
        return true
      }
      scanned = end
      if isAtEnd {
        guard start < end else { return false }
        lineNumber += 1
        let line = start..<end
        start = end
        try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[line])) }
        return true
      }
      scanned -= start
      try refill()
    }
  }

  private func firstLineFeed(from position: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard position < end, let base = bytes.baseAddress else { return nil }
      return memchr(base + position, 10, end - position).map { base.distance(to: UnsafeRawPointer($0)) }
    }
  }

  /// Moves what is left to the front and reads more; a line longer than the buffer makes it grow.
  private mutating func refill() throws {
    if start > 0 {
      buffer.replaceSubrange(0..<(end - start), with: Array(buffer[start..<end]))
      end -= start
      start = 0
    }
    if end == buffer.count { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
    let count = try buffer.withUnsafeMutableBytes { bytes in
      try source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[end...]))
    }
    end += count
    isAtEnd = count == 0
  }
}
