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

  /// A digest that is written down; nil unless it is 64 hexadecimal digits.
  public init?(hexadecimal text: String) {
    guard text.utf8.count == 64, text.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else { return nil }
    hexadecimal = text.lowercased()
  }

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
    let digits = Array("0123456789abcdef".utf8)
    hexadecimal = String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
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
