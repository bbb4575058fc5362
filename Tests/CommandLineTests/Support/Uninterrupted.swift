import Foundation

/// The tiny table, run once from start to end for all tests that compare with it: one cell at a time, on one thread.
struct Uninterrupted: Sendable {
  let project: TinyProject
  let outcome: Outcome
  let results: FolderContents

  static let shared = Result { try Uninterrupted() }

  private init() throws {
    // Among the build's products, where the next test run finds and replaces it: it has to last as long as the process.
    let place = (Program.path as NSString).deletingLastPathComponent + "/CommandLineTests.project"
    try? FileManager.default.removeItem(atPath: place)
    project = try TinyProject(at: place)
    outcome = try project.reproduce("--jobs", "1", "--workers", "1")
    results = project.results
  }
}
