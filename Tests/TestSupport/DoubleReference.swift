import Foundation

/// LLaMA's layers in double precision, as plain loops over plain arrays: what the real ones are held against.
///
/// Only the forward passes are here; gradients come from central differences of them.
public enum DoubleReference {
  /// `y = x Wᵀ`, with `x` as `[rows, inputs]` and `W` as `[outputs, inputs]`.
  public static func linear(_ x: [Double], _ weight: [Double], inputs: Int) -> [Double] {
    let rows = x.count / inputs
    let outputs = weight.count / inputs
    var y = [Double](repeating: 0, count: rows * outputs)
    x.withUnsafeBufferPointer { x in
      weight.withUnsafeBufferPointer { weight in
        for row in 0..<rows {
          for output in 0..<outputs {
            var sum = 0.0
            for k in 0..<inputs { sum += x[row * inputs + k] * weight[output * inputs + k] }
            y[row * outputs + output] = sum
          }
        }
      }
    }
    return y
  }

  /// `y = x / √(mean(x²) + ε) · gain`, by row.
  public static func rmsNorm(_ x: [Double], gain: [Double], epsilon: Double) -> [Double] {
    let width = gain.count
    var y = x
    for start in stride(from: 0, to: x.count, by: width) {
      let squares = (0..<width).reduce(0.0) { $0 + x[start + $1] * x[start + $1] }
      let inverse = 1 / (squares / Double(width) + epsilon).squareRoot()
      for k in 0..<width { y[start + k] = x[start + k] * inverse * gain[k] }
    }
    return y
  }

  /// Turns the pair `k`, `k + headSize/2` of every head by `position · base^(-2k/headSize)`.
  public static func rotate(_ x: [Double], length: Int, heads: Int, headSize: Int, base: Double) -> [Double] {
    let width = heads * headSize
    let half = headSize / 2
    var y = x
    for row in 0..<x.count / width {
      for k in 0..<half {
        let angle = Double(row % length) * pow(base, -2 * Double(k) / Double(headSize))
        let (cosine, sine) = (cos(angle), sin(angle))
        for head in 0..<heads {
          let first = row * width + head * headSize + k
          y[first] = x[first] * cosine - x[first + half] * sine
          y[first + half] = x[first + half] * cosine + x[first] * sine
        }
      }
    }
    return y
  }

  /// Causal attention of every head of every sequence.
  public static func attention(
    _ q: [Double], _ k: [Double], _ v: [Double], length: Int, heads: Int, headSize: Int
  ) -> [Double] {
    let width = heads * headSize
    var o = [Double](repeating: 0, count: q.count)
    var weights = [Double](repeating: 0, count: length)
    for start in stride(from: 0, to: q.count / width, by: length) {
      for head in 0..<heads {
        let column = head * headSize
        for query in 0..<length {
          let own = (start + query) * width + column
          for key in 0...query {
            let other = (start + key) * width + column
            weights[key] = (0..<headSize).reduce(0.0) { $0 + q[own + $1] * k[other + $1] }
          }
          let peak = weights[0...query].max()!
          for key in 0...query { weights[key] = exp((weights[key] - peak) / Double(headSize).squareRoot()) }
          let total = weights[0...query].reduce(0, +)
          for key in 0...query {
            let other = (start + key) * width + column
            for e in 0..<headSize { o[own + e] += weights[key] / total * v[other + e] }
          }
        }
      }
    }
    return o
  }

  /// `gate · sigmoid(gate) · up`
  public static func swiglu(gate: [Double], up: [Double]) -> [Double] {
    zip(gate, up).map { $0 / (1 + exp(-$0)) * $1 }
  }

  /// The sum of `log Σ exp(logits) - logits[target]` over the rows whose target is not -1.
  public static func crossEntropy(_ logits: [Double], targets: [Int32]) -> Double {
    let width = logits.count / targets.count
    var total = 0.0
    for (row, target) in targets.enumerated() where target >= 0 {
      let own = logits[row * width..<(row + 1) * width]
      let peak = own.max()!
      total += log(own.reduce(0.0) { $0 + exp($1 - peak) }) + peak - own[own.startIndex + Int(target)]
    }
    return total
  }
}
