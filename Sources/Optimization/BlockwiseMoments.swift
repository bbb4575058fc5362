import CKernels
import Foundation
import Tensors

/// Adam's two moments of a matrix of gradients in 8 bits, and the update that they give.
///
/// The matrix, row after row, is cut into blocks. A block's moment is a code for each element and the block's largest
/// magnitude, and an element is `map[code] · absmax`; see ``QuantizationMap``. An update widens a block, takes the
/// gradient in and updates the weight in 32 bits,
///
/// `m = β₁m + (1-β₁)g`, `v = β₂v + (1-β₂)g²`, `w -= η/(1-β₁ᵗ) · m / (√v/√(1-β₂ᵗ) + ε)`,
///
/// then stores the new moments with their new largest magnitudes. The state takes 2 bytes an element and 8 a block.
///
/// - The order of operations is that of bitsandbytes' step for CPUs, no product fused with a sum. A block is divided by
///   its largest magnitude as the product with the inverse, also a partial last one, which that step divides.
///   The CUDA kernel multiplies `√(1-β₂ᵗ)` out, divides approximately and fuses: its last bits are its own.
/// - A gradient that is infinite or no number leaves its weight as it was and makes its moments 0, as in the kernel.
/// - A weight in bf16 is rounded once an update, decay included; the kernel rounds it again where it decays.
/// - Weight decay is always decoupled, also for Adam: the library has no other.
///
/// Source: Dettmers et al. 2022, "8-bit Optimizers via Block-wise Quantization"; bitsandbytes 0.42 and 0.50.
public final class BlockwiseMoments {
  /// One of the two moments.
  public enum Moment: CaseIterable, Sendable {
    /// `m`, the running mean of the gradient.
    case first
    /// `v`, the running mean of its square.
    case second
  }

  private struct Stored {
    let codes: Tensor
    let absmax: Tensor
    let map: QuantizationMap

    func block(_ start: Int, size: Int) -> slk_moment_block {
      slk_moment_block(map: map.table, codes: codes.codes + start, absmax: absmax.base + start / size)
    }
  }

  /// The elements of a block.
  public let blockSize: Int
  private let first: Stored
  private let second: Stored

  /// Creates moments that are zero.
  ///
  /// - Parameters:
  ///   - blockSize: 2048 in bitsandbytes up to 0.43, which the papers' runs used, and 256 since.
  ///   - choice: which code a number between two takes.
  public init(
    rows: Int, columns: Int, blockSize: Int = 2048, choice: QuantizationMap.Choice = .cuda, compute: Compute
  ) {
    precondition((1...Int(SLK_LARGEST_BLOCK)).contains(blockSize), "a block holds 1 to \(SLK_LARGEST_BLOCK) elements")
    let blocks = (rows * columns + blockSize - 1) / blockSize
    func stored(isSigned: Bool) -> Stored {
      Stored(
        codes: compute.zeros(rows, columns, .optimizerState, as: .uint8),
        absmax: compute.zeros(1, blocks, .optimizerState), map: .dynamic(isSigned: isSigned, choice: choice))
    }
    self.blockSize = blockSize
    first = stored(isSigned: true)
    second = stored(isSigned: false)
  }

  /// Whether the library stores the moments of a parameter of `count` elements in 8 bits: smaller ones stay in 32.
  public static func applies(to count: Int) -> Bool { count >= 4096 }

  /// Takes the gradient in and updates the weight, both in the moments' shape and in 32-bit floats or bf16.
  ///
  /// - Parameters:
  ///   - step: the update's number, counted from 1.
  ///   - decays: whether the specification's weight decay applies.
  ///   - convention: when the weight decays: before the update, as in the library's step for CPUs, or with
  ///     `huggingFace` after it, as in its CUDA kernel. Where `ε` is added does not hang on the convention.
  ///   - rounding: how a weight in bf16 is rounded; what it says of the moments is for other storage.
  public func update(
    _ weight: Tensor, gradient: Tensor, learningRate: Float, step: Int, specification: OptimizerSpecification,
    decays: Bool, convention: AdamMoments.Convention, rounding: UpdateRounding = .nearest, compute: Compute
  ) {
    precondition(
      weight.count == first.codes.count && gradient.count == weight.count,
      "\(first.codes.count) moments for \(weight.count) weights and \(gradient.count) gradients")
    let constants = constants(
      specification, learningRate: Double(learningRate), step: step, decays: decays, convention: convention)
    // Whole blocks a worker at a time.
    let size = max(1, Compute.elementBlock / blockSize) * blockSize
    withUnsafePointer(to: constants) { constants in
      compute.workers.forEachRange(of: weight.count, size: size) { range, _ in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * blockSize) { scratch in
          for start in stride(from: range.lowerBound, to: range.upperBound, by: blockSize) {
            let block = start..<min(range.upperBound, start + blockSize)
            update(weight, gradient, block, scratch: scratch.baseAddress!, constants, rounding.weight)
          }
        }
      }
    }
  }

  private func constants(
    _ specification: OptimizerSpecification, learningRate: Double, step: Int, decays: Bool,
    convention: AdamMoments.Convention
  ) -> slk_blockwise_adam_constants {
    let remainder = decays ? Float(1 - learningRate * specification.weightDecay) : 1
    return slk_blockwise_adam_constants(
      beta1: Float(specification.beta1), beta2: Float(specification.beta2),
      one_minus_beta1: Float(1 - specification.beta1), one_minus_beta2: Float(1 - specification.beta2),
      epsilon: Float(specification.epsilon),
      step_size: Float(learningRate / (1 - pow(specification.beta1, Double(step)))),
      root_correction: Float((1 - pow(specification.beta2, Double(step))).squareRoot()),
      factor_before: convention == .torch ? remainder : 1, factor_after: convention == .torch ? 1 : remainder)
  }

  private func update(
    _ weight: Tensor, _ gradient: Tensor, _ block: Range<Int>, scratch: UnsafeMutablePointer<Float>,
    _ constants: UnsafePointer<slk_blockwise_adam_constants>, _ rounding: Rounding
  ) {
    let weights = weight.floats(block, in: scratch)
    let gradients = gradient.floats(block, in: scratch + blockSize)
    let start = block.lowerBound
    slk_blockwise_adam(
      weights, gradients, first.block(start, size: blockSize), second.block(start, size: blockSize), block.count,
      constants)
    weight.store(weights, at: block, rounding: rounding)
  }

  /// The tensors to save and restore.
  public var state: [(name: String, value: Tensor)] {
    [
      ("first_codes", first.codes), ("first_absmax", first.absmax), ("second_codes", second.codes),
      ("second_absmax", second.absmax),
    ]
  }

  /// A moment's elements, row by row: for restarts and tests.
  public func values(_ moment: Moment) -> [Float] {
    let stored = stored(moment)
    let count = stored.codes.count
    return [Float](unsafeUninitializedCapacity: count) { values, filled in
      for start in stride(from: 0, to: count, by: blockSize) {
        slk_dequantize(
          stored.map.table, stored.codes.codes + start, stored.absmax.base[start / blockSize],
          values.baseAddress! + start, min(blockSize, count - start))
      }
      filled = count
    }
  }

  /// Makes elements of a moment exactly 0, where `isZeroed` says so of their index; the others keep their codes and the
  /// blocks their largest magnitudes.
  public func zero(_ moment: Moment, where isZeroed: (Int) -> Bool) {
    let stored = stored(moment)
    for index in 0..<stored.codes.count where isZeroed(index) { stored.codes.codes[index] = stored.map.zero }
  }

  private func stored(_ moment: Moment) -> Stored { moment == .first ? first : second }
}
