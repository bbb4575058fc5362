import CSentencePiece
import Configuration
import Foundation

/// Trains a unigram SentencePiece model, the same bytes from the same text.
public enum TokenizerTraining {
  /// What the trainer is told beside the vocabulary's size: T5's special pieces (padding 0, end 1, unknown 2, no
  /// start), T5's normalisation, bytes for the characters outside the vocabulary, one thread.
  static let options = [
    "model_type": "unigram", "pad_id": "0", "eos_id": "1", "unk_id": "2", "bos_id": "-1", "byte_fallback": "true",
    "normalization_rule_name": "nmt_nfkc", "character_coverage": "0.9995", "num_threads": "1", "minloglevel": "2",
  ]

  /// A model trained on the lines of texts.
  ///
  /// - Throws: ``Diagnostic`` `.data` with the trainer's reason: too little text for the vocabulary, mostly.
  public static func train(on texts: [String], vocabularySize: Int) throws -> Data {
    var sample = TokenizerSample()
    texts.forEach { sample.append(Array($0.utf8)) }
    return try train(on: sample, vocabularySize: vocabularySize)
  }

  /// A model trained on a sample.
  static func train(on sample: TokenizerSample, vocabularySize: Int) throws -> Data {
    let options = options.merging(["vocab_size": String(vocabularySize)]) { $1 }.sorted { $0.key < $1.key }
    let keys = options.map { strdup($0.key) }
    let values = options.map { strdup($0.value) }
    defer { (keys + values).forEach { free($0) } }
    var message = [CChar](repeating: 0, count: 512)
    var count = 0
    let model = sample.text.withUnsafeBytes { text in
      text.withMemoryRebound(to: CChar.self) { text in
        slt_tokenizer_train(
          keys.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, keys.count, text.baseAddress, sample.ends,
          sample.ends.count, &count, &message, message.count)
      }
    }
    guard let model else {
      // The trainer's own place, `./src/file.cc(660) [condition] `, says nothing to a user.
      let reason = SentencePieceTokenizer.text(message).replacing(#/^\./src/\S+ \[.*\] /#, with: "")
      throw Diagnostic(
        .data,
        "no tokenizer of \(vocabularySize) pieces can be trained on \(sample.text.count) bytes of text "
          + "(\(reason.isEmpty ? "unknown fault" : reason)); use more text or a smaller 'vocabularySize'")
    }
    defer { slt_tokenizer_free_bytes(model) }
    return Data(bytes: model, count: count)
  }

  /// A sample of about `byteLimit` bytes of a split's documents, evenly over the file: always the same documents.
  static func sample(of path: String, digest: Digest, byteLimit: Int) throws -> TokenizerSample {
    let header = try DocumentFile.header(of: path, digest: digest)
    let total = max(header.textBytes, 1)
    var sample = TokenizerSample()
    var document = 0
    try DocumentFile.forEach(path, digest: digest) { text in
      // Document i is taken where i · limit / total passes a whole number.
      let before = document * byteLimit / total
      document += 1
      let isTaken = byteLimit >= total || document * byteLimit / total > before
      if isTaken, sample.text.count < byteLimit + byteLimit / 4 { sample.append(text) }
    }
    return sample
  }
}

/// Text for the trainer, cut into lines that are not too long for it.
struct TokenizerSample {
  /// All lines.
  private(set) var text: [UInt8] = []
  /// Where each line ends.
  private(set) var ends: [Int] = []
  private static let longestLine = 1024

  /// Adds a document's lines; a long line is cut at a space.
  mutating func append(_ document: [UInt8]) {
    for line in document.split(separator: UInt8(ascii: "\n")) {
      var rest = line
      while rest.count > Self.longestLine {
        // Never at the first byte, so that every round takes something off.
        let head = rest.prefix(Self.longestLine).dropFirst()
        let cut = head.lastIndex(of: 0x20) ?? head.lastIndex { $0 & 0xC0 != 0x80 } ?? head.endIndex
        add(rest[..<cut])
        rest = rest[cut...]
      }
      add(rest)
    }
  }

  private mutating func add(_ line: ArraySlice<UInt8>) {
    guard !line.allSatisfy(\.isASCIISpace) else { return }
    text += line
    ends.append(text.count)
  }
}
