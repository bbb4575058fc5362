import Experiments
import TestSupport
import Testing

@Suite("Selecting cells by patterns")
struct SelectionTests {
  @Test(
    "A pattern selects what it matches, and all below it",
    arguments: [
      ("sltrain", "sltrain/60m-proxy/final/seed-42", true), ("sltrain*", "sltrain/60m/final/seed-42", true),
      ("SLTrain", "sltrain/60m/final/seed-42", true), ("sl", "sltrain/60m/final/seed-42", false),
      ("*/60M*", "sltrain/60m-proxy/search/0.001", true), ("*/130M", "sltrain/60m/search/0.001", false),
      ("Low-Rank, SVD start", "low-rank-svd-start/60m/final/seed-42", true),
      ("low-rank*", "low-rank-svd-start/60m/final/seed-42", true), ("low-rank", "low-rank-svd-start/60m", false),
      ("*/*/final", "galore/60m/final/seed-42", true), ("*/*/final", "galore/60m/paper-rate/seed-42", false),
      ("galore/60m/final/seed-4?", "galore/60m/final/seed-42", true), ("*seed-43", "galore/60m/final/seed-42", false),
      ("galore/60M proxy/search/0.001", "galore/60m-proxy/search/0.001", true), ("", "galore", false),
    ])
  func matching(pattern: String, path: String, expected: Bool) {
    #expect(Selection([pattern]).contains(path) == expected)
  }

  @Test("No pattern selects everything, and one of several is enough")
  func several() {
    #expect(Selection.all.contains("anything"))
    #expect(Selection(["a", "b"]).contains("b/c"))
    #expect(Selection(["a", "zz"]).unmatched(in: ["a/b", "c"]) == "zz")
  }

  @Test("Commas separate patterns, but for those with white space after them, which belong to a label")
  func parsing() {
    #expect(Selection(parsing: "sltrain,galore/60M*").patterns == ["sltrain", "galore/60M*"])
    #expect(Selection(parsing: "Low-Rank, SVD start,sltrain").patterns == ["Low-Rank, SVD start", "sltrain"])
    #expect(Selection(parsing: "").patterns == [] && Selection(parsing: " ").patterns == [])
  }

  @Test("A plan keeps what is selected; a final run brings the search that it depends on")
  func plans() throws {
    let table = try SmallTable()
    let row = try table.plan(selection: Selection(["sltrain"]))
    #expect(row.entries.map(\.row.label) == ["SLTrain"] && row.wantsFinals(of: row.entries[0]))
    let final = try table.plan(selection: Selection(["sltrain/*/final/seed-43"]))
    #expect(try final.searchCells().count == 3)
    #expect(try final.finalCells(of: final.entries[0], at: 0.001).map(\.path) == ["sltrain/60m-proxy/final/seed-43"])
    let search = try table.plan(selection: Selection(["*/search/0.01"]))
    #expect(try search.searchCells().map(\.learningRate) == [0.01, 0.01, 0.01])
    #expect(search.entries.allSatisfy { !search.wantsFinals(of: $0) })
  }

  @Test("A pattern that selects nothing is answered with the rows and sizes")
  func nothing() throws {
    #expect(
      try SmallTable().message(selection: Selection(["sltrian"]))
        == "small.yaml: error: no cell at scale 'quick' matches 'sltrian'; known: full-rank/60m-proxy, "
        + "low-rank-svd-start/60m-proxy, sltrain/60m-proxy")
  }
}
