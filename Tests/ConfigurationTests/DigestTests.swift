import Configuration
import Foundation
import TestSupport
import Testing

@Suite("SHA-256 digests")
struct DigestTests {
  @Test(
    "The vectors of FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func vectors(text: String, expected: String) {
    #expect(Digest(of: text).hexadecimal == expected)
    #expect(Digest(of: text).prefix(12) == String(expected.prefix(12)))
  }

  @Test("The long vector of FIPS 180-4: a million letters")
  func longVector() {
    #expect(
      Digest(of: String(repeating: "a", count: 1_000_000)).hexadecimal
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("A stream gives the same digest however it is cut")
  func stream() {
    let bytes = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    var stream = Digest.Stream()
    for range in [0..<1, 1..<20, 20..<20, 20..<26] {
      bytes[range].withUnsafeBytes { stream.update($0) }
    }
    #expect(stream.finish() == Digest(of: Data(bytes)))
  }

  @Test("A file has the digest of its bytes, and a missing one is reported")
  func files() throws {
    let path = NSTemporaryDirectory() + "digest-\(UUID().uuidString)"
    let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try bytes.write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try Digest(ofFile: path) == Digest(of: bytes))
    #expect(diagnosticText { try Digest(ofFile: "/nowhere/x") } == "/nowhere/x: error: cannot be read")
  }
}
