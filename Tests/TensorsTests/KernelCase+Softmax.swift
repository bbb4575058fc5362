import CKernels.Versions
import Foundation

extension KernelCase {
  /// Rows of a causal block: row `i` sees `first + i + 1` columns, all of them in the last row.
  private static func first(_ size: Int) -> Int { max(0, size - rows) }

  static let softmax = [
    KernelCase(name: "causal_softmax and recompute") { kernels, size, strips in
      let rows = min(rows, size)
      let scores = strips(numbers("scores", rows * size))
      let again = strips(scores.array)
      let logSum = strips([Float](repeating: 9, count: 2 * rows))
      kernels.causal_softmax(
        scores.base, logSum.base, 2, rows, size, first(size), 0.7)
      kernels.causal_softmax_recompute(again.base, logSum.base, 2, rows, size, first(size), 0.7)
      return scores.array + again.array + logSum.array
    } reference: { size in
      let rows = min(rows, size)
      var (p, logSum) = ([Double](), [Double](repeating: 9, count: 2 * rows))
      for row in 0..<rows {
        let exponentials = (0..<size).map { column in
          column > first(size) + row
            ? 0 : exp(doubles("scores", rows * size)[row * size + column] * Double(Float(0.7)))
        }
        let total = exponentials.reduce(0, +)
        p += exponentials.map { $0 / total }
        logSum[2 * row] = log(total)
      }
      return p + p + logSum
    },
    KernelCase(name: "softmax_backward") { kernels, size, strips in
      let (dp, p) = (
        strips(numbers("dp", rows * size)), strips(numbers("p", rows * size))
      )
      let delta = strips(numbers("delta", rows))
      kernels.softmax_backward(
        dp.base, p.base, delta.base, rows, size, 0.7)
      return dp.array
    } reference: { size in
      let (dp, p, delta) = (doubles("dp", rows * size), doubles("p", rows * size), doubles("delta", rows))
      return dp.indices.map { p[$0] * (dp[$0] - delta[$0 / size]) * Double(Float(0.7)) }
    },
    KernelCase(name: "cross_entropy and its forward") { kernels, size, strips in
      let logits = strips(numbers("logits", rows * size))
      let loss = strips([Float](repeating: 9, count: rows))
      let forwardLoss = strips([Float](repeating: 9, count: rows))
      kernels.cross_entropy_forward(
        logits.base, targets(size), forwardLoss.base, rows, size)
      kernels.cross_entropy(
        logits.base, targets(size), loss.base, rows, size, 0.25)
      return logits.array + loss.array + forwardLoss.array
    } reference: { size in
      var (gradient, loss) = ([Double](), [Double]())
      for (row, target) in targets(size).enumerated() {
        let logits = Array(doubles("logits", rows * size)[row * size..<(row + 1) * size])
        let total = logits.reduce(0) { $0 + exp($1) }
        let isIgnored = target < 0
        gradient += logits.indices.map {
          isIgnored ? 0 : 0.25 * (exp(logits[$0]) / total - ($0 == Int(target) ? 1 : 0))
        }
        loss.append(isIgnored ? 0 : log(total) - logits[Int(target)])
      }
      return gradient + loss + loss
    },
  ]

  /// A target for each row; the second row's is to be ignored.
  private static func targets(_ size: Int) -> [Int32] { [Int32(size / 2), -1, Int32(size - 1)] }
}
