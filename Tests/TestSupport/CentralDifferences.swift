import Tensors
import Testing

/// Compares gradients with central differences of a function in double precision.
public enum CentralDifferences {
  /// Expects `gradient` to be that of `function` at `point`: along some random directions through all elements, and in
  /// some single ones.
  ///
  /// - Parameters:
  ///   - tolerance: the difference allowed, as a share of the gradient's largest element (of its norm, for directions).
  ///   - elements: how many single elements are compared.
  public static func expect(
    _ gradient: [Float], isGradientAt point: [Double], name: String, tolerance: Double = 2e-5, directions: Int = 2,
    elements: Int = 6, sourceLocation: SourceLocation = #_sourceLocation, of function: ([Double]) -> Double
  ) {
    precondition(gradient.count == point.count, "\(gradient.count) numbers cannot be the gradient at \(point.count)")
    let numbers = RandomNumbers(seed: 5, purpose: .initialization, name: name)
    let largest = Double(gradient.map(abs).max() ?? 0)
    let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(largest > 0, "the gradient of \(name) is zero everywhere", sourceLocation: sourceLocation)
    for direction in 0..<directions {
      let step = point.indices.map { numbers.unit(direction * point.count + $0) * 2 - 1 }
      let found = zip(gradient, step).reduce(0.0) { $0 + Double($1.0) * $1.1 }
      let expected = slope(of: function, at: point, along: step)
      #expect(
        abs(found - expected) <= tolerance * norm, "\(name) along direction \(direction): \(found), not \(expected)",
        sourceLocation: sourceLocation)
    }
    for draw in 0..<min(elements, point.count) {
      // The ends are where block boundaries go wrong.
      let element =
        switch draw {
        case 0: 0
        case 1: point.count - 1
        default: Int(numbers.integer(draw, below: UInt64(point.count)))
        }
      var step = [Double](repeating: 0, count: point.count)
      step[element] = 1
      let expected = slope(of: function, at: point, along: step)
      #expect(
        abs(Double(gradient[element]) - expected) <= tolerance * largest,
        "\(name)[\(element)]: \(gradient[element]), not \(expected)", sourceLocation: sourceLocation)
    }
  }

  private static func slope(
    of function: ([Double]) -> Double, at point: [Double], along direction: [Double], width: Double = 1e-5
  ) -> Double {
    let ahead = function(zip(point, direction).map { $0 + width * $1 })
    let behind = function(zip(point, direction).map { $0 - width * $1 })
    return (ahead - behind) / (2 * width)
  }
}
