import Foundation

/// The places of the repository that tests read.
public enum Repository {
  /// The repository's root.
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The folder of shipped specifications.
  public static let experiments = root + "/experiments"
}
