import Training

/// Something to be timed: what is known of it beforehand, and how it is laid out and done.
public struct Contender {
  /// What is known before it is timed.
  public var measurement: Measurement
  /// How it is laid out and done.
  public let run: TimedRun

  /// Creates a contender.
  public init(_ measurement: Measurement, run: TimedRun) {
    self.measurement = measurement
    self.run = run
  }

  /// Creates a contender whose go is the mean of `times` runs of `body`: what is short is done more often.
  public init(_ measurement: Measurement, bytes: Int = 0, times: Int = 1, body: @escaping () -> Void) {
    self.init(measurement, bytes: bytes) {
      StepTime(seconds: StepTime.measuring { for _ in 0..<times { body() } }.seconds / Double(times))
    }
  }

  /// Creates a contender that measures itself.
  ///
  /// - Parameter bytes: what it keeps in memory beside the others.
  public init(_ measurement: Measurement, bytes: Int = 0, go: @escaping () throws -> StepTime) {
    self.init(
      measurement,
      run: TimedRun(
        measurement.name, tokens: measurement.tokens ?? 1, workers: measurement.workers, plannedBytes: bytes
      ) { _ in Go(go) })
  }

  /// The measurement with what was timed.
  func measured(_ series: TimedSeries) -> Measurement {
    var result = measurement
    result.seconds = series.roundSeconds
    result.searches = series.searches
    if !series.forms.isEmpty { result.note = "\(result.label)'s layers: \(series.forms)." }
    return result
  }
}

/// Work that needs no laying out.
private final class Go: TimedWork {
  private let go: () throws -> StepTime

  init(_ go: @escaping () throws -> StepTime) { self.go = go }

  func step() throws -> StepTime { try go() }

  var bytes: (live: Int, peak: Int) { (0, 0) }
}
