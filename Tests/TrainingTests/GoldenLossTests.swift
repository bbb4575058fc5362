import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Golden losses")
struct GoldenLossTests {
  /// Set this environment variable to write the losses anew; a change of numerics does that in a commit of its own.
  private static let recordVariable = "SLTRAIN_RECORD_GOLDEN"

  @Test(
    "A refactor leaves every loss as it is, to the last bit", .enabled(if: Numerics.blasCore == Numerics.pinnedCore),
    arguments: SmallRuns.methods.keys.sorted())
  func losses(method: String) throws {
    let losses = try SmallRuns.outcome(SmallRuns.specification(method: method)).losses
    let text = losses.enumerated().map { "\($0.offset + 1) \($0.element)\n" }.joined()
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(method).txt")
    if ProcessInfo.processInfo.environment[Self.recordVariable] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    for (found, expected) in zip(text.split(separator: "\n"), golden.split(separator: "\n")) {
      #expect(found == expected)
    }
    #expect(text == golden)
  }
}
