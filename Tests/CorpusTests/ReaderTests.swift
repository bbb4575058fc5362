import Configuration
import Corpus
import Foundation
import Testing

@Suite("Readers")
struct ReaderTests {
  private func read(
    _ format: ReaderSpecification.Format, _ text: String = "", _ bytes: [UInt8], name: String = "file"
  ) throws -> [String] {
    var documents: [String] = []
    try ReaderSpecification(format: format, text: text).read(MemorySource(name: name, bytes: bytes)) {
      documents.append(String(decoding: $0, as: UTF8.self))
    }
    return documents
  }

  private func read(_ format: ReaderSpecification.Format, _ text: String = "", _ content: String) throws -> [String] {
    try read(format, text, Array(content.utf8))
  }

  @Test("A CSV column keeps quotes, commas and line breaks that stand inside quotes")
  func csvQuoting() throws {
    let text = "id,review,label\r\n1,\"a \"\"b\"\", c\nd\",x\r\n2,plain,y\r\n3,\"\",z\r\n\r\n4,\"e\",\"f\""
    #expect(try read(.csv, "review", text) == ["a \"b\", c\nd", "plain", "", "e"])
  }

  @Test("A CSV field longer than the reading buffer is read whole")
  func csvLongField() throws {
    let long = String(repeating: "x,\"\"\n", count: 200_000)
    let documents = try read(.csv, "a", "a\n\"\(long)\"\nnext\n")
    #expect(documents == [long.replacing("\"\"", with: "\""), "next"])
  }

  @Test("CSV faults name the line of the record")
  func csvFaults() throws {
    let unknown = try diagnostic { _ = try read(.csv, "reviw", "review,label\na,b\n") }
    #expect(unknown.place == .init(file: "file", line: 1))
    #expect(unknown.message == "no column 'reviw'; did you mean 'review'?")
    let short = try diagnostic { _ = try read(.csv, "b", "a,b\n\"1\n1\",2\nx\n") }
    #expect(short.place?.line == 4)
    let open = try diagnostic { _ = try read(.csv, "b", "a,b\n1,\"2\n") }
    #expect(open.place?.line == 2 && open.message.contains("never closed"))
    let stray = try diagnostic { _ = try read(.csv, "b", "a,b\n\"1\"x,2\n") }
    #expect(stray.place?.line == 2)
    #expect(try diagnostic { _ = try read(.csv, "b", "") }.kind == .data)
  }

  @Test("JSON lines give the text of each line and pass over empty ones")
  func jsonLines() throws {
    let text = "{\"text\":\"one\\n\\u00e9\",\"n\":1}\n\n{\"text\":\"日本\"}"
    #expect(try read(.jsonl, "text", text) == ["one\né", "日本"])
    #expect(try read(.jsonl, "a.b", "{\"a\":{\"b\":\"deep\"}}\n") == ["deep"])
  }

  @Test("A bad JSON line is named by its number")
  func jsonLinesFaults() throws {
    let broken = try diagnostic { _ = try read(.jsonl, "text", "{\"text\":\"a\"}\n{\"text\":\n") }
    #expect(broken.place == .init(file: "file", line: 2))
    let missing = try diagnostic { _ = try read(.jsonl, "text", "\n{\"body\":\"a\"}\n") }
    #expect(missing.place?.line == 2 && missing.message == "has no text under 'text'")
  }

  @Test("A line longer than the reading buffer is read whole")
  func longLine() throws {
    let long = String(repeating: "ab ", count: 300_000)
    #expect(try read(.jsonl, "text", Texts.lines([long, "end"])) == [long, "end"])
  }

  @Test("Elements of a JSON list and values of a JSON object are documents, in the file's order")
  func jsonElements() throws {
    #expect(try read(.json, "t", "[{\"t\":\"a, ] } \\\" {\"}, {\"u\":1},{\"t\":\"b\"} ]") == ["a, ] } \" {", "b"])
    #expect(try read(.json, "t", " {\"z\":{\"t\":\"1\"},\"k:,\":{\"t\":\"2\"} }\n") == ["1", "2"])
    #expect(try read(.json, "t", "[]") == [])
  }

