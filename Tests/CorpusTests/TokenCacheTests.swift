import Configuration
import Corpus
import Files
import Foundation
import Tensors
import Testing

@Suite("Token caches and files of ids")
struct TokenCacheTests {
  private let folder = TestFolder()
  private let corpus = Digest(of: "corpus")
  private let tokenizer: SentencePieceTokenizer

  init() throws {
    let model = try TokenizerTraining.train(on: Texts.documents(200), vocabularySize: 300)
    tokenizer = try SentencePieceTokenizer(model: model, name: "test.model")
  }

  private var ledger: DigestLedger { DigestLedger(cacheRoot: folder.path) }

  private func write(_ documents: [[Int32]]) throws -> String {
    let path = "\(folder.path)/x.tokens"
    let writer = try TokenCacheWriter(path: path, identity: .init(corpus: corpus, tokenizer: tokenizer))
    try documents.forEach(writer.append)
    try writer.commit()
    return path
  }

  private func open(_ path: String) throws -> TokenCache {
    try TokenCache(path: path, corpus: corpus, tokenizer: tokenizer.digest, ledger: ledger)
  }

  private struct Row: Equatable {
    var tokens: [Int32]
    var targets: [Int32]
  }

  private func row(_ rows: any TokenRows, _ row: Int) -> Row {
    var tokens = [Int32](repeating: -9, count: rows.length)
    var targets = tokens
    tokens.withUnsafeMutableBufferPointer { tokens in
      targets.withUnsafeMutableBufferPointer { rows.copyRow(row, tokens: tokens, targets: $0) }
    }
    return Row(tokens: tokens, targets: targets)
  }

  @Test("A document a row: its end piece last, padding and a cut document's rest never a target")
  func documentPacking() throws {
    let cache = try open(write([[11, 12], [21, 22, 23, 24, 25, 26], [31, 32, 33, 34], []]))
    #expect(cache.documentCount == 4 && cache.tokenCount == 16)
    let rows = cache.rows(.document, length: 5, digest: Digest(of: "d"))
    #expect(rows.rowCount == 4 && rows.length == 5 && rows.vocabularySize == 300)
    #expect(row(rows, 0) == Row(tokens: [11, 12, 1, 0, 0], targets: [12, 1, -1, -1, -1]))
    #expect(row(rows, 1) == Row(tokens: [21, 22, 23, 24, 1], targets: [22, 23, 24, 1, -1]))
    #expect(row(rows, 2) == Row(tokens: [31, 32, 33, 34, 1], targets: [32, 33, 34, 1, -1]))
    #expect(row(rows, 3) == Row(tokens: [1, 0, 0, 0, 0], targets: [-1, -1, -1, -1, -1]))
    #expect((0..<4).map(rows.tokenCount(ofRow:)) == [3, 5, 5, 1])
  }

  @Test("Packed rows are documents joined by end pieces, without the rest that fills no row")
  func packedPacking() throws {
    let cache = try open(write([[11, 12], [21, 22, 23, 24, 25, 26], [31]]))
    let rows = cache.rows(.packed, length: 5, digest: Digest(of: "d"))
    #expect(rows.rowCount == 2)
    #expect(row(rows, 0) == Row(tokens: [11, 12, 1, 21, 22], targets: [12, 1, 21, 22, -1]))
    #expect(row(rows, 1) == Row(tokens: [23, 24, 25, 26, 1], targets: [24, 25, 26, 1, -1]))
    #expect(rows.tokenCount(ofRow: 1) == 5)
  }

