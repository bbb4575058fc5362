import Foundation

/// What a complete record says of one training run.
public struct CellOutcome: Equatable, Sendable {
  /// How a run ended.
  public enum Status: Equatable, Sendable {
    /// All steps were made.
    case complete
    /// The loss was not finite at a step; nothing was evaluated.
    case diverged(step: Int)
  }

  /// The losses of an evaluation.
  public struct Evaluation: Equatable, Sendable {
    /// The loss as the authors' code reports it: the sum of the batches' means over their number plus one.
    public var paperLoss: Double
    /// The loss summed over tokens, over their number.
    public var correctedLoss: Double
    /// Batches of the evaluation.
    public var batches: Int
    /// Predicted tokens of the evaluation.
    public var tokens: Int

    /// Creates an evaluation.
    public init(paperLoss: Double, correctedLoss: Double, batches: Int, tokens: Int) {
      self.paperLoss = paperLoss
      self.correctedLoss = correctedLoss
      self.batches = batches
      self.tokens = tokens
    }

    /// `exp` of the corrected loss.
    public var perplexity: Double { exp(correctedLoss) }

    /// `exp` of the paper's loss.
    public var paperPerplexity: Double { exp(paperLoss) }
  }

  /// The record's folder name, the cell's identity at its end.
  public var id: String
  /// The record's folder, relative to the results of the scale: `runs/<id>`.
  public var recordPath: String
  /// The learning rate.
  public var learningRate: Double
  /// The seed.
  public var seed: UInt64
  /// How the run ended.
  public var status: Status
  /// The last evaluation; nil where the run diverged.
  public var evaluation: Evaluation?
  /// Updates made.
  public var steps: Int
  /// Training tokens seen, padding excluded.
  public var tokensSeen: Int
  /// Those that the model had seen which the run started from.
  public var tokensBefore = 0
  /// Numbers that are stored as parameters while training.
  public var parameterCount: Int
  /// The most bytes that were live at once, by category; `total` is the peak of their sum.
  public var peakBytes: [String: Int]
  /// The machine and the times; nil where the manifest is missing.
  public var manifest: RunManifest?

  /// Creates an outcome.
  public init(
    id: String, recordPath: String, learningRate: Double, seed: UInt64, status: Status, evaluation: Evaluation?,
    steps: Int, tokensSeen: Int, parameterCount: Int, peakBytes: [String: Int], manifest: RunManifest? = nil
  ) {
    self.id = id
    self.recordPath = recordPath
    self.learningRate = learningRate
    self.seed = seed
    self.status = status
    self.evaluation = evaluation
    self.steps = steps
    self.tokensSeen = tokensSeen
    self.parameterCount = parameterCount
    self.peakBytes = peakBytes
    self.manifest = manifest
  }

  /// Training tokens that the final model has seen, in this run and before.
  public var modelTokens: Int { tokensBefore + tokensSeen }

  /// The corrected loss, or infinity where the run diverged: what a choice among runs goes by.
  public var lossOrInfinity: Double {
    guard status == .complete, let loss = evaluation?.correctedLoss, loss.isFinite else { return .infinity }
    return loss
  }
}