  @Test("A path with stars joins the texts it meets by line feeds")
  func jsonPath() throws {
    let text =
      #"{"id":{"messages":[[{"text":"Hi"},{"text":"there"}],[{"text":"Yes"}],[]]},"x":{"messages":[]}}"#
    #expect(try read(.json, "messages.*.*.text", text) == ["Hi\nthere\nYes"])
  }

  @Test(
    "A JSON file that is cut off or no list at all is refused",
    arguments: ["[{\"t\":\"a\"}", "\"a\"", "", "{\"a\":[}", "[1]]"])
  func jsonElementFaults(text: String) throws {
    #expect(try diagnostic { _ = try read(.json, "t", text) }.kind == .data)
  }

  @Test("A text file is one document")
  func plainText() throws {
    #expect(try read(.text, "", "one\n\ntwo") == ["one\n\ntwo"])
  }

  @Test("WikiText is cut at headings of the first level that stand between blank lines")
  func wikitext() throws {
    let text =
      " \n = First = \n \n Text = 1 . \n = not a heading = \n more \n \n = = Section = = \n \n s \n"
      + " \n = Second One = \n \n t \n"
    #expect(
      try read(.wikitext, "", text) == [
        " = First = \n \n Text = 1 . \n = not a heading = \n more \n \n = = Section = = \n \n s \n \n",
        " = Second One = \n \n t \n",
      ])
  }

  @Test("A gzip file is unpacked, also one of several streams")
  func gzip() throws {
    let folder = TestFolder()
    let bytes = try Pack.gzip("{\"text\":\"a\"}\n", in: folder) + Pack.gzip("{\"text\":\"b\"}\n", in: folder)
    #expect(try read(.jsonl, "text", bytes, name: "x.jsonl.gz") == ["a", "b"])
  }

  @Test("A gzip file that is cut off or foreign is refused by name")
  func gzipFaults() throws {
    let folder = TestFolder()
    let bytes = try Pack.gzip(Texts.lines(Texts.documents(50)), in: folder)
    let cut = try diagnostic { _ = try read(.jsonl, "text", Array(bytes.dropLast(10)), name: "x.gz") }
    #expect(cut.place?.file == "x.gz" && cut.message.contains("ends in the middle"))
    #expect(try diagnostic { _ = try read(.text, "", Array("no gzip".utf8), name: "x.gz") }.kind == .data)
  }

  @Test("A member of a zip archive is read without unpacking the archive")
  func zipMember() throws {
    let folder = TestFolder()
    let path = try Pack.zip("w.whl", member: "a/b.csv", Array("c\nd\n".utf8), in: folder)
    let source = try ZipMemberSource(archive: path, member: "a/b.csv")
    #expect(source.name == "\(path)!a/b.csv")
    #expect(try String(decoding: source.readAll(), as: UTF8.self) == "c\nd\n")
    let missing = try diagnostic { _ = try ZipMemberSource(archive: path, member: "a/c.csv") }
    #expect(missing.place?.file == path && missing.message == "has no member 'a/c.csv'")
  }

  @Test("A damaged zip archive is refused by name")
  func zipFaults() throws {
    let folder = TestFolder()
    let path = try folder.write("w.whl", text: "not an archive")
    #expect(try diagnostic { _ = try ZipMemberSource(archive: path, member: "a") }.place?.file == path)
    let packed = try Pack.zip("v.whl", member: "a", Array(Texts.words(500, seed: 1).utf8), in: folder)
    var bytes = try folder.bytes("v.whl")
    bytes[60] ^= 0xFF
    try folder.write("v.whl", bytes)
    #expect(try diagnostic { _ = try ZipMemberSource(archive: packed, member: "a").readAll() }.kind == .data)
  }
}
