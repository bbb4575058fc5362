import CKernels.Versions
import Tensors

/// A support of 21 rows and any number of columns: every fifth row is empty, the others are full, or have each second
/// or each third column.
private struct Support {
  static let rows = 21
  let positions: [(row: Int, column: Int)]
  private let starts: [Int32]

  init(columns: Int) {
    positions = (0..<Self.rows).flatMap { row in
      (0..<columns).filter { row % 5 != 0 && (row + $0) % (row % 3 + 1) == 0 }.map { (row, $0) }
    }
    let positions = positions
    starts = (0...Self.rows).map { row in Int32(positions.count { $0.row < row }) }
  }

  /// Runs `body` with the support as the kernels see it.
  func withView(isWide: Bool, _ body: (slk_support) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      positions.map { UInt16($0.column) }.withUnsafeBufferPointer { narrow in
        positions.map { Int32($0.column) }.withUnsafeBufferPointer { wide in
          body(
            slk_support(
              row_starts: starts.baseAddress, narrow: isWide ? nil : narrow.baseAddress,
              wide: isWide ? wide.baseAddress : nil))
        }
      }
    }
  }
}

/// As many tokens as columns, where a block has room for them.
private func tokens(_ size: Int) -> Int { (size - 1) % 64 + 1 }

/// `[tokens, columns]` as a feature-major block.
private func block<Number: Numeric>(_ x: [Number], columns: Int) -> [Number] {
  (0..<columns * 64).map { $0 % 64 < x.count / columns ? x[$0 % 64 * columns + $0 / 64] : 0 }
}

extension KernelCase {
  static let sparse = [false, true].flatMap(dense) + layout + [false, true].flatMap(products)

  private static func dense(isWide: Bool) -> [KernelCase] {
    [
      KernelCase(name: "support_scatter_add \(isWide ? "wide" : "narrow")") { kernels, size, strips in
        let support = Support(columns: size)
        let (v, w) = (
          strips(numbers("v", support.positions.count)), strips(numbers("w", Support.rows * size))
        )
        let function = kernels.support_scatter_add!
        support.withView(isWide: isWide) {
          function($0, 0, 4, v.base, w.base, size)
          function($0, 4, Support.rows, v.base, w.base, size)
        }
        return w.array
      } reference: { size in
        var w = doubles("w", Support.rows * size)
        let support = Support(columns: size)
        for (value, place) in zip(doubles("v", support.positions.count), support.positions) {
          w[place.row * size + place.column] += value
        }
        return w
      },
      KernelCase(name: "support_gather_add \(isWide ? "wide" : "narrow")") { kernels, size, strips in
        let support = Support(columns: size)
        let (v, w) = (
          strips(numbers("v", support.positions.count)), strips(numbers("w", Support.rows * size))
        )
        let function = kernels.support_gather_add!
        support.withView(isWide: isWide) {
          function($0, 0, 4, w.base, size, v.base)
          function($0, 4, Support.rows, w.base, size, v.base)
        }
        return v.array
      } reference: { size in
        let (w, support) = (doubles("w", Support.rows * size), Support(columns: size))
        return zip(doubles("v", support.positions.count), support.positions).map { value, place in
          value + w[place.row * size + place.column]
        }
      },
    ]
  }

  private static let layout = [
    KernelCase(name: "to_features") { kernels, size, strips in
      let x = strips(numbers("x", tokens(size) * size))
      let features = strips([Float](repeating: 9, count: size * 64))
      kernels.to_features(
        x.base, tokens(size), size, features.base)
      return features.array
    } reference: { size in
      block(doubles("x", tokens(size) * size), columns: size)
    },
    KernelCase(name: "from_features") { kernels, size, strips in
      let count = tokens(size) * size
      let features = strips(block(numbers("x", count), columns: size))
      let (written, added) = (strips([Float](repeating: 9, count: count)), strips(numbers("y", count)))
      let function = kernels.from_features!
      function(features.base, tokens(size), size, written.base, 0)
      function(features.base, tokens(size), size, added.base, 1)
      return written.array + added.array
    } reference: { size in
      let (x, y) = (doubles("x", tokens(size) * size), doubles("y", tokens(size) * size))
      return x + zip(x, y).map { $0 + $1 }
    },
  ]

  private static func products(isWide: Bool) -> [KernelCase] {
    [
      KernelCase(name: "sparse_forward \(isWide ? "wide" : "narrow")") { kernels, size, strips in
        let support = Support(columns: size)
        let v = strips(numbers("v", support.positions.count))
        let x = strips(block(numbers("x", tokens(size) * size), columns: size))
        let y = strips([Float](repeating: 9, count: tokens(size) * Support.rows))
        support.withView(isWide: isWide) {
          kernels.sparse_forward(
            $0, Support.rows, v.base, x.base, y.base, tokens(size))
        }
        return y.array
      } reference: { size in
        let (support, x) = (Support(columns: size), doubles("x", tokens(size) * size))
        var y = [Double](repeating: 0, count: tokens(size) * Support.rows)
        for (value, place) in zip(doubles("v", support.positions.count), support.positions) {
          for token in 0..<tokens(size) {
            y[token * Support.rows + place.row] += value * x[token * size + place.column]
          }
        }
        return y
      },
      KernelCase(name: "sparse_backward \(isWide ? "wide" : "narrow")") { kernels, size, strips in
        let support = Support(columns: size)
        let count = support.positions.count
        let (v, x) = (
          strips(numbers("v", count)), strips(block(numbers("x", tokens(size) * size), columns: size))
        )
        let dy = strips(block(numbers("dy", tokens(size) * Support.rows), columns: Support.rows))
        let (values, dValues) = (
          strips([Float](repeating: 9, count: count)), strips([Float](repeating: 0, count: count))
        )
        let (dx, dv) = (strips([Float](repeating: 9, count: size * 64)), strips(numbers("v", count)))
        var (starts, rows) = ([Int32](repeating: 9, count: size + 1), [Int32](repeating: 9, count: count))
        var places = rows
        starts.withUnsafeMutableBufferPointer { starts in
          rows.withUnsafeMutableBufferPointer { rows in
            places.withUnsafeMutableBufferPointer { places in
              let columns = slk_columns(starts: starts.baseAddress, rows: rows.baseAddress, places: places.baseAddress)
              support.withView(isWide: isWide) {
                kernels.support_by_columns($0, Support.rows, size, v.base, columns, values.base)
              }
              for part in [0..<size / 2, size / 2..<size] {
                kernels.sparse_backward(
                  columns, part.lowerBound, part.upperBound, values.base, dy.base, x.base, dx.base, dValues.base)
              }
              kernels.add_at_places(places.baseAddress, count, dValues.base, dv.base)
            }
          }
        }
        return dx.array + dv.array
      } reference: { size in
        let (x, dy) = (doubles("x", tokens(size) * size), doubles("dy", tokens(size) * Support.rows))
        let support = Support(columns: size)
        let entries = Array(zip(doubles("v", support.positions.count), support.positions))
        var dx = [Double](repeating: 0, count: tokens(size) * size)
        for (value, place) in entries {
          for token in 0..<tokens(size) {
            dx[token * size + place.column] += value * dy[token * Support.rows + place.row]
          }
        }
        let dv = entries.map { value, place in
          (0..<tokens(size)).reduce(value) {
            $0 + dy[$1 * Support.rows + place.row] * x[$1 * size + place.column]
          }
        }
        return block(dx, columns: size) + dv
      },
    ]
  }
}
