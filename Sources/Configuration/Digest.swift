import CCrypto
import Foundation

/// A SHA-256 digest, computed by libcrypto.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public let hexadecimal: String

  /// The digest's hexadecimal digits.
  public var description: String { hexadecimal }

  /// The first `count` hexadecimal digits, for names of folders.
  public func prefix(_ count: Int) -> String { String(hexadecimal.prefix(count)) }

  /// The digest of a text's UTF-8 bytes.
  public init(of text: String) { self.init(of: Data(text.utf8)) }

  /// The digest of some bytes.
  public init(of data: Data) {
    var stream = Stream()
    data.withUnsafeBytes { stream.update($0) }
    self = stream.finish()
  }

  /// The digest of a file, read in pieces.
  ///
  /// - Throws: ``Diagnostic`` if the file cannot be read.
  public init(ofFile path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Diagnostic.file(path, .data, "cannot be read")
    }
    defer { try? handle.close() }
    var stream = Stream()
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
      piece.withUnsafeBytes { stream.update($0) }
    }
    self = stream.finish()
  }

  private init(bytes: [UInt8]) {
    hexadecimal = bytes.map { String(format: "%02x", $0) }.joined()
  }

  /// A digest in the making.
  public struct Stream: ~Copyable {
    private let context: OpaquePointer

    /// Starts a digest.
    public init() {
      context = EVP_MD_CTX_new()
      precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto has no SHA-256")
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
      EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// Ends the digest; the stream is spent.
    public mutating func finish() -> Digest {
      var bytes = [UInt8](repeating: 0, count: 32)
      EVP_DigestFinal_ex(context, &bytes, nil)
      return Digest(bytes: bytes)
    }
  }
}
