import CKernels.Versions
import Foundation
import Optimization
import Tensors
import TestSupport
import Testing

/// A block's codes and largest magnitude, of the dispatched kernel.
struct QuantizedBlock {
  var codes: [UInt8]
  let absmax: Float

  init(_ values: [Float], _ map: QuantizationMap) {
    codes = [UInt8](repeating: 0, count: values.count)
    absmax = slk_quantize(map.table, values, &codes, values.count)
  }
}

/// A block of made-up weights, gradients and moments, before or after an update.
struct AdamBlock: Equatable {
  var weights: [UInt32]
  var first: [UInt8]
  var second: [UInt8]
  var absmax: [UInt32]

  typealias Kernel = (
    UnsafeMutablePointer<Float>?, UnsafePointer<Float>?, slk_moment_block, slk_moment_block, Int,
    UnsafePointer<slk_blockwise_adam_constants>?
  ) -> Void

  /// `steps` updates of a block of `size` elements by a kernel, its weights `offset` floats past an aligned address.
  init(size: Int, offset: Int, steps: Int, choice: QuantizationMap.Choice, kernel: Kernel) {
    let maps = [true, false].map { QuantizationMap.dynamic(isSigned: $0, choice: choice).table }
    var padded = [Float](repeating: 0, count: offset) + Self.numbers("w", size)
    var (codes, moreCodes) = ([UInt8](repeating: 0, count: size), [UInt8](repeating: 0, count: size))
    var scales: [Float] = [0, 0]
    for step in 1...steps {
      var constants = Self.constants(step)
      let gradients = Self.gradients(size, step: step)
      codes.withUnsafeMutableBufferPointer { first in
        moreCodes.withUnsafeMutableBufferPointer { second in
          scales.withUnsafeMutableBufferPointer { scales in
            padded.withUnsafeMutableBufferPointer { weights in
              kernel(
                weights.baseAddress! + offset, gradients,
                slk_moment_block(map: maps[0], codes: first.baseAddress, absmax: scales.baseAddress),
                slk_moment_block(map: maps[1], codes: second.baseAddress, absmax: scales.baseAddress! + 1), size,
                &constants)
            }
          }
        }
      }
    }
    weights = padded[offset...].map(\.bitPattern)
    (first, second, absmax) = (codes, moreCodes, scales.map(\.bitPattern))
  }

  /// The same by plain loops, and the nearest entry by trying all.
  init(reference size: Int, steps: Int, choice: QuantizationMap.Choice) {
    let maps = [true, false].map { QuantizationMap.dynamic(isSigned: $0, choice: choice).values }
    var weights = Self.numbers("w", size)
    var moments = [[Float]](repeating: [Float](repeating: 0, count: size), count: 2)
    var codes = [[UInt8]](repeating: [UInt8](repeating: 0, count: size), count: 2)
    var scales: [Float] = [0, 0]
    for step in 1...steps {
      let c = Self.constants(step)
      for (index, g) in Self.gradients(size, step: step).enumerated() {
        guard g.isFinite else {
          (moments[0][index], moments[1][index]) = (0, 0)
          continue
        }
        let m = moments[0][index] * c.beta1 + g * c.one_minus_beta1
        let v = moments[1][index] * c.beta2 + (g * c.one_minus_beta2) * g
        let update = m * c.step_size / (v.squareRoot() / c.root_correction + c.epsilon)
        weights[index] = (weights[index] * c.factor_before - update) * c.factor_after
        (moments[0][index], moments[1][index]) = (m, v)
      }
      for moment in 0..<2 {
        scales[moment] = moments[moment].map(abs).max()!
        codes[moment] = moments[moment].map { value in
          let scaled = value * (1 / max(scales[moment], 1e-38))
          return UInt8(Self.nearest(scaled, in: maps[moment], choice: choice))
        }
        moments[moment] = codes[moment].map { maps[moment][Int($0)] * scales[moment] }
      }
    }
    self.weights = weights.map(\.bitPattern)
    (first, second, absmax) = (codes[0], codes[1], scales.map(\.bitPattern))
  }

