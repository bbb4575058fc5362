import Foundation
import Optimization
import Tensors
import TestSupport

/// What `reference_adam8bit.py` wrote, and the numbers that it began with.
struct BlockwiseFixture: Decodable {
  struct Map: Decodable {
    private enum CodingKeys: String, CodingKey { case valueData = "values", boundaryData = "boundaries" }
    private let valueData: Data
    private let boundaryData: [Data]

    /// The bits of the 256 numbers.
    var values: [UInt32] { valueData.elements() }
    /// The codes of the numbers midway between neighbours, of those just below and of those just above, each with 1 added.
    var boundaries: [[UInt8]] { boundaryData.map(Array.init) }
  }

  struct State: Decodable {
    let step: Int
    let weights: Data
    let first_codes: Data
    let first_absmax: Data
    let second_codes: Data
    let second_absmax: Data
  }

  struct Case: Decodable {
    let name: String
    let count: Int
    let block: Int
    let type: ElementType
    let decay: Double
    let states: [State]

    /// Whether the case has the rules of the library's CUDA kernel.
    var isKernel: Bool { name == "kernel" }
  }

  let maps: [String: Map]
  let cases: [Case]

  func map(isSigned: Bool) -> Map { maps[isSigned ? "signed" : "unsigned"]! }

  static func load() throws -> BlockwiseFixture {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("adam8bit.json")
    return try JSONDecoder().decode(BlockwiseFixture.self, from: Data(contentsOf: path))
  }

  /// The script's weights.
  static func weights(_ count: Int) -> [Float] { (0..<count).map { Float((5 * $0) % 211 - 105) / 512 } }

  /// The script's gradients: numbers of many magnitudes and changing signs, one block huge, one tiny, one zero for two steps.
  static func gradients(_ test: Case, step: Int) -> [Float] {
    let exponents = [0, 0, 0, -1, -2, -4, -7, -11, -16, -22, -40, 5]
    let scales = [0, 20, -70, step > 2 ? 0 : -1_000, 0]
    return (0..<test.count).map { i in
      if test.isKernel, (i + step) % 97 == 0 { return [.nan, .infinity, -.infinity][i % 3] }
      let exponent = exponents[(5 * i + 3 * step) % exponents.count] + scales[i / test.block % scales.count]
      let number = (i + 2 * step) % 13 == 0 ? 0 : (1_237 * i + 2_311 * step + 13 * i * step) % 4_093 - 2_046
      return Float(Double(number) / 1_024 * Double(sign: .plus, exponent: exponent, significand: 1))
    }
  }
}

extension Data {
  /// The bytes as numbers of the machine's order.
  func elements<Element: FixedWidthInteger>() -> [Element] {
    let size = MemoryLayout<Element>.size
    return stride(from: 0, to: count, by: size).map { start in
      self[startIndex + start..<startIndex + start + size].reversed().reduce(0) { $0 << 8 | Element($1) }
    }
  }
}
