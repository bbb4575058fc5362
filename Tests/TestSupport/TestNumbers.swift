import MemoryAccounting
import Tensors

extension Compute {
  /// A matrix of numbers from `-bound` to `bound` that hang on the name alone.
  public func testMatrix(
    _ name: String, _ rows: Int, _ columns: Int, bound: Float = 1, category: MemoryCategory = .data
  ) -> Tensor {
    let tensor = zeros(rows, columns, category)
    tensor.fillForTest(name, bound: bound)
    return tensor
  }
}

extension Tensor {
  /// Fills with numbers from `-bound` to `bound` that hang on the name alone.
  public func fillForTest(_ name: String, bound: Float = 1) {
    RandomNumbers(seed: 17, purpose: .initialization, name: name).fillUniform(elements, bound: bound)
  }

  /// The elements in double precision.
  public var doubles: [Double] { array.map(Double.init) }

  /// The elements' bits.
  public var bits: [UInt32] { array.map(\.bitPattern) }
}

/// The largest difference between two lists, as a share of the second's largest magnitude; infinite if they cannot be
/// compared.
public func relativeDifference(_ values: [Double], _ reference: [Double]) -> Double {
  guard values.count == reference.count, (values + reference).allSatisfy(\.isFinite) else { return .infinity }
  let scale = reference.map(abs).max() ?? 0
  let worst = zip(values, reference).map { abs($0 - $1) }.max() ?? 0
  return worst == 0 ? 0 : worst / scale
}

/// `a b` of row-major matrices by the definition, `[m, k]` times `[k, n]`.
public func naiveProduct(_ a: [Double], _ b: [Double], _ m: Int, _ k: Int, _ n: Int) -> [Double] {
  var c = [Double](repeating: 0, count: m * n)
  for i in 0..<m {
    for l in 0..<k {
      for j in 0..<n { c[i * n + j] += a[i * k + l] * b[l * n + j] }
    }
  }
  return c
}

/// The transpose of a row-major matrix of `rows` rows.
public func naiveTranspose(_ a: [Double], rows: Int) -> [Double] {
  let columns = rows == 0 ? 0 : a.count / rows
  return (0..<a.count).map { a[$0 % rows * columns + $0 / rows] }
}
