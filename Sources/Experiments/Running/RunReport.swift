/// What a run of a table did.
public struct RunReport: Equatable, Sendable {
  /// A cell that could not be run.
  public struct Failure: Equatable, Sendable {
    /// The cell: row, size, purpose, rate and seed.
    public var cell: String
    /// The line that says why.
    public var message: String
    /// The exit code of its process.
    public var code: Int32
  }

  /// What is said of a cell that was run.
  public var verb: String
  /// Cells that were trained.
  public var trained: [String] = []
  /// Cells that were complete before.
  public var skipped: [String] = []
  /// Cells whose published record has the same numbers to the last bit.
  public var reproduced: [String] = []
  /// Cells whose published record had other numbers and was replaced, with what differed first.
  public var replaced: [String: String] = [:]
  /// Cells that the machine is too small for, and whose memory is predicted.
  public var predicted: [String] = []
  /// Cells that could not be run.
  public var failures: [Failure] = []
  /// What a reader should be warned of: learning rates at the edge of their grid, divergence.
  public var warnings: [String] = []
  /// Whether the user stopped it.
  public var isInterrupted = false

  /// Creates a report of nothing.
  public init(verb: String = "trained") { self.verb = verb }

  /// The exit code of a command that ends with this report: 130 when interrupted, that of the first failure, else 0.
  public var exitCode: Int32 { isInterrupted ? 130 : failures.first?.code ?? 0 }

  /// A line that says it all.
  public var summary: String {
    var parts = ["\(trained.count) \(verb)"]
    if !skipped.isEmpty { parts.append("\(skipped.count) complete before") }
    if !reproduced.isEmpty { parts.append("\(reproduced.count) reproduced bit for bit") }
    if !replaced.isEmpty { parts.append("\(replaced.count) differ from the published record") }
    if !predicted.isEmpty { parts.append("\(predicted.count) predicted, as this machine is too small") }
    if !failures.isEmpty { parts.append("\(failures.count) failed") }
    return parts.joined(separator: ", ") + (isInterrupted ? "; interrupted, run it again to go on" : "")
  }
}
