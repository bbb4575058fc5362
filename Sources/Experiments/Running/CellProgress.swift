import Configuration
import Foundation

/// How far a running cell has come: what a child process says on its standard output, one line of JSON at a time.
public struct CellProgress: Equatable, Sendable {
  /// Updates made.
  public var step: Int
  /// Updates of the whole run.
  public var steps: Int
  /// The loss of the last update.
  public var loss: Double
  /// Training tokens a second since the process began.
  public var tokensPerSecond: Double
  /// Tensor bytes that are live.
  public var liveBytes: Int

  /// Creates a report.
  public init(step: Int, steps: Int, loss: Double, tokensPerSecond: Double, liveBytes: Int) {
    self.step = step
    self.steps = steps
    self.loss = loss
    self.tokensPerSecond = tokensPerSecond
    self.liveBytes = liveBytes
  }

  /// Reads a line; nil where it is none of ours.
  public init?(line: String) {
    guard let value = try? ResolvedValue(json: Data(line.utf8), file: ""), let step = value["step"]?.integerValue,
      let steps = value["steps"]?.integerValue, let loss = value["loss"]?.realValue,
      let speed = value["tokensPerSecond"]?.realValue, let bytes = value["liveBytes"]?.integerValue
    else { return nil }
    self.init(step: step, steps: steps, loss: loss, tokensPerSecond: speed, liveBytes: bytes)
  }

  /// The line, without its end.
  public var line: String {
    ResolvedValue.object([
      "step": .integer(step), "steps": .integer(steps), "loss": .number(loss),
      "tokensPerSecond": .number(tokensPerSecond), "liveBytes": .integer(liveBytes),
    ]).canonicalJSON
  }
}
