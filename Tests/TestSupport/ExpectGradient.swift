import Tensors
import Testing

/// Expects `gradient` to be that of `function` at `point`, by central differences in double precision: along some random
/// directions through all elements, and in some single ones, the first and the last among them.
///
/// - Parameters:
///   - tolerance: the difference allowed, as a share of the gradient's norm for directions, and of its largest element
///     for single ones.
///   - elements: how many single elements are compared.
public func expectGradient(
  _ gradient: [Float], at point: [Double], name: String, tolerance: Double = 2e-5, directions: Int = 2,
  elements: Int = 6, sourceLocation: SourceLocation = #_sourceLocation, of function: ([Double]) -> Double
) {
  precondition(gradient.count == point.count, "\(gradient.count) numbers cannot be the gradient at \(point.count)")
  let numbers = RandomNumbers(seed: 5, purpose: .initialization, name: name)
  let largest = Double(gradient.map(abs).max() ?? 0)
  let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  #expect(largest > 0, "the gradient of \(name) is zero everywhere", sourceLocation: sourceLocation)
  for direction in 0..<directions {
    let step = point.indices.map { numbers.unit(direction * point.count + $0) * 2 - 1 }
    let found = innerProduct(gradient.map(Double.init), step)
    let expected = slope(of: function, at: point, along: step)
    #expect(
      abs(found - expected) <= tolerance * norm, "\(name) along direction \(direction): \(found), not \(expected)",
      sourceLocation: sourceLocation)
  }
  for draw in 0..<min(elements, point.count) {
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

/// The inner product of two lists.
public func innerProduct(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0.0) { $0 + $1.0 * $1.1 } }

private func slope(
  of function: ([Double]) -> Double, at point: [Double], along direction: [Double], width: Double = 1e-5
) -> Double {
  let ahead = function(zip(point, direction).map { $0 + width * $1 })
  let behind = function(zip(point, direction).map { $0 - width * $1 })
  return (ahead - behind) / (2 * width)
}
