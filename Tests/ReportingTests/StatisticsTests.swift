import Reporting
import Testing

@Suite("Statistics over seeds") struct StatisticsTests {
  @Test("Mean and sample deviation are those of the textbook")
  func textbook() throws {
    let statistics = try #require(Statistics([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(statistics.mean == 5)
    #expect(abs(try #require(statistics.deviation) - 2.138089935) < 1e-9)
    #expect(statistics.count == 8)
  }

  @Test("One value has no spread, and none has no statistics")
  func few() {
    #expect(Statistics([3])?.deviation == nil)
    #expect(Statistics([]) == nil)
    #expect(Statistics.bootstrapInterval([3]) == nil)
    #expect(Statistics.bootstrapInterval([3, .infinity]) == nil)
  }

  @Test("The bootstrap interval of three values reaches from the least to the greatest")
  func three() {
    #expect(Statistics.bootstrapInterval([1, 2, 4]) == 1...4)
  }

  @Test("The bootstrap interval of many values covers about two standard errors on each side, and repeats to the bit")
  func many() throws {
    let values = (0..<100).map { Double($0 * 37 % 100) }
    let interval = try #require(Statistics.bootstrapInterval(values))
    // The standard error is 29.01 / 10.
    #expect(abs(interval.lowerBound - (49.5 - 1.96 * 2.9)) < 0.4)
    #expect(abs(interval.upperBound - (49.5 + 1.96 * 2.9)) < 0.4)
    #expect(Statistics.bootstrapInterval(values) == interval)
  }
}
