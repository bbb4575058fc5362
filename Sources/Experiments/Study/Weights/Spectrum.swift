// M rows, N columns, K = min(M, N).
import Configuration
import Foundation
import Tensors

/// A matrix taken apart, `U diag(σ) Vᵀ`: what a study of weights asks of it.
struct Spectrum {
  /// The singular values, descending.
  let values: [Double]
  private let left, right: Tensor
  private let compute: Compute

  /// Takes a matrix apart.
  ///
  /// - Throws: ``Diagnostic`` if it holds a number that is not finite.
  init(of matrix: Tensor, compute: Compute) throws {
    let inner = min(matrix.rows, matrix.columns)
    left = compute.zeros(matrix.rows, inner, .workspace)
    right = compute.zeros(inner, matrix.columns, .workspace)
    let values = compute.zeros(1, inner, .workspace)
    guard compute.singularValueDecomposition(of: matrix, left: left, values: values, right: right) else {
      throw Diagnostic(.data, "a trained matrix holds a number that is not finite, and has no singular values")
    }
    self.values = values.elements.map(Double.init)
    self.compute = compute
  }

  /// The best approximation of some rank, `[M, N]`.
  func approximation(rank: Int) -> Tensor {
    let scaled = compute.zeros(left.rows, rank, .workspace)
    for row in 0..<left.rows {
      for component in 0..<rank { scaled[row, component] = left[row, component] * Float(values[component]) }
    }
    let result = compute.zeros(left.rows, right.columns, .workspace)
    compute.multiply(scaled, right.rows(0..<rank), into: result)
    return result
  }

  /// What another matrix of the shape contributes to each singular value: the diagonal of `Uᵀ A V`.
  func contributions(of matrix: Tensor) -> [Double] {
    values.indices.map { component in
      (0..<matrix.rows).reduce(0.0) { sum, row in
        let product = (0..<matrix.columns).reduce(0.0) {
          $0 + Double(matrix[row, $1]) * Double(right[component, $1])
        }
        return sum + Double(left[row, component]) * product
      }
    }
  }
}

/// Some numbers without a sign, in order.
struct Magnitudes {
  /// Ascending.
  let sorted: [Double]

  init(of matrix: Tensor) { sorted = matrix.elements.map { Double($0.magnitude) }.sorted() }

  /// The least magnitude that a share of the numbers does not go beyond.
  func cut(at share: Double) -> Double {
    sorted[min(sorted.count, max(1, Int((share * Double(sorted.count)).rounded(.up)))) - 1]
  }

  /// The share of the numbers that are below a threshold.
  func share(below threshold: Double) -> Double {
    Double(sorted.prefix { $0 < threshold }.count) / Double(sorted.count)
  }

  /// The share of the numbers up to each of some magnitudes, as a line.
  func cumulative(_ label: String, points: Int = 200) -> StudyResult.Curve {
    .init(
      label: label,
      points: [.init(x: 0, y: 0)]
        + (1...points).map { step in
          let share = Double(step) / Double(points)
          return .init(x: cut(at: share).short, y: share.short)
        })
  }
}

extension Double {
  /// Six significant digits: what a figure shows, and the same in every record.
  var short: Double { Double(String(format: "%.6g", self)) ?? self }
}

extension StudyResult.Curve {
  /// Values by their index, from 1.
  init(_ label: String, _ values: [Double]) {
    self.init(label: label, points: values.enumerated().map { .init(x: Double($0 + 1), y: $1.short) })
  }
}
