#if arch(x86_64)
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

  extension KernelCase {
    static let sparse = [false, true].flatMap(dense)

    private static func dense(isWide: Bool) -> [KernelCase] {
      [
        KernelCase(name: "support_scatter_add \(isWide ? "wide" : "narrow")") { version, size, strips in
          let support = Support(columns: size)
          let (v, w) = (
            strips(numbers("v", support.positions.count)), strips(numbers("w", Support.rows * size))
          )
          let function = pick(
            version, slk_support_scatter_add_portable, slk_support_scatter_add_avx2, slk_support_scatter_add)
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
        KernelCase(name: "support_gather_add \(isWide ? "wide" : "narrow")") { version, size, strips in
          let support = Support(columns: size)
          let (v, w) = (
            strips(numbers("v", support.positions.count)), strips(numbers("w", Support.rows * size))
          )
          let function = pick(
            version, slk_support_gather_add_portable, slk_support_gather_add_avx2, slk_support_gather_add)
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
  }
#endif
