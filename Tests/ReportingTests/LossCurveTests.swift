import Reporting
import TestSupport
import Testing

@Suite("Loss curves") struct LossCurveTests {
  @Test("A record's lines give the losses of updates, and of evaluations at the tokens of the update before")
  func reading() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"evaluation":{"batches":2,"correctedLoss":8.5,"paperLoss":5.6,"tokens":90},"step":0}
      {"gradientNorm":1.5,"learningRate":0.001,"loss":8.25,"step":1,"tokens":120}
      {"gradientNorm":1.5,"learningRate":0.001,"loss":8.0,"step":2,"tokens":250}
      {"evaluation":{"batches":2,"correctedLoss":7.75,"paperLoss":5.1,"tokens":90},"step":2}
      {"diverged":true,"step":3}

      """, to: "metrics.jsonl")
    let curve = try LossCurve(contentsOf: folder.path + "/metrics.jsonl")
    #expect(curve.training == [CurvePoint(tokens: 120, loss: 8.25), CurvePoint(tokens: 250, loss: 8)])
    #expect(curve.validation == [CurvePoint(tokens: 0, loss: 8.5), CurvePoint(tokens: 250, loss: 7.75)])
  }

  @Test("A damaged line and a missing file are named")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/metrics.jsonl"
    #expect(diagnosticText { try LossCurve(contentsOf: file) }.hasPrefix("\(file): error: cannot be read"))
    try folder.write("{\"step\":1,\"tokens\":2,\"loss\":3}\n{\"step\":2,\"tok\n", to: "metrics.jsonl")
    #expect(diagnosticText { try LossCurve(contentsOf: file) }.hasPrefix("\(file):2: error: is no JSON"))
  }

  @Test("The mean of curves is taken update by update, though each seed has seen other numbers of tokens by then")
  func mean() {
    let curves = [[(0, 9.0), (10, 8), (20, 6)], [(0, 9.0), (12, 7), (30, 5), (40, 4)]].map { curve in
      curve.map { CurvePoint(tokens: $0.0, loss: $0.1) }
    }
    #expect(CurvePoint.mean(of: curves) == [(0, 9), (11, 7.5), (25, 5.5)].map { CurvePoint(tokens: $0.0, loss: $0.1) })
    #expect(CurvePoint.mean(of: []).isEmpty)
  }

  @Test("A smoothed curve has the mean of each stretch at its last token, and all of them have near the same length")
  func smoothed() {
    let training = (1...7).map { CurvePoint(tokens: $0, loss: Double($0)) }
    let curve = LossCurve(validation: [], training: training)
    #expect(curve.smoothedTraining(3).map(\.tokens) == [2, 4, 7])
    #expect(curve.smoothedTraining(3).map(\.loss) == [1.5, 3.5, 6])
    #expect(curve.smoothedTraining(100) == training)
  }
}
