import Configuration
import Foundation

/// Reads documents out of JSON: one object a line, or one value for the whole file.
package enum JSONDocuments {
  /// Gives the text under `path` of every line's object to `body`; empty lines are passed over.
  ///
  /// - Throws: ``Diagnostic`` `.data` with the line if it is not an object with such a text.
  package static func readLines(_ source: any ByteSource, path: String, _ body: (String) throws -> Void) throws {
    var lines = LineReader(source)
    let steps = path.split(separator: ".").map(String.init)
    var number = 0
    while try lines.next({ line in
      number += 1
      guard let base = line.baseAddress, line.contains(where: { !$0.isASCIISpace }) else { return }
      let place = Diagnostic.Place(file: source.name, line: number)
      let data = Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: base), count: line.count, deallocator: .none)
      guard let value = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
        throw Diagnostic(.data, at: place, "is not a JSON object; expected one object a line")
      }
      guard let text = text(of: value, steps[...]) else {
        throw Diagnostic(.data, at: place, "has no text under '\(path)'")
      }
      try body(text)
    }) {}
  }

  /// Gives the text under `path` of every element of the file's list, or of every value of its object, to `body`, in
  /// the file's order; elements without one are passed over.
  ///
  /// - Throws: ``Diagnostic`` `.data` if the file is no JSON list or object.
  package static func readElements(_ source: any ByteSource, path: String, _ body: (String) throws -> Void) throws {
    let steps = path.split(separator: ".").map(String.init)
    let bytes = try source.readAll()
    let fault = Diagnostic.file(source.name, .data, "is not a JSON list or object")
    // One element at a time: all of a file's small objects would take thirty times its size.
    let isWhole = try JSONElements.forEach(in: bytes) { element in
      guard let value = try? JSONSerialization.jsonObject(with: bytes[element], options: [.fragmentsAllowed]) else {
        throw fault
      }
      if let text = text(of: value, steps[...]) { try body(text) }
    }
    guard isWhole else { throw fault }
  }

  /// The text at the end of a path; `*` stands for every element, and several texts become the lines of one.
  private static func text(of value: Any, _ steps: ArraySlice<String>) -> String? {
    guard let step = steps.first else { return value as? String }
    if step == "*" {
      let texts = elements(of: value)?.compactMap { text(of: $0, steps.dropFirst()) } ?? []
      return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }
    return (value as? [String: Any])?[step].flatMap { text(of: $0, steps.dropFirst()) }
  }

  private static func elements(of value: Any) -> [Any]? {
    if let list = value as? [Any] { return list }
    // An object inside has no order of its own once it is read: that of the keys is always the same.
    guard let members = value as? [String: Any] else { return nil }
    return members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
  }
}

extension UInt8 {
  /// Whether the byte is white space in every encoding that extends ASCII.
  var isASCIISpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
}
