import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Counter-based random numbers")
struct RandomNumbersTests {
  private let numbers = RandomNumbers(seed: 42, purpose: .initialization, name: "a tensor")

  private func filled(_ count: Int, _ fill: (UnsafeMutableBufferPointer<Float>) -> Void) -> [Float] {
    var values = [Float](repeating: .nan, count: count)
    values.withUnsafeMutableBufferPointer { fill($0) }
    return values
  }

  private func chosen(_ count: Int, below bound: Int, seed: UInt64 = 42) -> [Int] {
    var positions: [Int] = []
    RandomNumbers(seed: seed, purpose: .support, name: "a tensor").sample(count, below: bound) { positions.append($0) }
    return positions
  }

  @Test("Philox gives the known answers of its authors' library")
  func knownAnswers() {
    let ones = UInt32.max
    #expect(
      RandomNumbers.philox([0, 0, 0, 0], key: (0, 0)) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(
      RandomNumbers.philox([ones, ones, ones, ones], key: (ones, ones))
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      RandomNumbers.philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: (0xa409_3822, 0x299f_31d0))
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  @Test("Seed, purpose and name each give other numbers, and the same three the same ones")
  func streams() {
    let seed = RandomNumbers(seed: 43, purpose: .initialization, name: "a tensor")
    let high = RandomNumbers(seed: 42 | 1 << 40, purpose: .initialization, name: "a tensor")
    let purpose = RandomNumbers(seed: 42, purpose: .restart, name: "a tensor")
    let name = RandomNumbers(seed: 42, purpose: .initialization, name: "another tensor")
    let words = [numbers, seed, high, purpose, name].map { $0.words(0) }
    #expect(Set(words).count == words.count)
    #expect(RandomNumbers(seed: 42, purpose: .initialization, name: "a tensor").words(7) == numbers.words(7))
  }

  @Test("Uniform numbers stay within their bounds and have the moments of their law")
  func uniform() {
    let values = filled(100_003) { numbers.fillUniform($0, bound: 0.5) }.map(Double.init)
    #expect(values.allSatisfy { -0.5 <= $0 && $0 < 0.5 })
    #expect(values.min()! < -0.4999 && values.max()! > 0.4999)
    let count = Double(values.count)
    #expect(abs(values.reduce(0, +) / count) < 0.003)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / count - 1 / 12) < 0.001)
  }

  @Test("Normal numbers have mean 0, the deviation asked for, and a normal's fourth moment")
  func normal() {
    let values = filled(100_003) { numbers.fillNormal($0, deviation: 2) }.map { Double($0) / 2 }
    let count = Double(values.count)
    let moments = (1...4).map { power in
      values.reduce(0) { $0 + pow($1, Double(power)) } / count
    }
    #expect(abs(moments[0]) < 0.01)
    #expect(abs(moments[1] - 1) < 0.015)
    #expect(abs(moments[2]) < 0.04)
    #expect(abs(moments[3] - 3) < 0.12)
  }

  @Test("A longer fill starts with the shorter one's numbers", arguments: [1, 2, 3, 5, 6, 7])
  func prefixes(count: Int) {
    #expect(
      filled(count) { numbers.fillNormal($0, deviation: 1) }
        == Array(filled(8) { numbers.fillNormal($0, deviation: 1) }.prefix(count)))
    #expect(
      filled(count) { numbers.fillUniform($0, bound: 1) }
        == Array(filled(8) { numbers.fillUniform($0, bound: 1) }.prefix(count)))
  }

  @Test(
    "A sample has exactly the size asked for, no position twice, in ascending order",
    arguments: [
      (0, 10), (1, 1), (7, 7), (3, 100), (99, 100), (2_111, 70_400),
    ])
  func sample(count: Int, bound: Int) {
    let positions = chosen(count, below: bound)
    #expect(positions.count == count)
    #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 })
    #expect(positions.allSatisfy { 0 <= $0 && $0 < bound })
  }

  @Test(
    "A sample is what one draw a candidate chooses, however the candidates are taken together",
    arguments: [(40, 64), (3, 4_095), (4_096, 4_097), (9, 12_289), (2_111, 70_400)])
  func sampleIsSequential(count: Int, bound: Int) {
    let numbers = RandomNumbers(seed: 42, purpose: .support, name: "a tensor")
    var expected: [Int] = []
    for candidate in 0..<bound {
      let (words, half) = (numbers.words(UInt64(candidate / 2)), candidate % 2 * 2)
      let draw = UInt64(words[half]) | UInt64(words[half + 1]) << 32
      if draw.multipliedFullWidth(by: UInt64(bound - candidate)).high < UInt64(count - expected.count) {
        expected.append(candidate)
      }
    }
    #expect(chosen(count, below: bound) == expected)
  }

  @Test("Every position is as likely to be in a sample as any other")
  func sampleIsUniform() {
    var counts = [Int](repeating: 0, count: 10)
    for seed in 0..<4_000 { for position in chosen(3, below: 10, seed: UInt64(seed)) { counts[Int(position)] += 1 } }
    // 1200 expected, standard deviation 29.
    #expect(counts.allSatisfy { abs($0 - 1_200) < 145 }, "\(counts)")
  }

  @Test("A bounded whole number stays below its bound and reaches both ends")
  func integers() {
    let drawn = Set((0..<200).map { numbers.integer($0, below: 6) })
    #expect(drawn == [0, 1, 2, 3, 4, 5])
    #expect((0..<200).allSatisfy { (0..<1).contains(numbers.unit($0)) })
  }
}
