import ArgumentParser

/// The threads that a user may ask for.
enum Threads {
  private static let range = 1...1024

  /// - Throws: `ValidationError` if there are none, or more than any machine has.
  static func check(_ workers: Int) throws {
    guard range.contains(workers) else {
      throw ValidationError("--workers must be from \(range.lowerBound) to \(range.upperBound)")
    }
  }
}
