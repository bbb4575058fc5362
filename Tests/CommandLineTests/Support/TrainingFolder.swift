import Foundation
import TestSupport

/// A folder with what `sltrain train` takes: a specification and files of token ids.
final class TrainingFolder {
  private let folder: TemporaryFolder
  var path: String { folder.path }

  static let steps = 60
  private static let vocabulary = 300

  /// Writes `run.yaml`, `tokens.bin`, `wide.bin` (the same ids with four bytes each) and `held-out.bin`.
  init(method: String = "{name: sltrain, rank: 4, density: 0.05, alpha: 4}") throws {
    folder = try TemporaryFolder()
    try write(Self.specification(method: method), to: "run.yaml")
    let ids = Self.ids(9000, seed: 3)
    try write(Self.bytes(ids, as: UInt16.self), to: "tokens.bin")
    try write(Self.bytes(ids, as: UInt32.self), to: "wide.bin")
    try write(Self.bytes(Self.ids(2500, seed: 4), as: UInt16.self), to: "held-out.bin")
  }

  /// The specification of a run.
  static func specification(method: String, rate: String = "1e-2", steps: Int = steps) -> String {
    """
    model: {vocabularySize: \(vocabulary), hiddenSize: 32, intermediateSize: 86, layers: 2, heads: 2}
    method: \(method)
    data: {sequenceLength: 32}
    learningRate: \(rate)
    batch: 8
    steps: \(steps)
    evaluation: {every: 0, batch: 8}
    checkpointEvery: 5
    """
  }

  /// Ids with something to learn in them: each follows from the one before, but for some.
  static func ids(_ count: Int, seed: UInt64) -> [Int] {
    var random = TinyProject.Sequence(state: seed)
    var last = 0
    return (0..<count).map { _ in
      last = random.next(4) == 0 ? random.next(vocabulary) : (last * 7 + 11) % vocabulary
      return last
    }
  }

  /// Ids as a file holds them.
  static func bytes<Number: FixedWidthInteger>(_ ids: [Int], as type: Number.Type) -> Data {
    ids.reduce(into: Data()) { data, id in withUnsafeBytes(of: Number(id).littleEndian) { data.append(contentsOf: $0) }
    }
  }

  /// Writes a file, in a folder that is made if it is not there.
  func write(_ data: Data, to file: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(file)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  /// Writes a file, in a folder that is made if it is not there.
  func write(_ text: String, to file: String) throws { try write(Data(text.utf8), to: file) }

  /// A file's text; nothing where there is no file.
  func contents(_ file: String) -> String {
    FileManager.default.contents(atPath: "\(path)/\(file)").map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Runs `sltrain` here.
  func run(_ arguments: String...) throws -> Outcome { try Program.start(arguments, in: path).wait(timeout: 60) }
}
