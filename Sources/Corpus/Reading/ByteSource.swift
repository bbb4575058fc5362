import CZip
import CZlib
import Configuration
import Foundation

/// Bytes that are read once, from the first to the last.
package protocol ByteSource: AnyObject {
  /// How messages name the source: a path, or `archive!member`.
  var name: String { get }
  /// Reads up to `buffer.count` bytes and returns how many; 0 at the end.
  ///
  /// - Throws: ``Diagnostic`` `.data` if the source is damaged.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ByteSource {
  /// All bytes that are left.
  package func readAll() throws -> Data {
    var data = Data()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while case let count = try read(into: buffer), count > 0 {
      data.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    return data
  }
}

/// A file's bytes.
package final class FileSource: ByteSource {
  package let name: String
  private let descriptor: Int32

  /// Opens a file.
  package init(path: String) throws {
    name = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Diagnostic.file(path, .data, "cannot be read: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw Diagnostic.file(name, .data, "cannot be read: \(String(cString: strerror(errno)))")
      }
      return count
    }
  }
}

/// Bytes in memory.
package final class MemorySource: ByteSource {
  package let name: String
  private var rest: ArraySlice<UInt8>

  /// Creates a source.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    rest = bytes[...]
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let piece = rest.prefix(buffer.count)
    buffer.copyBytes(from: piece)
    rest = rest.dropFirst(piece.count)
    return piece.count
  }
}

/// What another source's bytes unpack to, as gzip writes them; several packed streams in a row are one.
package final class GzipSource: ByteSource {
  package var name: String { packed.name }
  private let packed: any ByteSource
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private var stream = z_stream()
  private var isInsideStream = false
  private var isAtEnd = false

  /// Unpacks a source.
  package init(_ packed: any ByteSource) {
    self.packed = packed
    // 15 bits of window, 16 more for gzip's own header.
    let status = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib does not fit its header")
  }

  deinit {
    inflateEnd(&stream)
    input.deallocate()
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(buffer.count)
    while stream.avail_out > 0, !isAtEnd {
      if stream.avail_in == 0 { try refill() }
      if isAtEnd { break }
      isInsideStream = true
      switch inflate(&stream, Z_NO_FLUSH) {
      case Z_OK: continue
      case Z_STREAM_END:
        isInsideStream = false
        inflateReset(&stream)
      default:
        let reason = stream.msg.map { String(cString: $0) } ?? "unknown fault"
        throw Diagnostic.file(name, .data, "is not sound gzip data (\(reason)); fetch the file again")
      }
    }
    return buffer.count - Int(stream.avail_out)
  }

  private func refill() throws {
    let count = try packed.read(into: input)
    stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_in = UInt32(count)
    guard count == 0 else { return }
    guard !isInsideStream else {
      throw Diagnostic.file(name, .data, "ends in the middle of its gzip data; fetch the file again")
    }
    isAtEnd = true
  }
}

/// One member of a zip archive, unpacked as it is read.
package final class ZipMemberSource: ByteSource {
  package let name: String
  private let archive: OpaquePointer
  private let member: OpaquePointer

  /// Opens a member of an archive: a wheel is one.
  ///
  /// - Throws: ``Diagnostic`` `.data` if the archive is damaged or has no such member.
  package init(archive path: String, member memberPath: String) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      throw Diagnostic.file(path, .data, "is not a sound zip archive; fetch the file again")
    }
    guard let member = zip_fopen(archive, memberPath, 0) else {
      zip_discard(archive)
      throw Diagnostic.file(path, .data, "has no member '\(memberPath)'")
    }
    self.archive = archive
    self.member = member
    name = "\(path)!\(memberPath)"
  }

  deinit {
    zip_fclose(member)
    zip_discard(archive)
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = zip_fread(member, buffer.baseAddress, UInt64(buffer.count))
    guard count >= 0 else {
      let reason = zip_file_strerror(member).map { String(cString: $0) } ?? "unknown fault"
      throw Diagnostic.file(name, .data, "cannot be unpacked (\(reason)); fetch the archive again")
    }
    return Int(count)
  }
}
