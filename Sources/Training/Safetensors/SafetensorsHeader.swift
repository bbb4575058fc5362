import Configuration
import Corpus
import Files
import Foundation

/// The head of a safetensors file: 8 bytes of length, little-endian, then that many bytes of JSON, then the data.
///
/// Every tensor's bytes must stand where the header says, side by side, without overlap, gap or rest.
/// Source: the format's description in huggingface/safetensors.
struct SafetensorsHeader {
  /// The tensors by key.
  let entries: [String: SafetensorsEntry]
  /// What stands under `__metadata__`.
  let metadata: [String: String]

  /// Reads and checks the header of a file.
  ///
  /// - Throws: `Diagnostic` naming the file and the tensor that is wrong.
  init(of file: MappedFile) throws {
    let (text, dataStart) = try Self.text(of: file)
    guard let members = try? ResolvedValue(json: text, file: file.path).objectValue else {
      throw Diagnostic.file(file.path, .data, "the header is not a JSON object; the file is damaged")
    }
    var entries: [String: SafetensorsEntry] = [:]
    for (name, value) in members where name != Self.metadataKey {
      entries[name] = try Self.entry(name, value, in: file, dataStart: dataStart)
    }
    try Self.checkLayout(entries.values.sorted(by: Self.precedes), in: file, dataStart: dataStart)
    self.entries = entries
    metadata = try Self.metadata(members[Self.metadataKey], in: file)
  }

  static let metadataKey = "__metadata__"
  /// Bytes of the length before the header.
  static let lengthSize = 8

  /// The header's JSON and the offset of the data.
  private static func text(of file: MappedFile) throws -> (text: Data, dataStart: Int) {
    let size = file.bytes.count
    guard size >= lengthSize else {
      throw Diagnostic.file(
        file.path, .data, "is not a safetensors file: it has \(size) bytes, expected at least \(lengthSize)")
    }
    let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
    guard size > lengthSize, length > 0, file.bytes[lengthSize] == UInt8(ascii: "{") else {
      throw Diagnostic.file(
        file.path, .data, "is not a safetensors file: no JSON header begins at byte \(lengthSize)")
    }
    guard length <= UInt64(size - lengthSize) else {
      throw Diagnostic.file(
        file.path, .data,
        "the header's length is \(length) bytes, but only \(size - lengthSize) follow; the file is cut short")
    }
    let end = lengthSize + Int(length)
    return (Data(file.bytes[lengthSize..<end]), end)
  }

  private static func entry(
    _ name: String, _ value: ResolvedValue, in file: MappedFile, dataStart: Int
  ) throws -> SafetensorsEntry {
    func fault(_ message: String) -> Diagnostic { .file(file.path, .data, "tensor '\(name)': \(message)") }
    guard let typeName = value["dtype"]?.stringValue else { throw fault("the header gives no dtype") }
    guard let type = SafetensorsType(rawValue: typeName) else {
      let known = SafetensorsType.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault("unknown dtype '\(typeName)'; expected one of \(known)")
    }
    guard let shape = wholeNumbers(value["shape"]) else {
      throw fault("the header gives no shape; expected a list of whole numbers")
    }
    guard let offsets = wholeNumbers(value["data_offsets"]), offsets.count == 2, offsets[0] <= offsets[1] else {
      throw fault("the header gives no data_offsets; expected two whole numbers, begin and end")
    }
    let available = file.bytes.count - dataStart
    guard offsets[1] <= available else {
      throw fault("its bytes end at \(offsets[1]), but the file holds \(available) bytes of data; it is cut short")
    }
    let found = offsets[1] - offsets[0]
    guard let expected = byteCount(of: shape, type), expected == found else {
      let sizes = byteCount(of: shape, type).map { "\($0) bytes" } ?? "more bytes than can be"
      throw fault("a \(type.rawValue) of shape \(shape) takes \(sizes), but data_offsets span \(found)")
    }
    return SafetensorsEntry(
      name: name, type: type, shape: shape, file: file.path, bytes: dataStart + offsets[0]..<dataStart + offsets[1])
  }

  /// Every element of a list of whole numbers that are not negative, or nil.
  private static func wholeNumbers(_ value: ResolvedValue?) -> [Int]? {
    guard let elements = value?.arrayValue else { return nil }
    let numbers = elements.compactMap(\.integerValue).filter { $0 >= 0 }
    return numbers.count == elements.count ? numbers : nil
  }

  private static func byteCount(of shape: [Int], _ type: SafetensorsType) -> Int? {
    shape.reduce(type.byteCount as Int?) { product, size in
      guard let (result, overflow) = product?.multipliedReportingOverflow(by: size), !overflow else { return nil }
      return result
    }
  }

  private static func precedes(_ a: SafetensorsEntry, _ b: SafetensorsEntry) -> Bool {
    (a.bytes.lowerBound, a.bytes.upperBound, a.name) < (b.bytes.lowerBound, b.bytes.upperBound, b.name)
  }

  private static func checkLayout(_ entries: [SafetensorsEntry], in file: MappedFile, dataStart: Int) throws {
    var end = dataStart
    var last = ""
    for entry in entries {
      guard entry.bytes.lowerBound >= end else {
        throw Diagnostic.file(file.path, .data, "tensors '\(last)' and '\(entry.name)' overlap; the file is damaged")
      }
      guard entry.bytes.lowerBound == end else {
        throw Diagnostic.file(
          file.path, .data,
          "\(entry.bytes.lowerBound - end) bytes before tensor '\(entry.name)' belong to none; the file is damaged")
      }
      end = entry.bytes.upperBound
      last = entry.name
    }
    guard end == file.bytes.count else {
      throw Diagnostic.file(
        file.path, .data, "\(file.bytes.count - end) bytes after the last tensor belong to none; the file is damaged")
    }
  }

  private static func metadata(_ value: ResolvedValue?, in file: MappedFile) throws -> [String: String] {
    guard let value else { return [:] }
    guard let members = value.objectValue else {
      throw Diagnostic.file(file.path, .data, "'\(metadataKey)' must be a mapping of texts")
    }
    return try members.mapValues { member in
      guard let text = member.stringValue else {
        throw Diagnostic.file(file.path, .data, "'\(metadataKey)' must be a mapping of texts")
      }
      return text
    }
  }
}
