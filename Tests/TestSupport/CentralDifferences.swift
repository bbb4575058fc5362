/// The gradient of a function by central differences in double precision: `(f(θ + h eᵢ) - f(θ - h eᵢ)) / 2h` for each `i`.
///
/// Exact but for rounding where `f` is at most quadratic in each variable.
public func centralDifferences(
  at point: [Double], step: Double = 1e-3, of function: ([Double]) -> Double
) -> [Double] {
  var point = point
  return point.indices.map { index in
    let value = point[index]
    point[index] = value + step
    let above = function(point)
    point[index] = value - step
    let below = function(point)
    point[index] = value
    return (above - below) / (2 * step)
  }
}
