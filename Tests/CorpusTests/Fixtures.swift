import CZip
import CZlib
import Configuration
import Corpus
import Foundation
import Synchronization
import Testing

/// A folder of a test's own, removed at its end.
final class TestFolder: Sendable {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "/corpus-tests-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult
  func write(_ name: String, text: String) throws -> String { try write(name, text.utf8) }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  /// The only file below a folder whose name has an ending.
  func only(_ suffix: String) throws -> String {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    let found = names.filter { $0.hasSuffix(suffix) }
    return try #require(found.count == 1 ? found[0] : nil, "\(found)")
  }
}

/// Events and messages of a preparation, from any thread.
final class EventLog: Sendable {
  private let events = Mutex<[PreparationEvent]>([])
  func add(_ event: PreparationEvent) { events.withLock { $0.append(event) } }
  var all: [PreparationEvent] { events.withLock { $0 } }
  var messages: [String] { all.compactMap { if case .message(let text) = $0 { text } else { nil } } }
}

enum Pack {
  /// A gzip stream.
  static func gzip(_ text: String, in folder: TestFolder) throws -> [UInt8] {
    let path = "\(folder.path)/\(UUID().uuidString).gz"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try #require(gzopen(path, "wb"))
    let bytes = Array(text.utf8)
    #expect(gzwrite(file, bytes, UInt32(bytes.count)) == bytes.count)
    gzclose(file)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// A zip archive with one member; its path.
  @discardableResult
  static func zip(_ name: String, member: String, _ bytes: [UInt8], in folder: TestFolder) throws -> String {
    let path = "\(folder.path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    var code: Int32 = 0
    let archive = try #require(zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code))
    try bytes.withUnsafeBytes {
      let source = try #require(zip_source_buffer(archive, $0.baseAddress, UInt64($0.count), 0))
      #expect(zip_file_add(archive, member, source, 0) >= 0)
      // The bytes are read when the archive is closed.
      #expect(zip_close(archive) == 0)
    }
    return path
  }
}

enum Texts {
  private static let words = """
    the quick brown fox jumps over a lazy dog while seven wizards quietly mix exotic potions behind large wooden doors \
    and every king of old asks for more bread before winter comes to his village near the frozen river
    """.split(separator: " ").map(String.init)

  /// A text of lower-case English words: always the same for the same number.
  static func words(_ count: Int, seed: Int) -> String {
    var state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return words[Int(state >> 33) % words.count]
    }.joined(separator: " ")
  }

  /// Texts of 10 to 49 words.
  static func documents(_ count: Int, from first: Int = 0) -> [String] {
    (first..<(first + count)).map { words(10 + $0 * 7 % 40, seed: $0) }
  }

  /// JSON lines with a text each.
  static func lines(_ texts: [String], key: String = "text") -> String {
    texts.map { ResolvedValue.object([key: .string($0)]).canonicalJSON + "\n" }.joined()
  }
}

/// The diagnostic that `body` throws.
func diagnostic(_ body: () throws -> Void) throws -> Diagnostic {
  do {
    try body()
  } catch let fault as Diagnostic {
    return fault
  }
  Issue.record("nothing was thrown")
  throw CancellationError()
}

extension SpecificationNode {
  /// A node of a text, as if it stood in a file.
  static func of(_ text: String, file: String = "spec.yaml") throws -> SpecificationNode {
    try SpecificationNode(text: text, file: file)
  }
}
