import Configuration
import Foundation

/// A lock between processes, on a file; the system releases it when its holder ends, however it ends.
package enum FileLock {
  /// Runs `body` while no other process holds the lock; `onWait` is called once if that takes a wait.
  ///
  /// - Throws: ``Diagnostic`` `.cannotWrite` if the lock file cannot be made; what `body` throws.
  package static func withLock<Result>(_ path: String, onWait: () -> Void, _ body: () throws -> Result) throws -> Result
  {
    try AtomicFileWriter.makeFolder((path as NSString).deletingLastPathComponent)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Diagnostic.file(path, .cannotWrite, "the lock cannot be made: \(String(cString: strerror(errno)))")
    }
    defer {
      // Closing alone would leave the lock to a child that another thread has forked and that has not yet become its
      // program.
      flock(descriptor, LOCK_UN)
      close(descriptor)
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      onWait()
      while flock(descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else {
          throw Diagnostic.file(path, .cannotWrite, "cannot be locked: \(String(cString: strerror(errno)))")
        }
      }
    }
    return try body()
  }
}