  static func nearest(_ number: Float, in map: [Float], choice: QuantizationMap.Choice) -> Int {
    var entry = 0
    for next in 1..<256 {
      let middle = (map[next - 1] + map[next]) / 2
      if number > middle || (number == middle && choice == .cuda && next % 2 == 0) { entry = next }
    }
    return choice == .cuda && map[0] < 0 && map[entry] == 0 && number.sign == .minus ? entry - 1 : entry
  }

  static func numbers(_ name: String, _ count: Int) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer {
      RandomNumbers(seed: 5, purpose: .initialization, name: name).fillUniform($0, bound: 1)
    }
    return values
  }

  /// Gradients over 90 binary orders of magnitude, some zero, infinite or no number.
  static func gradients(_ size: Int, step: Int) -> [Float] {
    numbers("g\(step)", size).enumerated().map { index, value in
      if (index + step) % 29 == 0 { return [.nan, .infinity, 0, -.infinity][index % 4] }
      return value * Float(sign: .plus, exponent: -((index * 7 + step) % 90) + index % 3 * 20, significand: 1)
    }
  }

  static func constants(_ step: Int) -> slk_blockwise_adam_constants {
    slk_blockwise_adam_constants(
      beta1: 0.9, beta2: 0.999, one_minus_beta1: 0.1, one_minus_beta2: 0.001, epsilon: 1e-8,
      step_size: 0.01 * Float(step), root_correction: 0.05, factor_before: 0.99, factor_after: 0.98)
  }
}

@Suite("Kernels of 8-bit moments")
struct QuantizationKernelTests {
  static let sizes = [1, 2, 7, 8, 9, 15, 16, 17, 31, 255, 256, 257, 2_047, 2_048]

  @Test("A block's update gives the bits of plain loops and of a search through all entries", arguments: sizes)
  func matchesReference(size: Int) {
    for choice in QuantizationMap.Choice.allCases {
      let expected = AdamBlock(reference: size, steps: 4, choice: choice)
      for version in kernelVersions {
        for offset in [0, 1, 3] {
          let found = AdamBlock(size: size, offset: offset, steps: 4, choice: choice, kernel: version.blockwise_adam)
          #expect(found == expected, "\(choice), \(version.versionName), \(size) at \(offset)")
        }
      }
      #expect(size < 255 || Set(expected.first).count > 8 && Set(expected.second).count > 8)
    }
  }

  @Test("Every version makes the same codes of a block, and the same numbers of its codes", arguments: sizes)
  func codesAgree(size: Int) {
    for isSigned in [true, false] {
      let map = QuantizationMap.dynamic(isSigned: isSigned)
      let finite = AdamBlock.gradients(size, step: 4).map { $0.isFinite ? $0 : 3e30 }
      let numbers = isSigned ? finite : finite.map(abs)
      let expected = QuantizedBlock(numbers, map)
      #expect(expected.absmax == numbers.map(abs).max())
      for version in kernelVersions {
        var (codes, widened) = ([UInt8](repeating: 0, count: size), [Float](repeating: 0, count: size))
        let absmax = version.quantize(map.table, numbers, &codes, size)
        #expect(absmax == expected.absmax && codes == expected.codes, "\(version.versionName)")
        version.dequantize(map.table, codes, absmax, &widened, size)
        let exact = codes.map { (map.values[Int($0)] * absmax).bitPattern }
        #expect(widened.map(\.bitPattern) == exact, "\(version.versionName)")
      }
    }
  }

  @Test("Numbers of every cell take the code that a search through all entries finds", arguments: [true, false])
  func everyCell(isSigned: Bool) {
    for choice in QuantizationMap.Choice.allCases {
      let map = QuantizationMap.dynamic(isSigned: isSigned, choice: choice)
      // A step prime to the cells' width meets every cell, each at other places.
      var numbers = stride(from: UInt32(0), to: Float(1).bitPattern, by: 16_411).map { Float(bitPattern: $0) } + [1]
      if isSigned { numbers += numbers.map { -$0 } }
      let expected = numbers.map { UInt8(AdamBlock.nearest($0, in: map.values, choice: choice)) }
      #expect(QuantizedBlock(numbers, map).codes == expected, "\(choice)")
    }
  }
}
