import CSentencePiece
import Configuration
import Corpus
import Foundation
import Testing

@Suite("SentencePiece")
struct TokenizerTests {
  private static func model(_ size: Int = 310) throws -> Data {
    try TokenizerTraining.train(on: Texts.documents(300), vocabularySize: size)
  }

  @Test("Training gives the same bytes from the same text and other bytes from other text")
  func deterministic() throws {
    #expect(try Self.model() == Self.model())
    #expect(try Self.model() != TokenizerTraining.train(on: Texts.documents(300, from: 1), vocabularySize: 310))
  }

  @Test("A trained model has T5's special ids and the size asked for")
  func specialPieces() throws {
    let tokenizer = try SentencePieceTokenizer(model: Self.model(), name: "m")
    #expect(tokenizer.padID == 0 && tokenizer.endID == 1 && tokenizer.vocabularySize == 310)
    #expect(try tokenizer.decode([0, 1]) == "")
    #expect(try tokenizer.encode("") == [])
  }

  @Test(
    "Text comes back from its ids, characters outside the vocabulary as bytes",
    arguments: [
      "the quick brown fox", "naïve café — 日本語 Ünïcödé", "👩‍👩‍👧‍👦 🇫🇮 emoji", "עברית العربية हिन्दी", "\u{1F9EA} ∑∫√ ẞ ß",
      "a",
    ])
  func roundTrip(text: String) throws {
    let tokenizer = try SentencePieceTokenizer(model: Self.model(), name: "m")
    let ids = try tokenizer.encode(text)
    #expect(ids.allSatisfy { $0 > 1 && $0 < 310 })
    #expect(try Array(tokenizer.decode(ids).utf8) == Array(text.utf8))
  }

  @Test("White space and compatible characters are normalised as T5 does")
  func normalisation() throws {
    let tokenizer = try SentencePieceTokenizer(model: Self.model(), name: "m")
    #expect(try tokenizer.decode(tokenizer.encode(" the\n\nfox\t ① ")) == "the fox 1")
  }

  @Test("Text that is not UTF-8 and text without an end do no harm")
  func oddBytes() throws {
    let tokenizer = try SentencePieceTokenizer(model: Self.model(), name: "m")
    var ids: [Int32] = [7]
    try tokenizer.encode([0xFF, 0xFE, 0x61, 0xC3], appendingTo: &ids)
    #expect(ids.first == 7 && ids.count > 1)
    #expect(try tokenizer.encode("zz\u{0}zz").count > 1)
    // One character that becomes eighteen: more ids than bytes.
    let long = String(repeating: "\u{FDFA}", count: 200)
    #expect(try tokenizer.encode(long).count > long.utf8.count)
  }

  @Test("An id outside the vocabulary is named")
  func foreignID() throws {
    let tokenizer = try SentencePieceTokenizer(model: Self.model(), name: "m.model")
    let fault = try diagnostic { _ = try tokenizer.decode([5, 310]) }
    #expect(fault.place?.file == "m.model" && fault.message.contains("no piece 310"))
    #expect(throws: Diagnostic.self) { try tokenizer.decode([-1]) }
  }

  @Test("A model that is cut anywhere is refused by name")
  func truncated() throws {
    let model = try Self.model()
    for count in Array(stride(from: 0, to: 6000, by: 7)) + Array(stride(from: 6000, to: model.count, by: 4001)) {
      let fault = try diagnostic { _ = try SentencePieceTokenizer(model: model.prefix(count), name: "cut.model") }
      #expect(fault.kind == .data && fault.place?.file == "cut.model")
    }
  }

  @Test("A model that is cut between two pieces is refused, though the library would open it")
  func cutBetweenPieces() throws {
    // Without byte pieces, as T5's: those the library misses the trainer's settings of.
    let model = try trained(["pad_id": "0", "bos_id": "-1", "eos_id": "1", "unk_id": "2"])
    // The first field of each piece's message begins right after the piece before it: 0x0A, length.
    var position = 0
    for _ in 0..<40 { position += 2 + Int(model[position + 1]) }
    var message = [CChar](repeating: 0, count: 64)
    let library = model.prefix(position).withUnsafeBytes { slt_tokenizer_open($0.baseAddress, $0.count, &message, 64) }
    #expect(library != nil, "the premise of the check is gone")
    library.map { slt_tokenizer_close($0) }
    #expect(throws: Diagnostic.self) { try SentencePieceTokenizer(model: model.prefix(position), name: "m") }
  }

  @Test("A foreign file is refused by name")
  func foreign() throws {
    let folder = TestFolder()
    let path = try folder.write("x.model", text: "#version: 0.2\n\u{120} t\n")
    #expect(try diagnostic { _ = try SentencePieceTokenizer(file: path) }.place?.file == path)
    #expect(throws: Diagnostic.self) { try SentencePieceTokenizer(file: path + ".missing") }
  }

  @Test("A model without padding is padded with its end piece, as LLaMA's and Mistral's are")
  func withoutPadding() throws {
    let tokenizer = try SentencePieceTokenizer(
      model: trained(["pad_id": "-1", "bos_id": "1", "eos_id": "2", "unk_id": "0"]), name: "m")
    #expect(tokenizer.endID == 2 && tokenizer.padID == 2)
    let endless = try trained(["pad_id": "0", "bos_id": "-1", "eos_id": "-1", "unk_id": "1"])
    #expect(
      try diagnostic { _ = try SentencePieceTokenizer(model: endless, name: "m") }.message.contains("ends a text"))
  }

  @Test("Too little text for a vocabulary is said in one line")
  func tooLittleText() throws {
    let fault = try diagnostic { _ = try TokenizerTraining.train(on: ["a b c"], vocabularySize: 4096) }
    #expect(fault.kind == .data && fault.message.contains("4096 pieces") && !fault.message.contains(".cc("))
    #expect(throws: Diagnostic.self) { try TokenizerTraining.train(on: [], vocabularySize: 512) }
  }

  @Test("A word longer than a line of the trainer does not stop it")
  func longWord() throws {
    let texts = Texts.documents(200) + [" " + String(repeating: "é", count: 5000), String(repeating: "x", count: 3000)]
    #expect(try TokenizerTraining.train(on: texts, vocabularySize: 310).count > 0)
  }

  private func trained(_ ids: [String: String]) throws -> Data {
    let options = ids.merging(["model_type": "unigram", "vocab_size": "50", "minloglevel": "2"]) { $1 }
    let keys = options.map { strdup($0.key) }
    let values = options.map { strdup($0.value) }
    defer { (keys + values).forEach { free($0) } }
    let texts = Texts.documents(100)
    let ends = texts.reduce(into: [Int]()) { $0.append(($0.last ?? 0) + $1.utf8.count) }
    var message = [CChar](repeating: 0, count: 256)
    var count = 0
    let model = slt_tokenizer_train(
      keys.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, keys.count, texts.joined(), ends, ends.count,
      &count,
      &message, 256)
    defer { slt_tokenizer_free_bytes(model) }
    return Data(bytes: try #require(model), count: count)
  }
}
