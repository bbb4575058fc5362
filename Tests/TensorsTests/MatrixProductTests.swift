import MemoryAccounting
import Tensors
import TestSupport
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
  /// `m, k, n` about the edges of the blocks: two of rows or of columns, and four where two would be too long.
  static let shapes = [
    [1, 1, 1], [7, 13, 5], [3, 0, 4], [191, 17, 9], [193, 31, 7], [385, 8, 33], [5, 19, 257], [40, 300, 513],
    [192, 12, 259], [200, 5, 300], [23, 6, 7], [25, 6, 7], [8, 6, 31], [8, 6, 33], [2065, 5, 3], [2, 3, 16_400],
  ]

  /// The product in the four ways of storing its operands.
  private func products(_ shape: [Int], workers: Int, scale: Float, accumulate: Bool) -> [Tensor] {
    let compute = Compute(workers: workers)
    let (m, k, n) = (shape[0], shape[1], shape[2])
    let (a, b) = (compute.testMatrix("a", m, k), compute.testMatrix("b", k, n))
    let (aT, bT) = (compute.zeros(k, m, .data), compute.zeros(n, k, .data))
    for i in 0..<m { for l in 0..<k { aT[l, i] = a[i, l] } }
    for l in 0..<k { for j in 0..<n { bT[j, l] = b[l, j] } }
    let results = (0..<4).map { _ in compute.testMatrix("c", m, n) }
    compute.multiply(a, b, scale: scale, into: results[0], accumulate: accumulate)
    compute.multiply(aT.transposed, b, scale: scale, into: results[1], accumulate: accumulate)
    compute.multiply(a, bT.transposed, scale: scale, into: results[2], accumulate: accumulate)
    compute.multiply(aT.transposed, bT.transposed, scale: scale, into: results[3], accumulate: accumulate)
    return results
  }

  @Test("A product is what its definition says, however the operands are stored", arguments: shapes)
  func matchesDefinition(shape: [Int]) {
    let compute = Compute()
    let (m, k, n) = (shape[0], shape[1], shape[2])
    let expected = naiveProduct(
      compute.testMatrix("a", m, k).doubles, compute.testMatrix("b", k, n).doubles, m, k, n)
    for result in products(shape, workers: 1, scale: 1, accumulate: false) {
      #expect(relativeDifference(result.doubles, expected) < 2e-6)
    }
    let before = compute.testMatrix("c", m, n).doubles
    let scaled = zip(before, expected).map { $0 + Double(Float(0.3)) * $1 }
    for result in products(shape, workers: 1, scale: 0.3, accumulate: true) {
      #expect(relativeDifference(result.doubles, scaled) < 2e-6)
    }
  }

  @Test("One worker and two give the same bits", arguments: shapes)
  func workersAgree(shape: [Int]) {
    let one = products(shape, workers: 1, scale: 0.7, accumulate: true)
    let two = products(shape, workers: 2, scale: 0.7, accumulate: true)
    #expect(zip(one, two).allSatisfy { $0.bits == $1.bits })
  }

  @Test("A product repeated gives the same bits")
  func repeats() {
    let first = products([385, 70, 129], workers: 2, scale: 1, accumulate: false)
    for _ in 0..<10 {
      #expect(
        zip(first, products([385, 70, 129], workers: 2, scale: 1, accumulate: false)).allSatisfy { $0.bits == $1.bits })
    }
  }
}
