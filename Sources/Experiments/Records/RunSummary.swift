import Configuration

/// What a run ended with: deterministic numbers only. That its file is there means that the run is complete.
public struct RunSummary: Equatable, Sendable {
  /// How the run ended.
  public var status: CellOutcome.Status
  /// The last evaluation; nil where the run diverged.
  public var evaluation: CellOutcome.Evaluation?
  /// Updates made.
  public var steps: Int
  /// Training tokens seen, padding excluded.
  public var tokensSeen: Int
  /// Numbers that are stored as parameters while training.
  public var parameterCount: Int
  /// The most bytes that were live at once, by category; `total` is the peak of their sum. They may depend on the number
  /// of threads, and on nothing else.
  public var peakBytes: [String: Int]

  /// Creates a summary.
  public init(
    status: CellOutcome.Status, evaluation: CellOutcome.Evaluation?, steps: Int, tokensSeen: Int, parameterCount: Int,
    peakBytes: [String: Int]
  ) {
    self.status = status
    self.evaluation = evaluation
    self.steps = steps
    self.tokensSeen = tokensSeen
    self.parameterCount = parameterCount
    self.peakBytes = peakBytes
  }

  /// The summary as it is stored.
  public var resolved: ResolvedValue {
    var members: [String: ResolvedValue] = [
      "steps": .integer(steps), "tokensSeen": .integer(tokensSeen), "parameterCount": .integer(parameterCount),
      "peakBytes": .object(peakBytes.mapValues(ResolvedValue.integer)),
    ]
    switch status {
    case .complete: members["status"] = .string("complete")
    case .diverged(let step):
      members["status"] = .string("diverged")
      members["divergedAtStep"] = .integer(step)
    }
    members["evaluation"] = evaluation?.resolved
    return .object(members)
  }

  /// Reads a stored summary.
  ///
  /// - Throws: ``Diagnostic`` naming `file` where something is missing.
  public init(_ value: ResolvedValue, file: String) throws {
    func integer(_ key: String) throws -> Int {
      guard let number = value[key]?.integerValue else { throw RecordFault.damaged(file, "has no '\(key)'") }
      return number
    }
    steps = try integer("steps")
    tokensSeen = try integer("tokensSeen")
    parameterCount = try integer("parameterCount")
    peakBytes = (value["peakBytes"]?.objectValue ?? [:]).compactMapValues(\.integerValue)
    switch value["status"]?.stringValue {
    case "complete": status = .complete
    case "diverged": status = .diverged(step: try integer("divergedAtStep"))
    default: throw RecordFault.damaged(file, "has no 'status' that is known")
    }
    evaluation = try value["evaluation"].map { try CellOutcome.Evaluation($0, file: file) }
  }
}

extension CellOutcome.Evaluation {
  var resolved: ResolvedValue {
    .object([
      "paperLoss": .number(paperLoss), "correctedLoss": .number(correctedLoss), "batches": .integer(batches),
      "tokens": .integer(tokens),
    ])
  }

  init(_ value: ResolvedValue, file: String) throws {
    guard let paper = value["paperLoss"]?.realValue, let corrected = value["correctedLoss"]?.realValue,
      let batches = value["batches"]?.integerValue, let tokens = value["tokens"]?.integerValue
    else { throw RecordFault.damaged(file, "has an evaluation that is not whole") }
    self.init(paperLoss: paper, correctedLoss: corrected, batches: batches, tokens: tokens)
  }
}

extension ResolvedValue {
  /// The real number of a number, or of the text that stands for one that is not finite.
  var realValue: Double? {
    doubleValue ?? stringValue.flatMap { ["inf", "-inf", "nan"].contains($0) ? Double($0) : nil }
  }
}

/// What can be wrong with a record.
enum RecordFault {
  static func damaged(_ file: String, _ what: String) -> Diagnostic {
    Diagnostic.file(file, .data, "\(what); the record is damaged: delete its folder, and run reproduce again")
  }
}
