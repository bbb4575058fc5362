import CKernels.Versions
import Tensors

extension KernelCase {
  static let sampling = [
    KernelCase(name: "sample") { kernels, size, strips in
      let stream = slk_stream(key: (1, 2), name: (3, 4))
      let function = kernels.sample!
      let (bound, middle) = (UInt64(40 * size), UInt64(size / 2 * 2 * 7))
      var chosen = [Int32](repeating: 0, count: Int(bound) + 16)
      let found = chosen.withUnsafeMutableBufferPointer { chosen in
        let found = function(stream, 0, middle, bound, UInt64(size), chosen.baseAddress!)
        return found
          + function(
            stream, middle, bound, bound, UInt64(size - found), chosen.baseAddress! + found)
      }
      return chosen.prefix(found).map(Float.init)
    } reference: { size in
      var chosen: [Double] = []
      for candidate in 0..<40 * size {
        let words = RandomNumbers.philox([UInt32(candidate / 2), 0, 3, 4], key: (1, 2))
        let half = 2 * (candidate % 2)
        let draw = UInt64(words[half]) | UInt64(words[half + 1]) << 32
        let remaining = UInt64(40 * size - candidate)
        if draw.multipliedFullWidth(by: remaining).high < UInt64(size - chosen.count) {
          chosen.append(Double(candidate))
        }
      }
      return chosen
    }
  ]
}
