import Configuration
import Foundation

/// A whole file as read-only memory: pages come in as they are read, and none of them counts as tensor memory.
final class MappedFile: @unchecked Sendable {
  /// The file's path as the user gave it.
  let path: String
  /// The file's bytes.
  let bytes: UnsafeRawBufferPointer

  /// Maps a file.
  ///
  /// - Throws: `Diagnostic` if there is no such file, or it is no plain file.
  init(path: String) throws {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Diagnostic.file(path, .data, "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic.file(path, .data, "is not a plain file; expected a safetensors file")
    }
    let count = Int(status.st_size)
    // An empty file cannot be mapped.
    guard count > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      throw Diagnostic.file(path, .data, "cannot be mapped: \(String(cString: strerror(errno)))")
    }
    bytes = UnsafeRawBufferPointer(start: base, count: count)
  }

  deinit {
    if let base = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
  }
}
