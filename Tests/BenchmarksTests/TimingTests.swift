import Benchmarks
import Configuration
import Testing

@Suite("Timing")
struct TimingTests {
  @Test("A ratio is the median of the rounds' own, not the ratio of the medians")
  func ratio() throws {
    var (own, other) = (Measurement("a", workers: 1, tokens: 10), Measurement("b", workers: 1, tokens: 20))
    own.seconds = [1, 10, 3]
    other.seconds = [4, 40, 3]
    // Twice the tokens a go: the other's 4, 40 and 3 seconds are for twice the work.
    #expect(own.speed(over: other)?.median == 2)
    #expect(own.speed(over: other)?.range.lowerBound == 0.5)
    own.operations = 6
    other.operations = 12
    #expect(own.share(of: other)?.median == 2)
  }

  @Test("A share is of the bandwidth of arrays that are together as large")
  func bandwidth() throws {
    func measurement(_ name: String, bytes: Double, seconds: Double) -> Measurement {
      var result = Measurement(name, workers: 1, bytes: bytes)
      result.seconds = [seconds]
      return result
    }
    let ceilings = Ceilings([
      measurement("copy-1kib-1", bytes: 2048, seconds: 1), measurement("triad-1kib-1", bytes: 3072, seconds: 1),
      measurement("triad-1mib-1", bytes: 3_145_728, seconds: 2048),
      measurement("read-1kib-1", bytes: 1024, seconds: 1e-9),
    ])
    #expect(ceilings.bandwidth(workers: 1, workingSet: 100) == 3072)
    #expect(ceilings.bandwidth(workers: 1, workingSet: 3073) == 1536)
    #expect(ceilings.bandwidth(workers: 1, workingSet: 1e12) == 1536)
    #expect(ceilings.bandwidth(workers: 2, workingSet: 100) == nil)
  }

  @Test("A machine is quiet where no rate is more than a twentieth below another")
  func calibration() {
    #expect(Calibration(before: 100, after: 96).isQuiet(ceiling: nil))
    #expect(!Calibration(before: 100, after: 94).isQuiet(ceiling: nil))
    #expect(!Calibration(before: 100, after: 100).isQuiet(ceiling: 106))
    #expect(!Calibration(before: 0, after: 0).isQuiet(ceiling: nil))
  }
}
