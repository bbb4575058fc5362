import Configuration
import Tensors

/// The form of a record's files; raised with every change that an older reader would misread.
public enum RecordFormat {
  /// The form that this version writes, and the only one that it reads.
  public static let version = 1
}

/// What a run is asked to do: its resolved specification and what it is evaluated on.
public struct CellSpecification: Equatable, Sendable {
  /// What a run's model starts from.
  public indirect enum Start: Equatable, Sendable {
    /// The numbers that the seed gives.
    case seed
    /// The final model of another run.
    case finalModel(of: CellSpecification)
  }

  /// Everything that the run's numbers depend on, with defaults filled in.
  public let training: ResolvedValue
  /// What the run is evaluated on.
  public let split: EvaluationSplit
  /// What its model starts from.
  public let start: Start

  /// Creates a specification; how often a checkpoint is made is left out of it, since no number depends on that.
  public init(training: ResolvedValue, split: EvaluationSplit, start: Start = .seed) {
    var training = training
    training["checkpointEvery"] = nil
    self.training = training
    self.split = split
    self.start = start
  }

  /// What the digest is over; a run that starts from its seed has no member for that, as before there were others.
  var members: [String: ResolvedValue] {
    var members = ["training": training, "evaluationSplit": .string(split.rawValue)]
    if case .finalModel(let other) = start { members["start"] = .object(other.members) }
    return members
  }

  /// The digest of the specification: the same for every version of the data and of the arithmetic.
  public var digest: Digest { Digest(of: ResolvedValue.object(members).canonicalJSON) }

  /// A name for people: method, its options that are words, model, learning rate, seed.
  public var slug: String {
    let method = training["method"]?.objectValue ?? [:]
    let words = method.filter { $0.key != "name" }.sorted { $0.key < $1.key }.compactMap(\.value.stringValue)
    let rate = training["learningRate"]?.doubleValue.map { "lr\($0)" }
    let seed = training["seed"]?.integerValue.map { "seed\($0)" }
    let parts = [method["name"]?.stringValue ?? "run"] + words + [training["model"]?["name"]?.stringValue, rate, seed]
    let tuning = split == .tuning ? ["tuning"] : []
    return Slug.text(of: (parts.compactMap(\.self) + tuning).joined(separator: "-"))
  }
}

/// What a run is, to the last bit: two runs of one identity give the same numbers.
///
/// The digest is over the canonical text of the resolved specification, of the digests of the token rows, and of the
/// versions of the arithmetic and of the record; and of a run that starts from another's final model, over the identity of
/// that one. Threads, places on a disk and checkpoints are no part of it.
public struct CellIdentity: Equatable, Sendable {
  /// What the run is asked to do.
  public let specification: CellSpecification
  /// The digest of the training rows.
  public let trainingRows: Digest
  /// The digest of the rows that the run is evaluated on.
  public let evaluationRows: Digest
  /// The version of the arithmetic.
  public let numerics: Int
  /// The identity's digest of the run whose final model this one starts from; nil where the seed decides.
  public let start: Digest?

  /// Creates an identity.
  public init(
    _ specification: CellSpecification, trainingRows: Digest, evaluationRows: Digest,
    numerics: Int = Numerics.version, start: Digest? = nil
  ) {
    precondition((specification.start == .seed) == (start == nil), "a start is the final model of a run, or neither")
    self.specification = specification
    self.trainingRows = trainingRows
    self.evaluationRows = evaluationRows
    self.numerics = numerics
    self.start = start
  }

  /// Everything that the digest is over.
  public var resolved: ResolvedValue {
    let data = ["training": trainingRows.hexadecimal, "evaluation": evaluationRows.hexadecimal]
    var own: [String: ResolvedValue] = [
      "data": .object(data.mapValues(ResolvedValue.string)), "numerics": .integer(numerics),
      "format": .integer(RecordFormat.version),
    ]
    if let start { own["startsFrom"] = .string(start.hexadecimal) }
    return .object(specification.members.merging(own) { first, _ in first })
  }

  /// The name of the folder of the run whose final model this one starts from; nil where the seed decides.
  public var startID: String? {
    guard case .finalModel(let other) = specification.start, let start else { return nil }
    return Self.id(other, start)
  }

  /// The digest.
  public var digest: Digest { Digest(of: resolved.canonicalJSON) }

  /// The name of the run's folder: a readable part and the digest's first twelve digits.
  public var id: String { Self.id(specification, digest) }

  private static func id(_ specification: CellSpecification, _ digest: Digest) -> String {
    "\(specification.slug)-\(digest.prefix(12))"
  }
}
