import Configuration
import Foundation

/// A file that appears under its name whole or not at all.
///
/// Bytes go to a temporary file beside it, through a buffer; ``commit()`` syncs it and gives it its name. A writer that
/// is dropped without a commit leaves nothing behind, and what a killed process left is removed by the next writer of the
/// same file.
package final class AtomicFileWriter {
  /// The name that the file will have.
  package let path: String
  /// How many bytes have been written.
  package private(set) var byteCount = 0
  private let temporaryPath: String
  /// Locked as long as it is open: by this another process knows that the temporary file is no leftover.
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 18

  /// The ending of temporary names, by which leftovers of a killed process are found.
  package static let temporarySuffix = ".partial"

  /// Starts a file; its folder is made if it is not there.
  ///
  /// - Throws: ``Diagnostic`` `.cannotWrite`.
  package init(path: String) throws {
    self.path = path
    try Self.makeFolder((path as NSString).deletingLastPathComponent)
    Self.removeLeftovers(of: path)
    (temporaryPath, descriptor) = try Self.openTemporary(for: path)
    buffer.reserveCapacity(Self.bufferSize)
  }

  private static func openTemporary(for path: String) throws -> (path: String, descriptor: Int32) {
    while true {
      let temporary = "\(path).\(UInt64.random(in: 0...(.max)))\(temporarySuffix)"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw failure(path) }
      var status = stat()
      guard flock(descriptor, LOCK_EX) == 0, fstat(descriptor, &status) == 0 else {
        let fault = failure(path)
        close(descriptor)
        unlink(temporary)
        throw fault
      }
      if status.st_nlink > 0 { return (temporary, descriptor) }
      // Another process took it for a leftover before it was locked.
      close(descriptor)
    }
  }

  /// Removes the temporary files of writers of a file whose processes were killed.
  package static func removeLeftovers(of path: String) {
    let folder = (path as NSString).deletingLastPathComponent
    let start = (path as NSString).lastPathComponent + "."
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    for name in names where name.hasPrefix(start) && name.hasSuffix(temporarySuffix) {
      let leftover = (folder as NSString).appendingPathComponent(name)
      let descriptor = open(leftover, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(leftover) }
    }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporaryPath)
  }

  /// Appends bytes.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    byteCount += bytes.count
    if buffer.count + bytes.count > Self.bufferSize { try flush() }
    if bytes.count > Self.bufferSize {
      try put(bytes)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  /// Appends a number, least significant byte first.
  package func write(_ value: some FixedWidthInteger) throws {
    try withUnsafeBytes(of: value.littleEndian) { try write($0) }
  }

  /// Replaces bytes that have been written before, for a header that is known last.
  package func rewrite(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    try flush()
    guard pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset)) == bytes.count else {
      throw Self.failure(path)
    }
  }

  /// Syncs the file and gives it its name.
  ///
  /// - Parameter isSynced: Whether the file must outlive a power failure; a note that can be made again need not.
  package func commit(isSynced: Bool = true) throws {
    try flush()
    // The lock is held until the file has its name. What fails here leaves nothing behind, as a dropped writer.
    guard !isSynced || fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else { throw Self.failure(path) }
    close(descriptor)
    descriptor = -1
    guard isSynced else { return }
    let folder = (path as NSString).deletingLastPathComponent
    let folderDescriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
    if folderDescriptor >= 0 {
      fsync(folderDescriptor)
      close(folderDescriptor)
    }
  }

  /// Writes a whole file at once.
  package static func write(_ bytes: some Sequence<UInt8>, to path: String, isSynced: Bool = true) throws {
    let writer = try AtomicFileWriter(path: path)
    try Array(bytes).withUnsafeBytes { try writer.write($0) }
    try writer.commit(isSynced: isSynced)
  }

  /// Makes a folder and those above it.
  package static func makeFolder(_ path: String) throws {
    guard !path.isEmpty else { return }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic.file(path, .cannotWrite, "the folder cannot be made; choose another place or free the name")
    }
  }

  private func flush() throws {
    try buffer.withUnsafeBytes { try put($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path) }
      rest = rest.dropFirst(count)
    }
  }

  private static func failure(_ path: String) -> Diagnostic {
    Diagnostic.file(path, .cannotWrite, "cannot be written: \(String(cString: strerror(errno)))")
  }
}
