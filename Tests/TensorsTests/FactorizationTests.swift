import MemoryAccounting
import Tensors
import TestSupport
import Testing

@Suite("Decompositions")
struct FactorizationTests {
  private let compute = Compute()

  private struct Decomposition {
    let left: Tensor
    let values: Tensor
    let right: Tensor
    let converged: Bool
  }

  private func decomposition(of a: Tensor) -> Decomposition {
    let rank = min(a.rows, a.columns)
    let (left, values) = (compute.zeros(a.rows, rank, .data), compute.zeros(1, rank, .data))
    let right = compute.zeros(rank, a.columns, .data)
    let converged = compute.singularValueDecomposition(of: a, left: left, values: values, right: right)
    return Decomposition(left: left, values: values, right: right, converged: converged)
  }

  /// A matrix with the singular values 1, 1/2, 1/4, … so that every vector is well defined.
  private func gradedMatrix(_ rows: Int, _ columns: Int, rank: Int) -> Tensor {
    let (left, right) = (compute.testMatrix("left", rank, rows), compute.testMatrix("right", rank, columns))
    compute.orthonormalizeRows(of: left)
    compute.orthonormalizeRows(of: right)
    for index in 0..<rank { compute.scale(left.row(index), by: Float(sign: .plus, exponent: -index, significand: 1)) }
    let a = compute.zeros(rows, columns, .data)
    compute.multiply(left.transposed, right, into: a)
    return a
  }

  private func departureFromOrthonormalRows(_ q: Tensor) -> Double {
    let gram = compute.zeros(q.rows, q.rows, .data)
    compute.multiply(q, q.transposed, into: gram)
    for index in 0..<q.rows { gram[index, index] -= 1 }
    return gram.doubles.map(abs).max() ?? 0
  }

  @Test(
    "The factors multiply back to the matrix, are orthonormal and descend",
    arguments: [
      (1, 1), (7, 13), (13, 7), (20, 20), (64, 5), (1, 9),
    ])
  func decomposes(rows: Int, columns: Int) {
    let a = compute.testMatrix("a", rows, columns)
    let result = decomposition(of: a)
    #expect(result.converged)
    #expect(departureFromOrthonormalRows(result.right) < 2e-6)
    let rank = min(rows, columns)
    var product = [Double](repeating: 0, count: rows * columns)
    for k in 0..<rank {
      for i in 0..<rows {
        for j in 0..<columns {
          product[i * columns + j] +=
            Double(result.left[i, k]) * Double(result.values[0, k]) * Double(result.right[k, j])
        }
      }
    }
    #expect(relativeDifference(product, a.doubles) < 3e-6)
    #expect(zip(result.values.array, result.values.array.dropFirst()).allSatisfy { $0 >= $1 && $1 >= 0 })
    for k in 0..<rank { #expect(result.right.row(k).array.max { abs($0) < abs($1) }! > 0) }
  }

  @Test("The matrix that is decomposed stays as it is")
  func keepsItsInput() {
    let a = compute.testMatrix("a", 9, 6)
    _ = decomposition(of: a)
    #expect(a.bits == compute.testMatrix("a", 9, 6).bits)
  }

  @Test("Numbers that are not finite are reported, not decomposed", arguments: [Float.nan, Float.infinity])
  func refusesNonFinite(value: Float) {
    let a = compute.testMatrix("a", 9, 6)
    a[3, 2] = value
    #expect(!decomposition(of: a).converged)
  }

  @Test("Orthonormal rows span what the rows spanned, and dependent rows are completed")
  func orthonormalizes() {
    let q = compute.testMatrix("q", 5, 11)
    let before = compute.testMatrix("q", 5, 11)
    compute.orthonormalizeRows(of: q)
    #expect(departureFromOrthonormalRows(q) < 1e-6)
    let (coefficients, projected) = (compute.zeros(5, 5, .data), compute.zeros(5, 11, .data))
    compute.multiply(before, q.transposed, into: coefficients)
    compute.multiply(coefficients, q, into: projected)
    #expect(relativeDifference(projected.doubles, before.doubles) < 1e-6)
    let zero = compute.zeros(4, 4, .data)
    compute.orthonormalizeRows(of: zero)
    #expect(departureFromOrthonormalRows(zero) < 1e-6)
  }

  @Test(
    "Leading vectors are those of the shorter side, exact and randomized alike",
    arguments: [(40, 21), (21, 40), (30, 30)])
  func leadingVectors(rows: Int, columns: Int) {
    let a = gradedMatrix(rows, columns, rank: 15)
    let full = decomposition(of: a)
    let (exact, sketched) = (compute.zeros(4, min(rows, columns), .data), compute.zeros(4, min(rows, columns), .data))
    #expect(compute.leadingSingularVectors(of: a, into: exact))
    let expected =
      rows >= columns
      ? full.right.rows(0..<4).doubles
      : (0..<4).flatMap { vector in (0..<rows).map { Double(full.left[$0, vector]) } }
    #expect(relativeDifference(exact.doubles, expected) == 0)
    let numbers = RandomNumbers(seed: 1, purpose: .projection, name: "sketch")
    compute.randomizedSingularVectors(of: a, numbers: numbers, into: sketched)
    let overlap = compute.zeros(4, 4, .data)
    compute.multiply(exact, sketched.transposed, into: overlap)
    for index in 0..<4 { #expect(abs(abs(overlap[index, index]) - 1) < 1e-4) }
    #expect(departureFromOrthonormalRows(sketched) < 1e-5)
  }

  @Test(
    "A zero or rank-deficient matrix still has orthonormal leading vectors", arguments: [0, 1, 2], [(12, 7), (7, 12)])
  func deficientMatrices(rank: Int, shape: (Int, Int)) {
    let a = rank == 0 ? compute.zeros(shape.0, shape.1, .data) : gradedMatrix(shape.0, shape.1, rank: rank)
    let vectors = compute.zeros(5, 7, .data)
    #expect(compute.leadingSingularVectors(of: a, into: vectors))
    #expect(departureFromOrthonormalRows(vectors) < 1e-5)
    let numbers = RandomNumbers(seed: 1, purpose: .projection, name: "sketch")
    compute.randomizedSingularVectors(of: a, numbers: numbers, into: vectors)
    #expect(departureFromOrthonormalRows(vectors) < 1e-5)
  }

  @Test("A reserved decomposition allocates nothing later")
  func reserves() {
    let compute = Compute()
    let (a, vectors) = (compute.testMatrix("a", 300, 200), compute.zeros(60, 200, .data))
    compute.reserveLeadingSingularVectors(rows: 300, columns: 200)
    compute.reserveRandomizedSingularVectors(rows: 300, columns: 200, rank: 60)
    let allocations = compute.memory.allocationCount
    #expect(compute.leadingSingularVectors(of: a, into: vectors))
    let numbers = RandomNumbers(seed: 1, purpose: .projection, name: "sketch")
    compute.randomizedSingularVectors(of: a, numbers: numbers, into: vectors)
    #expect(compute.memory.allocationCount == allocations)
  }
}
