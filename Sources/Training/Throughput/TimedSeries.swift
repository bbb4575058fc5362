/// What was measured of one run beside others.
public struct TimedSeries: Equatable, Sendable {
  /// The run's name.
  public var name: String
  /// Tokens of a step.
  public var tokens: Int
  /// Threads.
  public var workers: Int
  /// Seconds of every measured step, round by round, without searches of subspaces.
  public var rounds: [[Double]] = []
  /// Seconds of every search of subspaces, a step's all together.
  public var searches: [Double] = []
  /// Steps from one search to the next; 1 where there is none.
  public var searchPeriod: Int
  /// The bytes of tensors that were live at the end, and the most that ever were.
  public var liveBytes = 0
  public var peakBytes = 0
  /// How linear layers were computed that can be in several ways; empty where there were none.
  public var forms = ""

  /// A series without a measurement.
  public init(name: String, tokens: Int, workers: Int, searchPeriod: Int = 1) {
    self.name = name
    self.tokens = tokens
    self.workers = workers
    self.searchPeriod = searchPeriod
  }

  /// A number a round: its steps' median.
  public var roundSeconds: [Double] { rounds.compactMap { Spread($0)?.median } }

  /// The seconds of a step without a search, over the rounds; nil of a run that was not measured.
  public var seconds: Spread? { Spread(roundSeconds) }

  /// Tokens a second, over the rounds, searches aside.
  public var tokensPerSecond: Spread? { Spread(roundSeconds.map { Double(tokens) / $0 }) }

  /// Seconds of a search; nil where there was none.
  public var searchSeconds: Double? { Spread(searches)?.median }

  /// A number a round: its steps' median, and a step's share of a search.
  public var amortizedRoundSeconds: [Double] {
    roundSeconds.map { $0 + (searchSeconds ?? 0) / Double(searchPeriod) }
  }

  /// Tokens a second over a whole period: as many steps, and one search.
  public var amortizedTokensPerSecond: Double? { Spread(amortizedRoundSeconds.map { Double(tokens) / $0 })?.median }
}

/// What an interleaved measurement gave: its numbers are comparable with each other, and with those of no other.
public struct TimingResult: Equatable, Sendable {
  /// The runs, in their order.
  public var series: [TimedSeries]
  /// Whether the runs stayed laid out together; or else each was laid out anew in every round.
  public var staysLaidOut: Bool

  /// Creates a result.
  public init(series: [TimedSeries], staysLaidOut: Bool) {
    self.series = series
    self.staysLaidOut = staysLaidOut
  }

  /// The series of a name.
  public subscript(name: String) -> TimedSeries? { series.first { $0.name == name } }

  /// One run's tokens a second over another's, worked out round by round; nil where a run was not measured.
  public func ratio(_ name: String, over other: String) -> Spread? {
    guard let own = self[name], let base = self[other] else { return nil }
    return Spread(
      zip(own.roundSeconds, base.roundSeconds).map {
        Double(own.tokens) / $0 / (Double(base.tokens) / $1)
      })
  }
}
