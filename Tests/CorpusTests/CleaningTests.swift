import Configuration
import Corpus
import Foundation
import Testing

@Suite("Cleaning and splits")
struct CleaningTests {
  private func clean(_ text: String, _ cleaning: Cleaning) -> String? {
    cleaning.apply(to: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("Without rules a text stays as it is, but white space alone is no document")
  func verbatim() {
    #expect(clean("  a \n\n b\t", Cleaning()) == "  a \n\n b\t")
    #expect(clean(" \n\t ", Cleaning()) == nil)
  }

  @Test("Known tags become line breaks or disappear; other angle brackets stay")
  func tags() {
    let text = "one<br /><br />two <i>three</i> <3 <br>four <grin> <b >x</b></p>y <"
    #expect(clean(text, Cleaning(stripsTags: true)) == "one\n\ntwo three <3 \nfour <grin> x\ny <")
  }

  @Test("Paragraphs below the minimum disappear and white space becomes single")
  func paragraphs() {
    let rules = Cleaning(paragraph: .init(characters: 10, words: 3))
    #expect(
      clean("a b c\n\n  one  two\tthree \r\nlongword another\nvier fünf sechs\n", rules)
        == "one two three\nvier fünf sechs")
    #expect(clean("short\nlines", rules) == nil)
  }

  @Test("Characters are counted, not bytes")
  func characters() {
    let rules = Cleaning(paragraph: .init(characters: 8, words: 2))
    #expect(clean("日本 語語", rules) == nil)
    #expect(clean("日本日本 語語語", rules) == "日本日本 語語語")
  }

  @Test("A document below its minimum is dropped as a whole")
  func documents() {
    let rules = Cleaning(document: .init(characters: 5, words: 2))
    #expect(clean("hi\nyou", rules) == "hi\nyou")
    #expect(clean("hi u", rules) == nil)
    #expect(clean("hello", rules) == nil)
  }

  @Test("Texts that differ in white space alone have one key")
  func keys() {
    #expect(DocumentKey(of: "a b\nc") == DocumentKey(of: " a  b c\n\n"))
    #expect(DocumentKey(of: "a b c") != DocumentKey(of: "a bc"))
  }

  @Test("Splits get their shares, and a text's split is always the same")
  func shares() {
    let shares = SplitShares(tuning: 0.1, validation: 0.2)
    let counts = Dictionary(grouping: 0..<4000) { shares.split(of: DocumentKey(of: "document \($0)")) }.mapValues(
      \.count)
    #expect((320...480).contains(counts[.tuning] ?? 0))
    #expect((700...900).contains(counts[.validation] ?? 0))
    // The first 8 bytes of SHA-256 as a little-endian fraction: 0.587, 0.462, 0.590, 0.747, 0.329, 0.164, 0.243, 0.439.
    let expected: [Split] = [.train, .train, .train, .train, .train, .validation, .tuning, .train]
    #expect((0..<8).map { shares.split(of: DocumentKey(of: "document \($0)")) } == expected)
    let none = SplitShares(tuning: 0, validation: 0)
    #expect((0..<100).allSatisfy { none.split(of: DocumentKey(of: "document \($0)")) == .train })
  }
}
