import CKernels.Versions
import Foundation

extension KernelCase {
  static let activations = [
    KernelCase(name: "swiglu_forward") { kernels, size, strips in
      let (gate, up) = (strips(numbers("gate", size)), strips(numbers("up", size)))
      let y = strips([Float](repeating: 9, count: size))
      kernels.swiglu_forward(
        gate.base, up.base, y.base, size)
      return y.array
    } reference: { size in
      zip(doubles("gate", size), doubles("up", size)).map { $0 * sigmoid($0) * $1 }
    },
    KernelCase(name: "swiglu_backward") { kernels, size, strips in
      let (gate, up) = (strips(numbers("gate", size)), strips(numbers("up", size)))
      let dy = strips(numbers("dy", size))
      let dup = strips([Float](repeating: 9, count: size))
      kernels.swiglu_backward(
        dy.base, gate.base, up.base, dy.base, dup.base, size)
      return dy.array + dup.array
    } reference: { size in
      let (gate, up, dy) = (doubles("gate", size), doubles("up", size), doubles("dy", size))
      let slopes = gate.map { sigmoid($0) * (1 + $0 * (1 - sigmoid($0))) }
      return (0..<size).map { dy[$0] * up[$0] * slopes[$0] }
        + (0..<size).map { dy[$0] * gate[$0] * sigmoid(gate[$0]) }
    },
    KernelCase(name: "rotate") { kernels, size, strips in
      let row = strips(numbers("row", rows * 2 * size))
      let (cosines, sines) = angles(size)
      kernels.rotate(
        row.base, strips(cosines).base, strips(sines).base, rows, 2 * size, -1)
      return row.array
    } reference: { size in
      var row = doubles("row", rows * 2 * size)
      let (cosines, sines) = angles(size)
      for head in 0..<rows {
        for k in 0..<size {
          let (a, b) = (row[head * 2 * size + k], row[head * 2 * size + size + k])
          row[head * 2 * size + k] = a * Double(cosines[k]) + b * Double(sines[k])
          row[head * 2 * size + size + k] = b * Double(cosines[k]) - a * Double(sines[k])
        }
      }
      return row
    },
  ]

  static let normalization = [
    KernelCase(name: "rmsnorm_forward and recompute") { kernels, size, strips in
      let (x, gain) = (strips(numbers("x", rows * size)), strips(numbers("gain", size)))
      let blank = [Float](repeating: 9, count: rows * size)
      let (y, again, inverse) = (
        strips(blank), strips(blank), strips(Array(blank[0..<rows]))
      )
      kernels.rmsnorm_forward(
        x.base, gain.base, y.base, inverse.base, rows, size, 1e-3)
      kernels.rmsnorm_recompute(
        x.base, gain.base, inverse.base, again.base, rows, size)
      return y.array + again.array + inverse.array
    } reference: { size in
      let (x, gain) = (doubles("x", rows * size), doubles("gain", size))
      let inverse = inverseRoots(x, size, epsilon: 1e-3)
      let y = x.indices.map { x[$0] * inverse[$0 / size] * gain[$0 % size] }
      return y + y + inverse
    },
    KernelCase(name: "add_rmsnorm_forward") { kernels, size, strips in
      let (x, gain) = (strips(numbers("x", rows * size)), strips(numbers("gain", size)))
      let (residual, other) = (strips(numbers("residual", rows * size)), strips(numbers("residual", rows * size)))
      let blank = [Float](repeating: 9, count: rows * size)
      let (copy, y, inverse) = (strips(blank), strips(blank), strips(Array(blank[0..<rows])))
      kernels.add_rmsnorm_forward(
        x.base, gain.base, residual.base, copy.base, y.base, inverse.base, rows, size, 1e-3)
      let again = strips(blank)
      kernels.add_rmsnorm_forward(x.base, gain.base, other.base, nil, again.base, inverse.base, rows, size, 1e-3)
      return residual.array + copy.array + y.array + inverse.array + other.array + again.array
    } reference: { size in
      let sum = zip(doubles("residual", rows * size), doubles("x", rows * size)).map(+)
      let (gain, inverse) = (doubles("gain", size), inverseRoots(sum, size, epsilon: 1e-3))
      let y = sum.indices.map { sum[$0] * inverse[$0 / size] * gain[$0 % size] }
      return sum + sum + y + inverse + sum + y
    },
    KernelCase(name: "rmsnorm_backward") { kernels, size, strips in
      let (dy, x) = (
        strips(numbers("dy", rows * size)), strips(numbers("x", rows * size))
      )
      let gain = strips(numbers("gain", size))
      let inverse = strips(inverseRoots(doubles("x", rows * size), size, epsilon: 1e-3).map(Float.init))
      let dx = strips([Float](repeating: 1, count: rows * size))
      let dgain = strips([Float](repeating: 1, count: size))
      kernels.rmsnorm_backward(
        dy.base, x.base, gain.base, inverse.base, dx.base, dgain.base, rows, size)
      return dx.array + dgain.array
    } reference: { size in
      let (dy, x, gain) = (doubles("dy", rows * size), doubles("x", rows * size), doubles("gain", size))
      let inverse = inverseRoots(x, size, epsilon: 1e-3)
      var (dx, dgain) = ([Double](repeating: 1, count: rows * size), [Double](repeating: 1, count: size))
      for row in 0..<rows {
        let r = inverse[row]
        let mean = (0..<size).reduce(0) { $0 + dy[row * size + $1] * gain[$1] * x[row * size + $1] } / Double(size)
        for k in 0..<size {
          dx[row * size + k] += r * dy[row * size + k] * gain[k] - x[row * size + k] * r * r * r * mean
          dgain[k] += dy[row * size + k] * x[row * size + k] * r
        }
      }
      return dx + dgain
    },
  ]

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  private static func angles(_ size: Int) -> (cosines: [Float], sines: [Float]) {
    let angles = numbers("angle", size)
    return (angles.map { Float(cos(Double($0))) }, angles.map { Float(sin(Double($0))) })
  }

  private static func inverseRoots(_ x: [Double], _ size: Int, epsilon: Double) -> [Double] {
    (0..<rows).map { row in
      1
        / ((0..<size).reduce(0) { $0 + x[row * size + $1] * x[row * size + $1] } / Double(size) + epsilon)
        .squareRoot()
    }
  }
}
