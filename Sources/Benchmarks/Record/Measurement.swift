import Configuration
import Training

/// One thing that was timed, over some rounds.
public struct Measurement: Equatable, Sendable {
  /// The last part of its path in the record: `full-rank`.
  public var name: String
  /// What tables call it: `Full-Rank`.
  public var label: String
  /// Threads that it ran on.
  public var workers: Int
  /// Seconds of a go, one number a round.
  public var seconds: [Double] = []
  /// Seconds of every search for subspaces that gradients are projected to; they are no part of ``seconds``.
  public var searches: [Double] = []
  /// Floating-point operations of a go.
  public var operations: Double?
  /// Bytes that a go reads and writes, each counted once.
  public var bytes: Double?
  /// Training tokens of a go.
  public var tokens: Int?
  /// What else a reader should know.
  public var note: String?

  /// Describes what is to be timed.
  public init(
    _ name: String, label: String? = nil, workers: Int, operations: Double? = nil, bytes: Double? = nil,
    tokens: Int? = nil, note: String? = nil
  ) {
    self.name = name
    self.label = label ?? name
    self.workers = workers
    self.operations = operations
    self.bytes = bytes
    self.tokens = tokens
    self.note = note
  }

  /// The front of the names of what another program did.
  static let peerPrefix = "pytorch-"

  /// Whether another program did it.
  var isOfPeer: Bool { name.hasPrefix(Self.peerPrefix) }

  /// The spread of the seconds; nil before anything was timed.
  public var spread: Spread? { Spread(seconds) }

  /// The median of the seconds; not a number before anything was timed.
  public var median: Double { spread?.median ?? .nan }

  /// Operations a second by the median, or nil where none are counted.
  public var operationRate: Double? { operations.map { $0 / median } }

  /// Bytes a second by the median, or nil where none are counted.
  public var byteRate: Double? { bytes.map { $0 / median } }

  /// Tokens a second by the median, or nil where none are counted.
  public var tokenRate: Double? { tokens.map { Double($0) / median } }

  /// How many times as fast as another this is, round by round: what it was slowed by in a round, the other was too.
  ///
  /// Where both count tokens the rates of tokens are compared, else the goes.
  public func speed(over other: Measurement) -> Spread? {
    let work = tokens.flatMap { own in other.tokens.map { Double(own) / Double($0) } } ?? 1
    return Spread(zip(seconds, other.seconds).map { $1 / $0 * work })
  }

  /// The rate of operations as a share of another's, round by round.
  public func share(of ceiling: Measurement) -> Spread? {
    guard let operations, let most = ceiling.operations else { return nil }
    return Spread(zip(seconds, ceiling.seconds).map { operations / $0 / (most / $1) })
  }
}

extension Measurement {
  /// The measurement as it is stored.
  var resolved: ResolvedValue {
    var members: [String: ResolvedValue] = [
      "name": .string(name), "label": .string(label), "workers": .integer(workers),
      "seconds": .array(seconds.map { .number(Self.rounded($0)) }),
    ]
    if !searches.isEmpty { members["searches"] = .array(searches.map { .number(Self.rounded($0)) }) }
    members["operations"] = operations.map(ResolvedValue.number)
    members["bytes"] = bytes.map(ResolvedValue.number)
    members["tokens"] = tokens.map(ResolvedValue.integer)
    members["note"] = note.map(ResolvedValue.string)
    return .object(members)
  }

  /// Reads a stored measurement.
  ///
  /// - Throws: `Diagnostic` naming `file` where something is missing.
  init(_ value: ResolvedValue, file: String) throws {
    guard let name = value["name"]?.stringValue, let label = value["label"]?.stringValue,
      let workers = value["workers"]?.integerValue, let seconds = value["seconds"]?.arrayValue
    else { throw BenchmarkRecord.damaged(file, "has a measurement that is not whole") }
    self.init(
      name, label: label, workers: workers, operations: value["operations"]?.doubleValue,
      bytes: value["bytes"]?.doubleValue, tokens: value["tokens"]?.integerValue, note: value["note"]?.stringValue)
    self.seconds = seconds.compactMap(\.doubleValue)
    searches = value["searches"]?.arrayValue?.compactMap(\.doubleValue) ?? []
  }

  /// Picoseconds: the clock counts nanoseconds, and a go may be the mean of a thousand.
  private static func rounded(_ seconds: Double) -> Double { (seconds * 1e12).rounded() / 1e12 }
}
