import CKernels
import Foundation
import MemoryAccounting
import Tensors

/// Rotary position embedding: the pair of elements `k` and `k + headSize/2` of every head turns by the angle
/// `position · base^(-2k/headSize)`.
///
/// Source: Su et al. 2021, in the layout of Hugging Face's LLaMA ("rotate half").
package final class RotaryEmbedding {
  private let cosines: Tensor
  private let sines: Tensor
  private let heads: Int
  private let headSize: Int
  private let compute: Compute

  /// Creates the tables for positions below `length`.
  package init(_ model: LlamaConfiguration, length: Int, compute: Compute) {
    heads = model.heads
    headSize = model.headSize
    self.compute = compute
    let half = headSize / 2
    cosines = compute.zeros(length, half, .activations)
    sines = compute.zeros(length, half, .activations)
    for position in 0..<length {
      for k in 0..<half {
        let angle = Double(position) * pow(Double(model.rotaryBase), -2 * Double(k) / Double(headSize))
        cosines[position, k] = Float(cos(angle))
        sines[position, k] = Float(sin(angle))
      }
    }
  }

  /// Rotates every row of `x` in place; rows of a sequence follow each other.
  package func rotate(_ x: Tensor, backwards: Bool = false) {
    let length = cosines.rows
    compute.doing(.rotary) {
      compute.workers.forEachRange(of: x.rows, size: 128) { rows, _ in
        for row in rows {
          let position = row % length
          slk_rotate(
            x.base + row * x.columns, cosines.row(position).base, sines.row(position).base, heads, headSize,
            backwards ? -1 : 1)
        }
      }
    }
  }
}
