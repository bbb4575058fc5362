/// Something to be timed: what it is called, what one go of it does, and how to time a go.
public struct Contender {
  /// What is known before it is timed.
  public var measurement: Measurement
  /// Makes one go, and says how many seconds it took.
  public let go: () throws -> Double

  /// Creates a contender that times itself.
  public init(_ measurement: Measurement, go: @escaping () throws -> Double) {
    self.measurement = measurement
    self.go = go
  }

  /// Creates a contender whose go is the mean of `times` runs of `body`: what is short is run more often.
  public init(_ measurement: Measurement, times: Int = 1, body: @escaping () -> Void) {
    self.init(measurement) { Stopwatch.seconds(aTimeOf: times, body) }
  }
}

/// Times contenders in turn, so that what disturbs the machine for a while disturbs all of them alike.
public struct Interleaving {
  /// Goes of each contender that count.
  public let rounds: Int
  /// Goes of each contender before those, which do not count: they bring memory and caches in.
  public let warmups: Int

  /// Creates an interleaving.
  public init(rounds: Int, warmups: Int = 1) {
    precondition(rounds > 0, "a measurement needs a round")
    self.rounds = rounds
    self.warmups = warmups
  }

  /// Makes all rounds: in each, every contender has one go, in the order given.
  ///
  /// - Parameter before: is called before every go with the contender's name, and may throw to end the measurement.
  /// - Returns: the contenders' measurements; value `i` of all of them is of round `i`.
  public func measure(
    _ contenders: [Contender], before: (_ round: Int, _ name: String) throws -> Void = { _, _ in }
  ) throws -> [Measurement] {
    var results = contenders.map(\.measurement)
    for round in -warmups..<rounds {
      for index in contenders.indices {
        try before(round, results[index].name)
        let seconds = try contenders[index].go()
        if round >= 0 { results[index].seconds.append(seconds) } else { results[index].warmups.append(seconds) }
      }
    }
    return results
  }
}
