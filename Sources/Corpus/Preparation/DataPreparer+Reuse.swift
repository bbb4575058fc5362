import Configuration
import Files
import Foundation

/// What keeps the cache sound: reuse, rebuilding of what is damaged, one builder at a time.
extension DataPreparer {
  /// What is in the cache, or built anew if it is not there or damaged.
  ///
  /// The lock is taken only to build, and what another process has built meanwhile is taken.
  func reused<Product>(
    _ name: String, _ open: () throws -> Product?, orBuilt build: () throws -> Product?
  ) throws -> Product {
    if let product = try? open() { return product }
    return try locked {
      do {
        if let product = try open() { return product }
      } catch let fault as Diagnostic where fault.kind == .data {
        report(.message("\(fault.place?.file ?? name): \(fault.message); it is built anew"))
      }
      guard let product = try build() else {
        throw Diagnostic.file(name, .cannotWrite, "is not there after it was written; does something clear the cache?")
      }
      return product
    }
  }

  /// Whether a fault is one of the intermediate files of documents.
  func isOfDocuments(_ fault: Diagnostic) -> Bool {
    guard let file = fault.place?.file else { return false }
    return file.hasPrefix(cacheRoot + "/corpora/") && file.hasSuffix(".documents")
  }

  /// Makes the corpus of a damaged file of documents one that has to be read again.
  func forgetDocuments(_ fault: Diagnostic) throws {
    let folder = ((fault.place?.file ?? "") as NSString).deletingLastPathComponent
    try locked { _ = unlink(ExtractedCorpus.summaryPath(in: folder)) }
  }

  /// Runs `body` while no other process builds in this cache root.
  func locked<Result>(_ body: () throws -> Result) throws -> Result {
    let onWait = { report(.message("another process is preparing data in \(cacheRoot); waiting for it")) }
    return try FileLock.withLock(cacheRoot + "/corpus.lock", onWait: onWait) {
      removeLeftovers()
      return try body()
    }
  }

  /// Removes what a killed process has left; the lock's holder is the only one that writes in these folders.
  private func removeLeftovers() {
    for folder in ["downloads", "corpora", "tokenizers", "tokens"].map({ "\(cacheRoot)/\($0)" }) {
      let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
      for name in names where name.hasSuffix(AtomicFileWriter.temporarySuffix) || name.hasPrefix("incoming-") {
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
    }
  }
}
