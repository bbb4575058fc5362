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

  /// Checks that every matrix of a model has room for a sparse part of a density, and that none of these is empty.
  func checkSupport(density: Double, for model: LlamaConfiguration) throws {
    let sizes = model.sites.map { $0.inputs * $0.outputs }
    guard sizes.allSatisfy({ $0 <= SparseSupport.mostEntries }) else {
      throw node.error(
        "a position in a matrix takes 32 bits at most, and the largest of model '\(model.name)' has \(sizes.max()!) entries; "
          + "expected up to \(SparseSupport.mostEntries)")
    }
    let smallest = sizes.min() ?? 0
    guard SLTrain.supportSize(of: smallest, density: density) > 0 else {
      throw error(
        "density",
        "density \(density) keeps none of the \(smallest) entries of the smallest matrix; choose a larger one")
    }
  }

  /// A real number above 0.
  func positive(_ key: String, default fallback: Double? = nil) throws -> Double {
    let value = try number(key, default: fallback, in: 0...)
    guard value > 0 else { throw error(key, "'\(key)' is 0; expected a number above 0") }
    return value
  }
}
