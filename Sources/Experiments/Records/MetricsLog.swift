import Configuration
import Foundation

/// The file that a run's numbers are appended to: one line of JSON an update and one an evaluation, nothing in it that
/// another run of the same cell could have otherwise.
final class MetricsLog {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var written = 0

  /// Opens the file, which is made if it is not there, and cuts it to a length.
  ///
  /// - Parameter length: what a checkpoint vouches for; lines after it are of a run that was killed, and come again.
  init(path: String, length: Int) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path) }
    let found = Int(lseek(descriptor, 0, SEEK_END))
    guard found >= length else {
      close(descriptor)
      throw Diagnostic.file(
        path, .data,
        "holds \(found) bytes, and its checkpoint was made after \(length); delete its folder to train from the start")
    }
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, off_t(length), SEEK_SET) == length else {
      close(descriptor)
      throw Self.failure(path)
    }
    written = length
  }

  deinit { close(descriptor) }

  /// Bytes of the file once all lines are written.
  var length: Int { written + buffer.count }

  /// Appends a line.
  func append(_ line: ResolvedValue) throws {
    buffer += Array((line.canonicalJSON + "\n").utf8)
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Writes what is buffered and waits until the disk has it.
  func sync() throws {
    try flush()
    guard fsync(descriptor) == 0 else { throw Self.failure(path) }
  }

  private func flush() throws {
    var rest = buffer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path) }
      rest = rest.dropFirst(count)
      written += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func failure(_ path: String) -> Diagnostic {
    Diagnostic.file(path, .cannotWrite, "cannot be written: \(String(cString: strerror(errno)))")
  }
}
