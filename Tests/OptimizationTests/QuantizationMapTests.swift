import Foundation
import Optimization
import Testing

@Suite("Maps of 8-bit codes")
struct QuantizationMapTests {
  @Test("A dynamic map has the numbers that its definition gives by hand", arguments: QuantizationMap.Choice.allCases)
  func literals(choice: QuantizationMap.Choice) {
    let signed = QuantizationMap.dynamic(isSigned: true, choice: choice)
    #expect(signed.zero == 127 && signed.values[127] == 0 && signed.values[255] == 1)
    #expect(abs(signed.values[0] + 0.99296875) < 1e-7 && abs(signed.values[254] - 0.99296875) < 1e-7)
    #expect(abs(signed.values[128] - 5.5e-7) < 1e-13 && signed.values[126] == -signed.values[128])
    let unsigned = QuantizationMap.dynamic(isSigned: false, choice: choice)
    #expect(unsigned.zero == 0 && unsigned.values[0] == 0 && unsigned.values[255] == 1)
    for (found, expected) in zip(unsigned.values[1...3], [3.25e-7, 7.75e-7, 2.125e-6]) {
      #expect(abs(Double(found) - expected) < 1e-12)
    }
  }

  @Test("A dynamic map has the library's bits", arguments: [true, false])
  func matchesLibrary(isSigned: Bool) throws {
    let expected = try BlockwiseFixture.load().map(isSigned: isSigned).values
    #expect(expected.count == 256)
    for choice in QuantizationMap.Choice.allCases {
      #expect(QuantizationMap.dynamic(isSigned: isSigned, choice: choice).values.map(\.bitPattern) == expected)
    }
  }

  @Test(
    "Numbers midway between two entries, just below and just above take the library's codes", arguments: [true, false])
  func boundaries(isSigned: Bool) throws {
    let map = QuantizationMap.dynamic(isSigned: isSigned, choice: .cpu)
    let middles = zip(map.values, map.values.dropFirst()).map { ($0 + $1) / 2 }
    let expected = try BlockwiseFixture.load().map(isSigned: isSigned).boundaries
    #expect(expected.count == 3)
    for (numbers, codes) in zip([middles, middles.map(\.nextDown), middles.map(\.nextUp)], expected) {
      let found = QuantizedBlock(numbers + [1], map)
      #expect(found.codes == codes && found.absmax == 1)
    }
  }

  @Test("The kernel's rule gives a tie to the even entry, and a number below zero never the code of zero")
  func kernelRule() {
    for isSigned in [true, false] {
      let map = QuantizationMap.dynamic(isSigned: isSigned)
      let middles = zip(map.values, map.values.dropFirst()).map { ($0 + $1) / 2 }
      let codes = QuantizedBlock(middles + [1], map).codes
      for entry in 0..<255 where !(isSigned && entry == 126) { #expect(Int(codes[entry]) == entry + entry % 2) }
    }
    let map = QuantizationMap.dynamic(isSigned: true)
    let codes = QuantizedBlock([1, -1e-30, -0.0, 0, 1e-30, -2.7e-7, 2.7e-7, -2.8e-7, 2.8e-7], map).codes
    #expect(codes == [255, 126, 126, 127, 127, 126, 127, 126, 128])
  }

  @Test("Every entry keeps its code, at any scale", arguments: [0, -120, 100])
  func entriesKeepTheirCodes(exponent: Int) {
    let scale = Float(sign: .plus, exponent: exponent, significand: 1)
    for isSigned in [true, false] {
      for choice in QuantizationMap.Choice.allCases {
        let map = QuantizationMap.dynamic(isSigned: isSigned, choice: choice)
        let block = QuantizedBlock(map.values.map { $0 * scale }, map)
        #expect(block.codes.map(Int.init) == Array(0..<256) && block.absmax == scale)
      }
    }
  }
}
