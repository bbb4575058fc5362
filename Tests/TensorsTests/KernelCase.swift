import CKernels.Versions
import Tensors
import Testing

/// Floats in memory that is the object's own.
final class Strip {
  let base: UnsafeMutablePointer<Float>
  private let count: Int
  private let block: UnsafeMutablePointer<Float>

  init(_ values: [Float], offset: Int) {
    count = values.count
    block = .allocate(capacity: offset + values.count)
    base = block + offset
    for (index, value) in values.enumerated() { base[index] = value }
  }

  deinit { block.deallocate() }

  var array: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }
}

/// Makes strips that start `offset` floats past an aligned address, and keeps them while it lives itself.
final class Strips {
  private let offset: Int
  private var made: [Strip] = []

  init(offset: Int) { self.offset = offset }

  func callAsFunction(_ values: [Float]) -> Strip {
    made.append(Strip(values, offset: offset))
    return made[made.count - 1]
  }
}

/// One kernel on made-up numbers: what a version of it gives, and what a scalar loop in double precision gives.
struct KernelCase: CustomTestStringConvertible, Sendable {
  let name: String
  /// The outputs for `size` columns or elements.
  let body: @Sendable (_ kernels: slk_kernels, _ size: Int, _ strips: Strips) -> [Float]
  /// The same in double precision.
  let reference: @Sendable (_ size: Int) -> [Double]
  var tolerance = 1e-6

  var testDescription: String { name }

  /// The outputs of a version for `size` columns or elements, all pointers `offset` floats past an aligned address.
  func run(_ kernels: slk_kernels, _ size: Int, _ offset: Int) -> [Float] {
    let strips = Strips(offset: offset)
    return withExtendedLifetime(strips) { body(kernels, size, strips) }
  }

  static let all = elementwise + activations + normalization + softmax + sampling + sparse
  static let rows = 3

  /// Numbers from -2 to 2 that hang on their name alone.
  static func numbers(_ name: String, _ count: Int) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer {
      RandomNumbers(seed: 5, purpose: .initialization, name: name).fillUniform($0, bound: 2)
    }
    return values
  }

  static func doubles(_ name: String, _ count: Int) -> [Double] { numbers(name, count).map(Double.init) }
}

extension KernelCase {
  fileprivate static let elementwise = [
    KernelCase(name: "axpy") { kernels, size, strips in
      let (x, y) = (strips(numbers("x", size)), strips(numbers("y", size)))
      kernels.axpy(1.7, x.base, y.base, size)
      return y.array
    } reference: { size in
      zip(doubles("x", size), doubles("y", size)).map { $1 + Double(Float(1.7)) * $0 }
    },
    KernelCase(name: "scale") { kernels, size, strips in
      let x = strips(numbers("x", size))
      kernels.scale(-0.3, x.base, size)
      return x.array
    } reference: { size in
      doubles("x", size).map { $0 * Double(Float(-0.3)) }
    },
    KernelCase(name: "sum_of_squares") { kernels, size, strips in
      let x = strips(numbers("x", size))
      let function = kernels.sum_of_squares!
      return [Float(function(x.base, size))]
    } reference: { size in
      [doubles("x", size).reduce(0) { $0 + $1 * $1 }]
    },
    KernelCase(name: "dot") { kernels, size, strips in
      let (x, y) = (strips(numbers("x", size)), strips(numbers("y", size)))
      return [kernels.dot(x.base, y.base, size)]
    } reference: { size in
      [zip(doubles("x", size), doubles("y", size)).reduce(0) { $0 + $1.0 * $1.1 }]
    },
    KernelCase(name: "adam") { kernels, size, strips in
      let (w, g) = (strips(numbers("w", size)), strips(numbers("g", size)))
      let (m, v) = (strips(numbers("m", size)), strips(numbers("v", size).map(abs)))
      var constants = adamConstants
      kernels.adam(w.base, g.base, m.base, v.base, size, &constants)
      return w.array + m.array + v.array
    } reference: { size in
      let c = adamConstants
      var (w, m, v) = (doubles("w", size), doubles("m", size), doubles("v", size).map(abs))
      for (index, gradient) in doubles("g", size).enumerated() {
        let g = gradient + Double(c.gradient_decay) * w[index]
        m[index] += (g - m[index]) * Double(c.one_minus_beta1)
        v[index] = v[index] * Double(c.beta2) + g * g * Double(c.one_minus_beta2)
        let denominator = v[index].squareRoot() / Double(c.root_correction) + Double(c.epsilon)
        w[index] = w[index] * Double(c.weight_factor) - m[index] / denominator * Double(c.step_size)
      }
      return w + m + v
    },
  ]

  private static var adamConstants: slk_adam_constants {
    slk_adam_constants(
      beta2: 0.999, one_minus_beta1: 0.1, one_minus_beta2: 0.001, epsilon: 1e-4, step_size: 0.02,
      root_correction: 0.4, gradient_decay: 0.05, weight_factor: 0.98)
  }
}
