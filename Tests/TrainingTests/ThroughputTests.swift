import Configuration
import MemoryAccounting
import TestSupport
import Testing
import Training

@Suite("Timing runs beside each other")
struct ThroughputTests {
  /// Work whose times are given beforehand.
  private final class Scripted: TimedWork {
    private var times: [StepTime]
    private let tell: () -> Void

    init(_ times: [StepTime], tell: @escaping () -> Void) {
      self.times = times
      self.tell = tell
    }

    func step() -> StepTime {
      tell()
      return times.removeFirst()
    }

    var bytes: (live: Int, peak: Int) { (1, 2) }
  }

  /// What happened, in order.
  private final class Journal {
    var entries: [String] = []
  }

  private func run(
    _ name: String, _ seconds: [Double], searchPeriod: Int = 1, search: Double? = nil, journal: Journal = Journal()
  ) -> TimedRun {
    TimedRun(name, tokens: 10, workers: 1, plannedBytes: 600_000_000, searchPeriod: searchPeriod) { isFirst in
      journal.entries.append("\(name) laid out" + (isFirst ? " first" : ""))
      var times = seconds.map { StepTime(seconds: $0) }
      if isFirst, let search { times[0] = StepTime(seconds: seconds[0] + search, searchSeconds: search) }
      return Scripted(times) { journal.entries.append(name) }
    }
  }

  @Test("Runs that fit together are laid out once, warmed up, and take turns")
  func turns() throws {
    let journal = Journal()
    let timing = InterleavedTiming(
      [run("A", [9, 1, 2], journal: journal), run("B", [9, 4, 4], journal: journal)], rounds: 2,
      available: 3_000_000_000)
    let result = try timing.measure()
    #expect(journal.entries == ["A laid out first", "A", "B laid out first", "B", "A", "B", "A", "B"])
    #expect(result.staysLaidOut && result["A"]?.rounds == [[1], [2]] && result["B"]?.rounds == [[4], [4]])
    // 4/1 in the first round, 4/2 in the second.
    #expect(result.ratio("A", over: "B") == Spread([4, 2]))
    #expect(result["A"]?.tokensPerSecond == Spread([10, 5]) && result["A"]?.peakBytes == 2)
  }

