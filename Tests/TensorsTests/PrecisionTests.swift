import CKernels
import CKernels.Versions
import MemoryAccounting
import TestSupport
import Tensors
import Testing

@Suite("Numbers in bf16")
struct PrecisionTests {
  private let compute = Compute()

  private func half(_ name: String, _ rows: Int, _ columns: Int) -> Tensor {
    let tensor = compute.zeros(rows, columns, .data, as: .bfloat16)
    tensor.copy(from: compute.testMatrix(name, rows, columns))
    return tensor
  }

  /// The nearest bf16 number by its definition: of the two neighbours the nearer, of two as near the even one.
  private func nearest(_ value: Float) -> UInt16 {
    let below = UInt16(value.bitPattern >> 16)
    func number(_ bits: UInt16) -> Double { Double(Float(bitPattern: UInt32(bits) << 16)) }
    let (low, high) = (abs(number(below)), abs(number(below &+ 1)))
    let (down, up) = (Double(abs(value)) - low, high - Double(abs(value)))
    if down == up { return below & 1 == 0 ? below : below &+ 1 }
    return down < up ? below : below &+ 1
  }

  @Test("Rounding goes to the nearest, ties to the even one, and a NaN stays one")
  func rounding() {
    var values = compute.testMatrix("numbers", 1, 4001, bound: 3).array
    values += [
      0, -0.0, 1, 1.00390625, 1.01171875, -1.00390625, 3e38, Float(bitPattern: 71_362), .leastNonzeroMagnitude, 0.02,
    ]
    let target = compute.zeros(1, values.count, .data, as: .bfloat16)
    target.copy(from: values)
    for (index, value) in values.enumerated() { #expect(target.halves[index] == nearest(value), "\(value)") }
    target.row(0).copy(from: [Float.nan, .infinity, -.infinity] + Array(repeating: 0, count: values.count - 3))
    #expect(target.array[0].isNaN && target.array[1] == .infinity && target.array[2] == -.infinity)
    var signalling = Float(bitPattern: 0x7F80_0001)
    var bits = UInt16(0)
    slk_round(&signalling, &bits, 1)
    #expect(Float(bitPattern: UInt32(bits) << 16).isNaN)
    slk_round_stochastic(&signalling, &bits, 1, 5, 0)
    #expect(Float(bitPattern: UInt32(bits) << 16).isNaN)
  }

  @Test("What is widened and rounded again is the same")
  func roundTrip() {
    let all = (0...UInt16.max).filter { $0 & 0x7F80 != 0x7F80 }
    var floats = [Float](repeating: 0, count: all.count)
    slk_widen(all, &floats, all.count)
    var again = [UInt16](repeating: 1, count: all.count)
    slk_round(floats, &again, all.count)
    #expect(again == all)
    slk_round_stochastic(floats, &again, all.count, 77, 0)
    #expect(again == all)
  }

  @Test("Stochastic rounding has the right mean, and only the two neighbours come out")
  func stochastic() {
    let count = 1 << 16
    let value: Float = 1 + 0.25 / 128
    let values = [Float](repeating: value, count: count)
    var halves = [UInt16](repeating: 0, count: count)
    slk_round_stochastic(values, &halves, count, 12345, 0)
    let ups = halves.filter { $0 == 0x3F81 }.count
    #expect(halves.allSatisfy { $0 == 0x3F80 || $0 == 0x3F81 })
    // A quarter, within five standard deviations of a fair draw.
    #expect(abs(Double(ups) / Double(count) - 0.25) < 5 * (0.25 * 0.75 / Double(count)).squareRoot())
    var others = halves
    slk_round_stochastic(values, &others, count, 12346, 0)
    #expect(others != halves)
  }

  @Test("Parts of a tensor round as the whole does, in every version of the kernels")
  func parts() {
    let values = compute.testMatrix("parts", 1, 1003).array
    var whole = [UInt16](repeating: 0, count: 1003)
    var nearest = whole
    slk_round_stochastic(values, &whole, 1003, 9, 100)
    slk_round(values, &nearest, 1003)
    for version in kernelVersions {
      var (parts, rounded) = (whole.map { _ in UInt16(0) }, whole)
      for range in [0..<13, 13..<512, 512..<1003] {
        values.withUnsafeBufferPointer { values in
          parts.withUnsafeMutableBufferPointer { parts in
            version.round_stochastic(
              values.baseAddress! + range.lowerBound, parts.baseAddress! + range.lowerBound, range.count, 9,
              UInt32(100 + range.lowerBound))
          }
        }
      }
      version.round(values, &rounded, 1003)
      #expect(parts == whole && rounded == nearest, "\(version.versionName)")
    }
  }

  @Test(
    "A product with bf16 operands is that of the widened ones, on one worker as on two",
    arguments: [(5, 7, 3), (193, 514, 600), (400, 129, 1030)])
  func product(rows: Int, columns: Int, inner: Int) {
    for (transposesLeft, transposesRight) in [(false, false), (true, false), (false, true), (true, true)] {
      let a = half("a", transposesLeft ? inner : rows, transposesLeft ? rows : inner)
      let b = half("b", transposesRight ? columns : inner, transposesRight ? inner : columns)
      let left = transposesLeft ? naiveTranspose(a.doubles, rows: inner) : a.doubles
      let right = transposesRight ? naiveTranspose(b.doubles, rows: columns) : b.doubles
      let expected = naiveProduct(left, right, rows, inner, columns).map { $0 * 0.5 }
      let results = [1, 2].map { workers in
        let compute = Compute(workers: workers)
        let c = compute.zeros(rows, columns, .data)
        switch (transposesLeft, transposesRight) {
        case (false, false): compute.multiply(a, b, scale: 0.5, into: c)
        case (true, false): compute.multiply(a.transposed, b, scale: 0.5, into: c)
        case (false, true): compute.multiply(a, b.transposed, scale: 0.5, into: c)
        case (true, true): compute.multiply(a.transposed, b.transposed, scale: 0.5, into: c)
        }
        #expect(relativeDifference(c.doubles, expected) < 1e-5)
        return c.bits
      }
      #expect(results[0] == results[1])
    }
  }

  @Test("A product that is added to a bf16 matrix is rounded once, after the sum")
  func accumulation() {
    let (a, b) = (compute.testMatrix("a", 200, 700), half("b", 700, 530))
    let c = half("c", 200, 530)
    let before = c.array
    let exact = compute.zeros(200, 530, .data)
    compute.multiply(a, b, into: exact)
    compute.multiply(a, b, into: c, accumulate: true)
    let expected = compute.zeros(200, 530, .data, as: .bfloat16)
    expected.copy(from: zip(exact.array, before).map { $0 + $1 })
    #expect(c.array == expected.array)
    compute.multiply(a, b, into: c)
    expected.copy(from: exact.array)
    #expect(c.array == expected.array)
  }

  @Test("Random starting numbers are the same in parts as whole, and in bf16 the rounded ones")
  func filling() {
    let numbers = RandomNumbers(seed: 3, purpose: .initialization, name: "w")
    let whole = compute.zeros(1, 70_001, .data)
    numbers.fillNormal(whole.elements, deviation: 0.02)
    let parts = Compute(workers: 2).zeros(1, 70_001, .data)
    Compute(workers: 2).fillNormal(parts, deviation: 0.02, numbers: numbers)
    #expect(parts.bits == whole.bits)
    let halves = compute.zeros(1, 70_001, .data, as: .bfloat16)
    compute.fillNormal(halves, deviation: 0.02, numbers: numbers)
    let rounded = compute.zeros(1, 70_001, .data, as: .bfloat16)
    rounded.copy(from: whole)
    #expect(halves.bits == rounded.bits)
  }
}
