import Configuration
import Foundation

/// Reads one column of comma-separated values as RFC 4180 writes them: quoted fields, doubled quotes, line breaks
/// inside quotes. The first record names the columns.
package struct CSVReader {
  private enum State { case fieldStart, plain, quoted, quoteInQuoted }

  private let column: String
  private let name: String
  private var wanted: Int?
  private var state = State.fieldStart
  private var field: [UInt8] = []
  private var fieldIndex = 0
  private var header: [String] = []
  private var line = 1
  private var recordLine = 1
  private var hasContent = false

  private init(column: String, name: String) {
    self.column = column
    self.name = name
  }

  /// Gives the fields of `column` to `body`, in order.
  ///
  /// - Throws: ``Diagnostic`` `.data` with the line if there is no such column, a record is too short or a quote is
  ///   never closed.
  package static func read(
    _ source: any ByteSource, column: String, _ body: (_ field: [UInt8]) throws -> Void
  ) throws {
    var reader = CSVReader(column: column, name: source.name)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try source.read(into: buffer), count > 0 {
      var rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])[...]
      while !rest.isEmpty {
        reader.takeRun(&rest)
        if let byte = rest.popFirst() { try reader.take(byte, body) }
      }
    }
    try reader.finish(body)
  }

  /// Takes the bytes up to the next one that may end a field or a quote, all at once.
  private mutating func takeRun(_ rest: inout Slice<UnsafeRawBufferPointer>) {
    guard state == .quoted || state == .plain else { return }
    let isQuoted = state == .quoted
    let run = rest.prefix { byte in
      isQuoted
        ? byte != UInt8(ascii: "\"")
        : byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
    }
    line += run.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    if wanted == nil || wanted == fieldIndex { field += run }
    rest = rest.dropFirst(run.count)
  }

  private mutating func take(_ byte: UInt8, _ body: ([UInt8]) throws -> Void) throws {
    if byte == UInt8(ascii: "\n") { line += 1 }
    switch state {
    case .quoted:
      if byte == UInt8(ascii: "\"") { state = .quoteInQuoted } else { append(byte) }
    case .quoteInQuoted where byte == UInt8(ascii: "\""):
      append(byte)
      state = .quoted
    case .fieldStart where byte == UInt8(ascii: "\""):
      hasContent = true
      state = .quoted
    case .fieldStart, .plain, .quoteInQuoted:
      switch byte {
      case UInt8(ascii: ","):
        hasContent = true
        try endField(body)
      case UInt8(ascii: "\n"): try endRecord(body)
      case UInt8(ascii: "\r"): break
      default:
        guard state != .quoteInQuoted else { throw fault("a quoted field must end with its quote") }
        hasContent = true
        append(byte)
        state = .plain
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    // Only the header and the wanted column are kept.
    if wanted == nil || wanted == fieldIndex { field.append(byte) }
  }

  private mutating func endField(_ body: ([UInt8]) throws -> Void) throws {
    if wanted == nil {
      header.append(String(decoding: field, as: UTF8.self))
    } else if wanted == fieldIndex {
      try body(field)
    }
    field.removeAll(keepingCapacity: true)
    fieldIndex += 1
    state = .fieldStart
  }

  private mutating func endRecord(_ body: ([UInt8]) throws -> Void) throws {
    defer {
      recordLine = line
      fieldIndex = 0
      hasContent = false
      state = .fieldStart
    }
    guard hasContent else { return }
    try endField(body)
    if let wanted {
      guard fieldIndex > wanted else {
        throw fault("the record has \(fieldIndex) fields; column '\(column)' is field \(wanted + 1)")
      }
    } else {
      wanted = header.firstIndex(of: column)
      guard wanted != nil else { throw fault("no column '\(column)'; \(Suggestion.clause(for: column, in: header))") }
    }
  }

  private mutating func finish(_ body: ([UInt8]) throws -> Void) throws {
    guard state != .quoted else { throw fault("a quoted field is never closed") }
    try endRecord(body)
    guard wanted != nil else {
      throw Diagnostic.file(name, .data, "is empty; expected a record that names the columns")
    }
  }

  private func fault(_ message: String) -> Diagnostic {
    Diagnostic(.data, at: .init(file: name, line: recordLine), message)
  }
}
