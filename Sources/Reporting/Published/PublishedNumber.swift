import Foundation

/// A number that somebody published, and how well we know that they did.
public struct PublishedNumber: Equatable, Sendable {
  /// How well a published number is known.
  public enum Status: String, CaseIterable, Sendable {
    /// Read in the paper's own text or figure.
    case confirmed
    /// Worked out from formulas and counts that the paper's text states.
    case derived
    /// Recalled; the paper's table was not available to check it.
    case recalled
    /// Taken by the paper from another paper, and read there.
    case copied
    /// Reported by somebody else than the authors, and not checked.
    case reported

    /// The mark beside the number; none for what is confirmed.
    public var mark: String {
      switch self {
      case .confirmed: ""
      case .derived: "ᵈ"
      case .recalled: "ʳ"
      case .copied: "ᶜ"
      case .reported: "ᵗ"
      }
    }

    /// What the mark means, for the legend.
    public var meaning: String {
      switch self {
      case .confirmed: "read in the paper's own text or figure"
      case .derived: "worked out from formulas and counts that the paper's text states"
      case .recalled: "recalled, check against the paper: its table was not available here"
      case .copied: "copied by the paper from another paper, and read there"
      case .reported: "reported by a third party, and not checked"
      }
    }
  }

  /// The number as it is printed: `18.80`.
  public let text: String
  /// The number.
  public let value: Double
  /// How well it is known.
  public let status: Status
  /// The key of its source.
  public let source: String
  /// The keys of the notes that concern it.
  public let notes: [String]
  /// Batches of the evaluation behind a perplexity, where they are not the size's own.
  public let evaluationBatches: Int?

  /// The number with the mark of its status.
  public var marked: String { text + status.mark }
}

/// What a published number can be of.
public enum PublishedQuantity: String, CaseIterable, Sendable {
  /// Validation perplexity, by the paper's protocol.
  case perplexity
  /// Parameters of the final model, in millions.
  case parameters
  /// Estimated memory, in G of 10⁹ bytes.
  case memory
  /// The part of the memory that parameters and indices take, in G.
  case parameterMemory
  /// The part of the memory that the optimizer takes, in G.
  case optimizerMemory
  /// The most memory that a run took, measured, in G.
  case peakMemory
  /// Tokens a second.
  case throughput
}

/// A group of columns of a published table: a size of the model.
public struct PublishedSize: Equatable, Sendable {
  /// The name: `60M`.
  public let label: String
  /// Training tokens as the table states them; nil where it is of something else.
  public let tokens: Double?
  /// Batches of one process's share of the evaluation, where there was one; the paper's code divides by one more.
  public let evaluationBatches: Int?
  /// The size of the vocabulary, which is the perplexity of a guess at random; nil where nothing is compared with that.
  public let vocabulary: Int?

  /// A perplexity by the paper's protocol as a mean over `batches` would give it: `exp(ln p · (n + 1)/n)`.
  ///
  /// - Source: the official code's `evaluate_model`, which starts its count of batches at one.
  public static func unbiased(_ perplexity: Double, batches: Int) -> Double {
    exp(log(perplexity) * Double(batches + 1) / Double(batches))
  }
}

/// Something a reader of published numbers must know.
public struct PublishedNote: Equatable, Sendable {
  /// Its key.
  public let id: String
  /// The sentence.
  public let text: String
}