  @Test("A file of documents gives the same cache with one worker and with two")
  func workers() throws {
    let documents = "\(folder.path)/train.documents"
    let writer = try DocumentFile.Writer(path: documents, digest: corpus)
    let texts = Texts.documents(500)
    try texts.forEach { try writer.append(Array($0.utf8)) }
    try writer.commit()
    for count in 1...2 {
      var done = 0
      try TokenCacheWriter.build(
        "\(folder.path)/\(count).tokens", from: documents, corpus: corpus, tokenizer: tokenizer, workers: Workers(count)
      ) { done += $0 }
      #expect(done == 500)
    }
    #expect(try folder.bytes("1.tokens") == folder.bytes("2.tokens"))
    let rows = try open("\(folder.path)/1.tokens").rows(.document, length: 256, digest: Digest(of: "d"))
    for index in [0, 17, 499] { #expect(try tokenizer.decode(row(rows, index).tokens) == texts[index]) }
  }

  @Test(
    "A damaged cache is refused, and the message says how",
    arguments: [
      ("truncated", "bytes; its header says"), ("longer", "bytes; its header says"), ("empty", "is not one"),
      ("magic", "is not one"), ("version", "has version 0; expected 1"), ("token", "checksum"), ("end", "checksum"),
      ("vocabulary", "checksum"), ("corpus", "another corpus"), ("count", "contradicts its size"),
    ])
  func damage(kind: String, message: String) throws {
    let path = try write([[11, 12], [21, 22, 23]])
    _ = try open(path)
    var bytes = try folder.bytes("x.tokens")
    #expect(bytes.count == 120 + 7 * 2 + 2 * 8)
    switch kind {
    case "truncated": bytes.removeLast(3)
    case "longer": bytes.append(0)
    case "empty": bytes = []
    case "magic": bytes[0] ^= 1
    case "version": bytes[8] = 0
    case "token": bytes[122] ^= 1
    case "end": bytes[bytes.count - 8] ^= 1
    case "vocabulary": bytes[20] ^= 1
    case "corpus": bytes[56] ^= 1
    default: bytes[32] ^= 1
    }
    try folder.write("x.tokens", bytes)
    let fault = try diagnostic { _ = try open(path) }
    #expect(fault.kind == .data && fault.place?.file == path && fault.message.contains(message), "\(fault)")
  }

  @Test("A file of documents that is damaged anywhere is noticed when it is read")
  func documentDamage() throws {
    let path = "\(folder.path)/x.documents"
    func read() throws -> [String] {
      var texts: [String] = []
      try DocumentFile.forEach(path, digest: corpus) { texts.append(String(decoding: $0, as: UTF8.self)) }
      return texts
    }
    let writer = try DocumentFile.Writer(path: path, digest: corpus)
    try ["one", "", "three"].forEach { try writer.append(Array($0.utf8)) }
    #expect(!FileManager.default.fileExists(atPath: path))
    try writer.commit()
    #expect(try read() == ["one", "", "three"])
    let sound = try folder.bytes("x.documents")
    for position in sound.indices {
      var bytes = sound
      bytes[position] ^= 0x10
      try folder.write("x.documents", bytes)
      #expect(try diagnostic { _ = try read() }.place?.file == path, "byte \(position)")
    }
    for count in 0..<sound.count {
      try folder.write("x.documents", sound.prefix(count))
      #expect(try diagnostic { _ = try read() }.kind == .data, "\(count) bytes")
    }
  }

  @Test("A writer that is dropped leaves nothing behind")
  func dropped() throws {
    do {
      let writer = try AtomicFileWriter(path: "\(folder.path)/sub/y")
      try [UInt8](repeating: 1, count: 1 << 20).withUnsafeBytes { try writer.write($0) }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/sub").isEmpty)
    let blocked = try folder.write("file", text: "")
    #expect(try diagnostic { _ = try AtomicFileWriter(path: blocked + "/y") }.kind == .cannotWrite)
  }

  @Test("What a killed writer left goes with the next one of the same file; what another one is writing stays")
  func leftovers() throws {
    try folder.write("sub/y.123.partial", text: "half")
    try folder.write("sub/z.123.partial", text: "of another file")
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/sub").sorted()
    }
    let first = try AtomicFileWriter(path: "\(folder.path)/sub/y")
    #expect(try names().count == 2 && !names().contains("y.123.partial"))
    let second = try AtomicFileWriter(path: "\(folder.path)/sub/y")
    #expect(try names().count == 3)
    try first.write(UInt8(1))
    try first.commit()
    try second.write(UInt8(2))
    try second.commit()
    #expect(try names() == ["y", "z.123.partial"])
    #expect(FileManager.default.contents(atPath: "\(folder.path)/sub/y") == Data([2]))
  }

  private func raw(_ ids: [UInt32], width: Int, extra: [UInt8] = []) throws -> String {
    let bytes = ids.flatMap { id in (0..<width).map { UInt8(truncatingIfNeeded: id >> (8 * $0)) } }
    return try folder.write("ids.bin", bytes + extra)
  }

  private func prepare(_ tokens: TokenFileSpecification, length: Int = 4) throws -> PreparedData {
    try DataPreparer(cacheRoot: folder.path + "/cache", environment: [:])
      .prepare(DataSpecification(origin: .tokens(tokens), sequenceLength: length))
  }

  @Test("A file of two-byte ids is cut into rows, the last ones held out", arguments: [2, 4])
  func rawRows(width: Int) throws {
    let path = try raw((0..<43).map { UInt32($0) + 200 }, width: width)
    let tokens = TokenFileSpecification(
      path: LocalPath(path), vocabularySize: 300, width: width, shares: SplitShares(tuning: 0.01, validation: 0.2))
    let data = try prepare(tokens)
    #expect(Split.allCases.map { data.rows($0).rowCount } == [7, 1, 2])
    #expect(row(data.train, 0) == Row(tokens: [200, 201, 202, 203], targets: [201, 202, 203, -1]))
    #expect(row(data.train, 6).tokens == [224, 225, 226, 227])
    #expect(row(data.tuning, 0).tokens == [228, 229, 230, 231])
    #expect(row(data.validation, 1).tokens == [236, 237, 238, 239])
    #expect(data.vocabularySize == 300 && data.train.tokenCount(ofRow: 0) == 4)
    #expect(Set([data.train, data.tuning, data.validation].map(\.digest)).count == 3)
  }

  @Test("A file of validation ids is taken whole")
  func rawValidation() throws {
    let path = try raw((0..<40).map { UInt32($0) }, width: 2)
    let validation = try folder.write("v.bin", (0..<9).flatMap { [UInt8($0), 0] })
    let data = try prepare(
      TokenFileSpecification(path: LocalPath(path), validationPath: LocalPath(validation), vocabularySize: 40))
    #expect(Split.allCases.map { data.rows($0).rowCount } == [9, 1, 2])
    #expect(row(data.validation, 1).tokens == [4, 5, 6, 7])
  }

  @Test("A file of ids that is empty, cut within an id or foreign is refused with byte and id")
  func rawFaults() throws {
    let cut = try raw([1, 2, 3], width: 2, extra: [7])
    let fault = try diagnostic { _ = try prepare(TokenFileSpecification(path: LocalPath(cut), vocabularySize: 10)) }
    #expect(fault.kind == .data && fault.place?.file == cut && fault.message.contains("within the id at byte 6"))
    let foreign = try raw([1, 2, 9, 10, 3], width: 2)
    let id = try diagnostic { _ = try prepare(TokenFileSpecification(path: LocalPath(foreign), vocabularySize: 10)) }
    #expect(id.message.contains("byte 6 holds the id 10") && id.message.contains("10 pieces"))
    // What was found once is found again.
    #expect(
      try diagnostic { _ = try prepare(TokenFileSpecification(path: LocalPath(foreign), vocabularySize: 10)) } == id)
    let big = try raw([1, 1 << 31], width: 4)
    let sign = try diagnostic {
      _ = try prepare(TokenFileSpecification(path: LocalPath(big), vocabularySize: 10, width: 4))
    }
    #expect(sign.message.contains("byte 4 holds the id 2147483648"))
    let empty = try raw([], width: 2)
    #expect(
      try diagnostic { _ = try prepare(TokenFileSpecification(path: LocalPath(empty), vocabularySize: 9)) }.message
        .contains("is empty"))
    let missing = LocalPath("\(folder.path)/none.bin")
    #expect(try diagnostic { _ = try prepare(TokenFileSpecification(path: missing, vocabularySize: 9)) }.kind == .data)
    let short = try raw([1, 2, 3, 4, 5], width: 2)
    #expect(
      try diagnostic { _ = try prepare(TokenFileSpecification(path: LocalPath(short), vocabularySize: 9)) }.message
        .contains("no row of 4"))
  }
}