  @Test("Runs that do not fit together are laid out for every turn, and search in the first one only")
  func layingOutAnew() throws {
    let journal = Journal()
    let runs = [
      run("A", [1, 1], journal: journal), run("B", [2, 2], searchPeriod: 100, search: 50, journal: journal),
    ]
    let timing = InterleavedTiming(runs, rounds: 2, warmUp: 0, available: 2_000_000_000)
    let result = try timing.measure()
    #expect(
      journal.entries == [
        "A laid out first", "A", "B laid out first", "B", "A laid out", "A", "B laid out", "B",
      ])
    let series = try #require(result["B"])
    #expect(!result.staysLaidOut && series.rounds == [[2], [2]] && series.searches == [50])
    // Two seconds a step, and half a second a step for the search.
    #expect(series.amortizedTokensPerSecond == 4)
  }

  @Test("A search in a measured step is not counted as the step's time")
  func searchWithinTurn() throws {
    let times = [StepTime(seconds: 8, searchSeconds: 5), StepTime(seconds: 2)]
    let timed = TimedRun("A", tokens: 1, workers: 1, plannedBytes: 0, searchPeriod: 2) { _ in Scripted(times) {} }
    let result = try InterleavedTiming([timed], rounds: 1, steps: 2, warmUp: 0).measure()
    #expect(result["A"]?.rounds == [[3, 2]] && result["A"]?.searches == [5])
    #expect(result["A"]?.seconds == Spread([2.5]))
  }

  @Test("What is left is told before every turn, and whoever is told can stop the measurement")
  func progress() throws {
    struct Stop: Error {}
    let timing = InterleavedTiming([run("A", [1, 2, 2, 2]), run("B", [1, 3, 3, 3])], rounds: 3)
    var left: [Double?] = []
    _ = try timing.measure { left.append($0.secondsLeft) }
    #expect(left == [nil, nil, nil, nil, 10, 8, 5, 3])
    #expect(throws: Stop.self) { try timing.measure { if $0.round == 2 { throw Stop() } } }
  }

  @Test("The reading in the middle is the median")
  func spread() {
    #expect(Spread([3, 1, 2])?.median == 2 && Spread([4, 1, 2, 3])?.median == 2.5 && Spread([]) == nil)
    #expect(Spread([4, 1, 3, 2])?.quartiles == 1.75...3.25 && Spread([7])?.quartiles == 7...7)
    #expect(Spread([3, 1, 2])?.range == 1...3 && Spread([3, 1, 2])?.halfWidth == 0.5)
  }

  @Test("A timed run takes the memory that was planned, and its steps allocate nothing", arguments: [1, 2])
  func memory(workers: Int) throws {
    for method in ["full-rank", "galore", "sltrain"] {
      let specification = try SmallRuns.specification(
        method: method, accumulation: 2, extra: "evaluation: {batch: 16}")
      let plan = try StepTimer.plan(specification)
      let timer = try StepTimer(specification, workers: workers, plan: plan)
      _ = timer.step()
      let allocations = timer.memory.allocationCount
      for _ in 0..<5 { #expect(timer.step().seconds > 0) }
      #expect(timer.memory.allocationCount == allocations && timer.bytes.peak == plan.totalPeakBytes)
    }
  }

  @Test("A run that is laid out anew in every round gives its memory back to the system in between")
  func givingBack() throws {
    let specification = try TrainingSpecification(
      text: """
        model: {vocabularySize: 16000, hiddenSize: 128, intermediateSize: 352, layers: 1, heads: 4}
        method: full-rank
        data: {tokens: none.bin, vocabularySize: 50, sequenceLength: 16}
        learningRate: 0.01
        batch: 1
        steps: 2
        """)
    let run = try TimedRun.training(specification, name: "A", workers: 1)
    #expect(run.plannedBytes > 60_000_000)
    let before = try #require(ProcessMemory.current?.resident)
    let result = try InterleavedTiming([run], rounds: 8, warmUp: 0, available: 0).measure()
    #expect(!result.staysLaidOut && result["A"]?.rounds.count == 8)
    let after = try #require(ProcessMemory.current?.resident)
    #expect(after - before < 2 * run.plannedBytes)
  }

  @Test("GaLore's searches are told apart from its other updates, and the first can be left out")
  func searches() throws {
    // A new projector every four updates.
    let specification = try SmallRuns.specification(method: "galore")
    let timer = try StepTimer(specification, workers: 1)
    #expect((0..<9).map { _ in timer.step().searchSeconds != nil } == (0..<9).map { $0 % 4 == 0 })
    let later = try StepTimer(specification, workers: 1, searchesFirst: false)
    #expect((0..<4).map { _ in later.step().searchSeconds != nil } == [false, false, false, true])
    #expect(try TimedRun.training(specification, name: "G", workers: 1).searchPeriod == 4)
    #expect(try TimedRun.training(SmallRuns.specification(method: "sltrain"), name: "S", workers: 1).searchPeriod == 1)
  }

  @Test("A merged model gives the same loss as the layers it was merged from, in dense weights' memory")
  func merging() throws {
    for storage in ["", "precision: {weights: bf16}"] {
      let specification = try SmallRuns.specification(method: "sltrain-factored", extra: storage)
      let (plain, merged) = (
        try ForwardTimer(specification, weights: .unmerged, workers: 1),
        try ForwardTimer(specification, weights: .merged, workers: 2)
      )
      for timer in [plain, merged] { #expect(timer.step().seconds > 0) }
      #expect(plain.loss > 0 && abs(plain.loss - merged.loss) < 1e-3 * plain.loss)
      let dense = try ForwardTimer(
        SmallRuns.specification(method: "full-rank", extra: storage), weights: .unmerged, workers: 1)
      _ = dense.step()
      #expect(merged.loss != dense.loss && merged.bytes == dense.bytes)
      #expect(merged.bytes.peak == (try ForwardTimer.plan(specification, weights: .merged).totalPeakBytes))
      #expect(merged.memory.usage(of: .gradients).peak == 0 && merged.memory.usage(of: .optimizerState).peak == 0)
    }
  }
}
