import Configuration
import Foundation

/// The losses of a run along its way, as its record keeps them.
public struct LossCurve: Equatable, Sendable {
  /// The token-weighted loss of every evaluation on held-out text.
  public var validation: [CurvePoint]
  /// The loss of every update on its own batch.
  public var training: [CurvePoint]

  /// Creates a curve.
  public init(validation: [CurvePoint], training: [CurvePoint]) {
    self.validation = validation
    self.training = training
  }

  /// Reads a record's `metrics.jsonl`.
  ///
  /// - Throws: `Diagnostic` if the file is missing or a line is damaged.
  public init(contentsOf path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Diagnostic.file(path, .data, "cannot be read; the record is not whole: delete its folder and run it again")
    }
    (validation, training) = ([], [])
    var tokens = 0
    for (number, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let value = try? ResolvedValue(json: Data(line), file: path) else {
        throw Diagnostic(
          .data, at: .init(file: path, line: number + 1), "is no JSON; delete the record's folder and run it again")
      }
      if let seen = value["tokens"]?.integerValue, let loss = value["loss"]?.doubleValue {
        tokens = seen
        training.append(CurvePoint(tokens: seen, loss: loss))
      } else if let loss = value["evaluation"]?["correctedLoss"]?.doubleValue {
        validation.append(CurvePoint(tokens: tokens, loss: loss))
      }
    }
  }

  /// The training loss as the mean of at most `count` equal stretches, each at its last token.
  public func smoothedTraining(_ count: Int) -> [CurvePoint] {
    guard !training.isEmpty else { return [] }
    let stretches = min(count, training.count)
    return (0..<stretches).map { index in
      let stretch = training[(index * training.count / stretches)..<((index + 1) * training.count / stretches)]
      let mean = stretch.reduce(0) { $0 + $1.loss } / Double(stretch.count)
      return CurvePoint(tokens: stretch[stretch.endIndex - 1].tokens, loss: mean)
    }
  }
}
