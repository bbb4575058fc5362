import Reporting
import Testing

@Suite("Runs that repeat one another") struct RepetitionTests {
  @Test("What a seed does to all of its repetitions is no part of their spread, nor the other way round")
  func pooled() throws {
    // Two supports by three seeds: a support adds 0 or 2, a seed 0, 10 or 20.
    let spread = try #require(RepetitionSpread([[0, 10, 20], [2, 12, 22]]))
    #expect(spread.mean == 11)
    #expect(try abs(#require(spread.overRepetitions) - 2.0.squareRoot()) < 1e-12)
    #expect(try abs(#require(spread.overSeeds) - 10) < 1e-12)
    #expect(spread.deviations == [-1, -1, -1, 1, 1, 1])
  }

  @Test("Groups of different spread count by their variances")
  func variances() throws {
    let spread = try #require(RepetitionSpread([[1, 0], [3, 4]]))
    // Variances 2 and 8 over the supports of a seed, 0.5 and 0.5 over the seeds of a support.
    #expect(try abs(#require(spread.overRepetitions) - 5.0.squareRoot()) < 1e-12)
    #expect(try abs(#require(spread.overSeeds) - 0.5.squareRoot()) < 1e-12)
  }

  @Test("One seed has no spread over seeds, one repetition none over repetitions, and uneven ones none at all")
  func missing() throws {
    let oneSeed = try #require(RepetitionSpread([[1], [2], [4]]))
    #expect(oneSeed.overSeeds == nil && oneSeed.overRepetitions != nil)
    #expect(try #require(RepetitionSpread([[1, 2]])).overRepetitions == nil)
    #expect(RepetitionSpread([[1, 2], [3]]) == nil)
    #expect(RepetitionSpread([]) == nil)
  }

  private func panel(seeds: Int, evaluations: [Int] = [4, 4, 4]) -> RepetitionFigure.Panel {
    let curves = evaluations.enumerated().map { repetition, count in
      (0..<seeds).map { seed in
        (1...count).map { CurvePoint(tokens: 1000 * $0, loss: 6 - Double($0) + 0.01 * Double(repetition + 10 * seed)) }
      }
    }
    return RepetitionFigure.Panel(title: "60M proxy", curves: curves)
  }

  @Test("The figure's data are the spreads of the loss at every evaluation that all runs have")
  func data() throws {
    let panel = panel(seeds: 2, evaluations: [4, 3, 4])
    #expect(panel.points.map(\.tokens) == [1000, 2000, 3000])
    let figure = RepetitionFigure(title: "Five", repetitions: "supports", panels: [panel]).figure(name: "figure-4")
    let lines = figure.data.split(separator: "\n")
    #expect(lines.count == 5 && lines[1] == "# 60M proxy")
    let numbers = lines[2].split(separator: " ").compactMap { Double($0) }
    #expect(numbers.count == 1 + 3 + 6)
    #expect(abs(numbers[1] - 5.06) < 1e-12 && abs(numbers[2] - 0.01) < 1e-12)
    #expect(abs(numbers[3] - 0.1 / 2.0.squareRoot()) < 1e-12)
    #expect(zip(numbers[4...], [-0.01, -0.01, 0, 0, 0.01, 0.01]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test(
    "Without several seeds the figure says nothing of them, and gnuplot draws it", .enabled(if: FigureTests.hasGnuplot))
  func oneSeed() throws {
    let figure = RepetitionFigure(
      title: "It's five", repetitions: "supports", panels: [panel(seeds: 1), panel(seeds: 2)])
    #expect(figure.figure(name: "a").script.contains("dashed"))
    let alone = RepetitionFigure(title: "It's five", repetitions: "supports", panels: [panel(seeds: 1)])
    #expect(!alone.figure(name: "a").script.contains("dashed"))
    let folder = try TemporaryFolder()
    try figure.figure(name: "two").draw(into: folder.path)
    try alone.figure(name: "one").draw(into: folder.path)
    #expect(folder.names == ["one", "two"].flatMap { name in ["dat", "gp", "svg"].map { "\(name).\($0)" } })
    #expect(RepetitionFigure(title: "", repetitions: "", panels: [.init(title: "", curves: [])]).panels.isEmpty)
  }
}
