/// How fast a machine of which nothing is known is taken to be, for estimates of time.
package enum ExpectedRate {
  /// Floating-point operations a second and thread: what large products reach on a core of some years ago.
  private static let operations = 7e10

  /// Seconds that a number of floating-point operations may take.
  package static func seconds(_ operations: Double, workers: Int) -> Double {
    operations / (Self.operations * Double(workers))
  }
}
