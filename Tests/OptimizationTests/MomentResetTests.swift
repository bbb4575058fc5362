import Modeling
import Optimization
import Tensors
import TestSupport
import Testing

@Suite("Resets of moments")
struct MomentResetTests {
  private let compute = Compute()

  /// A rule whose moments are made-up numbers.
  private func rule(_ count: Int) -> any UpdateRule {
    let rule = Adam(
      OptimizerSpecification(), for: Parameter("vector", rows: 1, columns: count, in: compute.memory), compute: compute)
    rule.moments!.first.fillForTest("first")
    rule.moments!.second.fillForTest("second")
    return rule
  }

  private func reset(_ reset: MomentReset, _ rule: any UpdateRule, restart: Int = 1) {
    reset.apply(to: rule) { RandomNumbers(seed: 9, purpose: .restart, name: "\($0)#\(restart)") }
  }

  @Test(
    "A random reset zeroes its share and leaves the rest, another share at every restart",
    arguments: [0.25, 0.9, 0.999])
  func random(share: Double) {
    let rules = [rule(40_003), rule(40_003), rule(40_003)]
    reset(MomentReset(kind: .random, share: share), rules[0])
    reset(MomentReset(kind: .random, share: share), rules[1])
    reset(MomentReset(kind: .random, share: share), rules[2], restart: 2)
    let before = rule(40_003).moments!
    let after = rules.map { $0.moments! }
    for (moment, original) in [(after[0].first, before.first), (after[0].second, before.second)] {
      #expect(zip(moment.array, original.array).allSatisfy { $0 == 0 || $0 == $1 })
      #expect(abs(Double(moment.array.count { $0 == 0 }) / 40_003 - share) < 0.01)
    }
    #expect(after[0].first.array == after[1].first.array)
    #expect(after[0].first.array != after[2].first.array)
    #expect(after[0].first.array.map { $0 == 0 } != after[0].second.array.map { $0 == 0 })
  }

  @Test("A reset by magnitude keeps the largest entries", arguments: [0.0, 0.5, 0.9, 1.0])
  func magnitude(share: Double) {
    let rule = rule(1_001)
    let before = rule.moments!.first.array
    reset(MomentReset(kind: .magnitude, share: share), rule)
    let after = rule.moments!.first.array
    let threshold = before.map { abs($0) }.sorted()[Int(share * 1_000)]
    #expect(after == before.map { abs($0) <= threshold ? 0 : $0 })
    #expect(after.count { $0 != 0 } == 1_000 - Int(share * 1_000))
  }

  @Test(
    "A quantile between two entries is interpolated",
    arguments: [
      (0.0, 0.0), (1.0, 4.0), (0.5, 2.0), (0.25, 1.0), (0.1, 0.4), (0.9, 3.6),
    ])
  func quantile(share: Double, expected: Float) {
    let vector = compute.zeros(1, 5, .data)
    vector.copy(from: [3, -4, 0, -1, 2])
    #expect(abs(magnitudeQuantile(of: vector.elements, at: share) - expected) < 1e-6)
    #expect(vector.array == [3, -4, 0, -1, 2])
  }

  @Test("Moments that are mostly zero lose nothing to a reset by magnitude, and an empty one is no fault")
  func ties() {
    let rule = rule(10)
    rule.moments!.first.copy(from: [0, 0, 0, 0, 0, 0, 0, 0, 1, -2])
    reset(MomentReset(kind: .magnitude, share: 0.5), rule)
    #expect(rule.moments!.first.array == [0, 0, 0, 0, 0, 0, 0, 0, 1, -2])
    reset(MomentReset(kind: .magnitude, share: 0.5), self.rule(0))
  }

  @Test("No reset leaves everything")
  func none() {
    let rule = rule(10)
    let before = [rule.moments!.first.bits, rule.moments!.second.bits]
    reset(MomentReset(kind: .none, share: 1), rule)
    #expect([rule.moments!.first.bits, rule.moments!.second.bits] == before)
  }
}
