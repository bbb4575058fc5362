import Configuration
import Modeling

/// Options that several methods share, read with messages that say what would do.
extension SpecificationMapping {
  /// The rank, at most the smaller side of the model's smallest matrix.
  func rank(for model: LlamaConfiguration, atLeast lowest: Int = 1) throws -> Int {
    let rank = try integer("rank", in: lowest...)
    let highest = model.smallestDimension
    guard rank <= highest else {
      throw error(
        "rank",
        "rank \(rank) exceeds \(highest), the smaller side of the smallest matrix of model '\(model.name)'; "
          + "choose from \(lowest) to \(highest)")
    }
    return rank
  }

  /// A real number above 0.
  func positive(_ key: String, default fallback: Double? = nil) throws -> Double {
    let value = try number(key, default: fallback, in: 0...)
    guard value > 0 else { throw error(key, "'\(key)' is 0; expected a number above 0") }
    return value
  }
}
