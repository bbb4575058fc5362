import Experiments
import Foundation
import TestSupport
import Testing

@Suite("A table that extends another")
struct ExtendingTests {
  private func write(_ text: String, beside table: SmallTable, as name: String = "own.yaml") throws -> String {
    let file = table.folder.path + "/" + name
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }

  @Test("It keeps what it does not write, and lays what it writes over the base")
  func overlay() throws {
    let table = try SmallTable()
    let file = try write("extends: small.yaml\ntable: own\nscales: {quick: {seeds: [7]}}\n", beside: table)
    let own = try TableSpecification(file: file)
    #expect(own.name == "own" && own.title == "A small table" && own.rows.count == 3)
    #expect(try own.scale("quick").seeds == [7])
    #expect(try own.scale("quick").search?.share == 0.25)
    #expect(own.publishedFile == nil)
  }

  @Test("It inherits the published numbers from where they are")
  func publishedNumbers() throws {
    let table = try SmallTable([("version: 1\n", "version: 1\npublished: small.yaml\n")])
    try FileManager.default.createDirectory(atPath: table.folder.path + "/below", withIntermediateDirectories: false)
    let file = try write("extends: ../small.yaml\n", beside: table, as: "below/own.yaml")
    let own = try TableSpecification(file: file)
    #expect(own.published == "small.yaml" && own.publishedFile == "\(table.folder.path)/below/../published/small.yaml")
    #expect(try TableSpecification(file: table.file).publishedFile == "\(table.folder.path)/published/small.yaml")
  }

  @Test("An error in either file names that file")
  func places() throws {
    let table = try SmallTable([("version: 1\n", "version: one\n")])
    let broken = try write("extends: small.yaml\ntable: own\n", beside: table)
    #expect(
      diagnosticText { try TableSpecification(file: broken) }
        == "\(table.file):2:10: error: 'version' must be a whole number, found 'one'")
    let fixed = try write("extends: small.yaml\nversion: two\n", beside: table)
    #expect(
      diagnosticText { try TableSpecification(file: fixed) }
        == "\(fixed):2:10: error: 'version' must be a whole number, found 'two'")
  }

  @Test("A base that is not there, and one that extends this file, are reported")
  func badBases() throws {
    let table = try SmallTable()
    let lost = try write("extends: lost.yaml\n", beside: table)
    #expect(
      diagnosticText { try TableSpecification(file: lost) }
        == "\(lost):1:10: error: no such file: '\(table.folder.path)/lost.yaml'; 'extends' is relative to this file")
    let first = try write("extends: b.yaml\n", beside: table, as: "a.yaml")
    let second = try write("extends: a.yaml\n", beside: table, as: "b.yaml")
    #expect(
      diagnosticText { try TableSpecification(file: first) }
        == "\(second):1:10: error: '\(first)' extends this file itself, so that neither has an end")
  }
}
