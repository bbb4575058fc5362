import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Golden losses")
struct GoldenLossTests {
  @Test(
    "A refactor leaves every loss as it is, to the last bit", .enabled(if: Numerics.blasCore == Numerics.pinnedCore),
    arguments: SmallRuns.methods.merging(SmallRuns.residuals) { $1 }.keys.sorted())
  func losses(method: String) throws {
    let losses = try SmallRuns.outcome(SmallRuns.specification(method: method)).losses
    let text = losses.enumerated().map { "\($0.offset + 1) \($0.element)\n" }.joined()
    try Golden.expect(text, in: "\(method).txt")
  }
}
