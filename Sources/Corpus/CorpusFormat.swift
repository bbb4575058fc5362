/// What the data's identity depends on beside the specification.
public enum CorpusFormat {
  /// Raised with every change that moves a document, a split, a token or a row: readers, cleaning, the split's hash,
  /// the tokenizer's training, packing. Part of the identity of every cell that reads text.
  public static let version = 1
}

/// The three parts of a corpus.
public enum Split: String, CaseIterable, Sendable {
  /// What is trained on.
  case train
  /// Held out of the training data, for the choice of a learning rate.
  case tuning
  /// What every reported perplexity is measured on.
  case validation
}
