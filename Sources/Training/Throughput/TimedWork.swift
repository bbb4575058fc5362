/// What a piece of work took, once.
public struct StepTime: Equatable, Sendable {
  /// Seconds in all.
  public var seconds: Double
  /// The seconds of it that went into searching new subspaces to project gradients to; nil where there was no search.
  public var searchSeconds: Double?

  /// Creates a time.
  public init(seconds: Double, searchSeconds: Double? = nil) {
    self.seconds = seconds
    self.searchSeconds = searchSeconds
  }

  /// The seconds that the work would have taken without the search.
  public var plainSeconds: Double { seconds - (searchSeconds ?? 0) }
}

/// Something laid out that can be done again and again, and timed.
public protocol TimedWork: AnyObject {
  /// Does it once, and says how long that took; what is prepared for it is not part of the time.
  ///
  /// - Throws: what ends the measurement: `Diagnostic` where another program does the work, and fails.
  func step() throws -> StepTime

  /// The bytes of tensors that are live, and the most that were.
  var bytes: (live: Int, peak: Int) { get }

  /// How linear layers are computed that can be in several ways; empty where there are none.
  var forms: String { get }
}

extension TimedWork {
  /// None.
  public var forms: String { "" }
}

extension StepTime {
  /// The time that `body` takes.
  public static func measuring(_ body: () -> Void) -> StepTime {
    StepTime(seconds: ContinuousClock().measure(body).inSeconds)
  }
}

extension Duration {
  /// The duration as a number of seconds.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
