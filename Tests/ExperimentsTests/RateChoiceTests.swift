import Experiments
import Testing

@Suite("Choosing a learning rate")
struct RateChoiceTests {
  private func best(_ losses: [(Double, Double?)]) -> RateChoice? {
    RateChoice.best(of: losses.map { SearchPoint(learningRate: $0, outcome: .example(rate: $0, loss: $1)) })
  }

  @Test("The lowest loss wins, whatever the order")
  func lowest() throws {
    let choice = try #require(best([(0.01, 4.5), (0.001, 5), (0.003, 4)]))
    #expect(choice.learningRate == 0.003 && choice.origin == .search && choice.edge == nil && choice.warning == nil)
    #expect(choice.reason == "lowest tuning loss, 4.0000, of the rates 0.001, 0.003, 0.01")
  }

  @Test("Of equal losses the smaller rate is taken")
  func ties() { #expect(best([(0.01, 4), (0.003, 4), (0.001, 5)])?.learningRate == 0.003) }

  @Test("A run that diverged, or whose loss is not a number, counts as infinite")
  func divergence() {
    #expect(best([(0.001, 9), (0.003, nil), (0.01, .nan)])?.learningRate == 0.001)
    #expect(best([(0.001, .nan), (0.003, 8), (0.01, nil)])?.learningRate == 0.003)
  }

  @Test("A rate at the edge of the grid is chosen with a warning")
  func edges() {
    #expect(
      best([(0.001, 3), (0.003, 4), (0.01, 5)])?.warning
        == "the best learning rate 0.001 is the lowest of the search; a lower one may be better")
    #expect(
      best([(0.001, 5), (0.003, 4), (0.01, 3)])?.warning
        == "the best learning rate 0.01 is the highest of the search; a higher one may be better")
    #expect(best([(0.001, 3)])?.warning == nil)
  }

  @Test("Where every rate diverged, the smallest is taken and that is said")
  func allDiverged() throws {
    let choice = try #require(best([(0.003, nil), (0.001, nil)]))
    #expect(choice.learningRate == 0.001 && choice.allDiverged)
    #expect(choice.warning == "every learning rate of the search diverged")
    #expect(choice.reason == "every rate of 0.001, 0.003 diverged; the smallest is taken")
  }

  @Test("Nothing is chosen while a rate has no outcome, or where there is no rate")
  func incomplete() {
    #expect(best([]) == nil)
    let points = [SearchPoint(learningRate: 1, outcome: .example(loss: 1)), SearchPoint(learningRate: 2, outcome: nil)]
    #expect(RateChoice.best(of: points) == nil)
  }
}
