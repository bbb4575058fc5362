import Reporting
import Testing

@Suite("Numbers as text") struct DecimalTextTests {
  @Test(
    "A number is rounded half up on its decimal digits",
    arguments: [
      (0.125, 2, "0.13"), (2.675, 2, "2.68"), (1.005, 2, "1.01"), (34.064999, 2, "34.06"), (99.995, 2, "100.00"),
      (0.004999, 2, "0.00"), (0.005, 2, "0.01"), (1e-7, 2, "0.00"), (7, 2, "7.00"), (1339.08, 0, "1339"),
      (0.5, 0, "1"), (9.5, 0, "10"), (1.5e-3, 3, "0.002"), (123456.789, 1, "123456.8"), (-0.125, 2, "−0.13"),
      (-0.001, 2, "0.00"), (3.5307, 4, "3.5307"), (0, 2, "0.00"),
    ])
  func fixed(value: Double, places: Int, text: String) {
    #expect(DecimalText.fixed(value, places: places) == text)
  }

  @Test("A number that is not finite is named, and one beyond all digits keeps its exponent")
  func extremes() {
    #expect(DecimalText.fixed(.infinity, places: 2) == "∞")
    #expect(DecimalText.fixed(-.infinity, places: 2) == "−∞")
    #expect(DecimalText.fixed(.nan, places: 2) == "not a number")
    #expect(DecimalText.fixed(1e300, places: 2) == "1e+300")
  }

  @Test("Bytes are counted in hundredths of 10⁹, rounded half up")
  func bytes() {
    #expect(DecimalText.hundredthsOfG(bytes: 85_000_000) == 9)
    #expect(DecimalText.hundredthsOfG(bytes: 84_999_999) == 8)
    #expect(DecimalText.hundredths(804) == "8.04")
    #expect(DecimalText.hundredths(60) == "0.60")
    #expect(DecimalText.hundredths(-1) == "−0.01")
  }

  @Test(
    "A count has three significant digits and a prefix",
    arguments: [(1.1e9, "1.10 G"), (58_074_624, "58.1 M"), (58_070, "58.1 k"), (999, "999"), (0.5, "0.500")])
  func count(value: Double, text: String) {
    #expect(DecimalText.count(value) == text)
  }
}
