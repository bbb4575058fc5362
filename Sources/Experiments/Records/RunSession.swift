import Configuration
import Corpus
import Files
import Foundation

/// What a run has to remember beside its checkpoint, to end as if it had never been interrupted.
///
/// It is written before each checkpoint; the last two are kept, since a process may be killed between the two writes.
struct RunSession: Equatable {
  /// The state at a checkpoint.
  struct Mark: Equatable {
    /// Updates made.
    var step: Int
    /// Bytes of the metrics file.
    var metricsLength: Int
    /// The most bytes that were live so far, by category.
    var peakBytes: [String: Int]
    /// Training tokens that the time was measured for.
    var timedTokens: Int
    /// Seconds of training, evaluation excluded.
    var trainingSeconds: Double
    /// Seconds of work.
    var seconds: Double
  }

  /// When the run started first, in ISO 8601.
  var started: String
  /// The last checkpoints, oldest first.
  var marks: [Mark]

  static let fileName = "session.json"

  /// Reads a session, or returns nil if the run has none.
  init?(folder: String) throws {
    let path = "\(folder)/\(Self.fileName)"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let value = try ResolvedValue(json: data, file: path)
    started = value["started"]?.stringValue ?? ""
    marks = (value["marks"]?.arrayValue ?? []).compactMap(Mark.init)
  }

  /// Starts a session.
  init(started: String) {
    self.started = started
    marks = []
  }

  /// The state at a step.
  func mark(at step: Int) -> Mark? { marks.last { $0.step == step } }

  /// Adds a mark and saves the session.
  mutating func save(_ mark: Mark, in folder: String) throws {
    marks = (marks.filter { $0.step < mark.step } + [mark]).suffix(2)
    let value = ResolvedValue.object([
      "started": .string(started), "marks": .array(marks.map(\.resolved)),
    ])
    try AtomicFileWriter.write(value.prettyJSON.utf8, to: "\(folder)/\(Self.fileName)")
  }
}

extension RunSession.Mark {
  var resolved: ResolvedValue {
    .object([
      "step": .integer(step), "metricsLength": .integer(metricsLength),
      "peakBytes": .object(peakBytes.mapValues(ResolvedValue.integer)), "timedTokens": .integer(timedTokens),
      "trainingSeconds": .number(trainingSeconds), "seconds": .number(seconds),
    ])
  }

  init?(_ value: ResolvedValue) {
    guard let step = value["step"]?.integerValue, let length = value["metricsLength"]?.integerValue,
      let peaks = value["peakBytes"]?.objectValue, let tokens = value["timedTokens"]?.integerValue,
      let training = value["trainingSeconds"]?.doubleValue, let seconds = value["seconds"]?.doubleValue
    else { return nil }
    self.init(
      step: step, metricsLength: length, peakBytes: peaks.compactMapValues(\.integerValue), timedTokens: tokens,
      trainingSeconds: training, seconds: seconds)
  }
}
