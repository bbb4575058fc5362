import Configuration
import Testing

@Suite("Guessing what a mistyped name was meant to be")
struct SuggestionTests {
  @Test(
    "The nearest name is found",
    arguments: [
      ("rnak", "rank"), ("Rank", "rank"), ("learningrate", "learningRate"), ("stpes", "steps"), ("sltrian", "sltrain"),
      ("delta", "density"), ("lr", "learningRate"), ("update_proj_gap", "updateGap"),
    ])
  func nearest(typed: String, meant: String) {
    let known = ["rank", "learningRate", "steps", "sltrain", "density", "updateGap"]
    #expect(Suggestion.nearest(to: typed, in: known) == meant)
  }

  @Test("A name that is far from all is not guessed at", arguments: ["colour", "x", "", "zzzzzzzz"])
  func far(typed: String) {
    #expect(Suggestion.nearest(to: typed, in: ["rank", "density", "steps"]) == nil)
  }

  @Test("A synonym counts only where its name is known")
  func synonyms() {
    #expect(Suggestion.nearest(to: "delta", in: ["rank"]) == nil)
    #expect(Suggestion.nearest(to: "lr", in: ["learningRate"]) == "learningRate")
  }

  @Test("Of names equally near, the first in the alphabet is taken")
  func ties() {
    #expect(Suggestion.nearest(to: "bat", in: ["hat", "cat"]) == "cat")
  }

  @Test("Without a guess the clause lists what is known, sorted")
  func clause() {
    #expect(Suggestion.clause(for: "zzzzz", in: ["b", "a"]) == "known: a, b")
    #expect(Suggestion.clause(for: "rnak", in: ["rank"]) == "did you mean 'rank'?")
  }
}
