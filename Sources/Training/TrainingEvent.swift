import Foundation
import MemoryAccounting

/// What happens in a run, for those who watch it: a record, a progress line.
public enum TrainingEvent: Sendable {
  /// The run begins, or goes on after `step` updates that an earlier process made.
  case started(step: Int)
  /// An update was made.
  case step(StepMetrics)
  /// An evaluation was made after `step` updates.
  case evaluation(step: Int, EvaluationMetrics)
  /// The memory of an update or an evaluation that has just been told of; only of the first of each.
  case memory(MemoryTimeline.Part)
  /// Everything up to `step` updates is on disk; what observers have of it must be too, before this returns.
  case willCheckpoint(step: Int)
  /// The loss or the gradient of an update is not finite; the run ends here.
  case diverged(step: Int)
}

/// The numbers of one update. All but the last two are the same on every machine with the same arithmetic.
public struct StepMetrics: Equatable, Sendable {
  /// Updates made, this one included.
  public var step: Int
  /// Non-padding tokens seen in training so far.
  public var tokens: Int
  /// The loss of the update's batch, in nats a token.
  public var loss: Double
  /// The learning rate.
  public var learningRate: Double
  /// The norm of the gradient before clipping.
  public var gradientNorm: Double
  /// Seconds that the update took; not deterministic.
  public var seconds: Double
  /// Tensor bytes that are live; deterministic for a number of workers.
  public var liveBytes: Int
}

/// The numbers of one evaluation.
public struct EvaluationMetrics: Equatable, Sendable {
  /// The sum of the batches' mean losses over one more than their number: what the official code reports.
  public var paperLoss: Double
  /// The mean loss over all tokens, unbiased.
  public var correctedLoss: Double
  /// Batches.
  public var batches: Int
  /// Tokens that were predicted.
  public var targets: Int

  /// The perplexity that the official code reports.
  public var paperPerplexity: Double { exp(paperLoss) }
  /// The unbiased perplexity.
  public var correctedPerplexity: Double { exp(correctedLoss) }
}

/// What a run ends with.
public struct TrainingResult: Equatable, Sendable {
  /// Whether the run came to its end.
  public enum Status: Equatable, Sendable {
    /// All updates were made.
    case complete
    /// The loss or the gradient of this update was not finite.
    case diverged(step: Int)
  }

  /// How the run ended.
  public var status: Status
  /// Updates made.
  public var steps: Int
  /// Non-padding tokens seen.
  public var tokens: Int
  /// The last evaluation; nil if the run diverged.
  public var evaluation: EvaluationMetrics?
  /// Parameters that the run held, trained and frozen.
  public var parameters: Int
  /// The most bytes that were live, by category.
  public var peakBytes: [MemoryCategory: Int]
  /// The most bytes that were live at once.
  public var totalPeakBytes: Int
}
