/// Finds the known name that a mistyped one was meant to be.
public enum Suggestion {
  /// The paper's letters and common spellings, each with the name that a specification uses.
  private static let synonyms = [
    "delta": "density", "dleta": "density", "sparsity": "density", "r": "rank", "lr": "learningRate",
    "learning_rate": "learningRate", "d": "hiddenSize", "hidden_size": "hiddenSize",
    "intermediate_size": "intermediateSize", "batch_size": "batch", "warmup": "warmupSteps", "wd": "weightDecay",
    "weight_decay": "weightDecay", "gap": "updateGap", "update_proj_gap": "updateGap", "lora_alpha": "alpha",
  ]

  /// The nearest of `known`, or nil if none is near.
  public static func nearest(to name: String, in known: some Sequence<String>) -> String? {
    let known = Array(known)
    if let synonym = synonyms[name], known.contains(synonym) { return synonym }
    let limit = max(1, min(3, name.count / 2))
    return known.map { ($0, distance($0.lowercased(), name.lowercased())) }
      .filter { $0.1 <= limit }
      .min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }

  /// A clause for an error message: a guess where there is one, else the known names.
  public static func clause(for name: String, in known: some Sequence<String>) -> String {
    if let guess = nearest(to: name, in: known) { return "did you mean '\(guess)'?" }
    return "known: " + known.sorted().joined(separator: ", ")
  }

  /// The Damerau-Levenshtein distance (adjacent transpositions count as one).
  static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.unicodeScalars)
    let b = Array(right.unicodeScalars)
    var rows = [Array(0...b.count)]
    for i in 1...max(1, a.count) where i <= a.count {
      var row = [i] + Array(repeating: 0, count: b.count)
      for j in 1...max(1, b.count) where j <= b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], rows[i - 2][j - 2] + 1) }
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
