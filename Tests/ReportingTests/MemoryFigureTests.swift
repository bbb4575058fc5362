import Experiments
import Foundation
import Reporting
import TestSupport
import Testing

@Suite("The bars of memory") struct MemoryFigureTests {
  private func figure(_ change: (inout SyntheticMemory) -> Void = { _ in }) throws -> Figure? {
    var table = SyntheticMemory()
    change(&table)
    let all = try ReportFigures(table.source(), published: []) { _ in LossCurve(validation: [], training: []) }.all()
    #expect(all.count <= 1)
    return all.first?.figure
  }

  @Test("The data are a block a size and a line a method: published, ours, whether predicted, and the categories")
  func data() throws {
    let figure = try #require(try figure())
    #expect(figure.name == "figure-3")
    #expect(
      figure.data == """
        # method  published (bytes)  ours (bytes)  predicted  weights, gradients, optimizer state, activations (bytes)
        # 350M
        "Adam" 4500000000.0 4600000000 0 2300000000 575000000 1150000000 575000000
        "SLTrain" 2200000000.0 2100000000 0 1050000000 262500000 525000000 262500000
        "Ours" NaN 1500000000 0 750000000 187500000 375000000 187500000


        # 7B
        "Adam" 67400000000.0 67000000000 1 33500000000 8375000000 16750000000 8375000000
        "SLTrain" 18300000000.0 18000000000 1 9000000000 2250000000 4500000000 2250000000
        "Ours" NaN 12000000000 1 6000000000 1500000000 3000000000 1500000000

        """)
  }

  @Test("Bars that are predicted are hatched and say so; where all are measured neither bars nor legend are hatched")
  func hatched() throws {
    let script = try #require(try figure()).script
    #expect(script.components(separatedBy: "fs transparent pattern").count == 3)
    #expect(script.contains("'67.00 predicted'") && script.contains("'4.60'") && !script.contains("'4.60 predicted'"))
    #expect(script.contains("'here, predicted and not run'"))
    let measured = try #require(try figure { $0.measured = $0.predicted }).script
    #expect(!measured.contains("pattern") && !measured.contains("predicted and not run"))
  }

  @Test("A published number stands beside its bar as it was printed, and where there is none there is no outline")
  func published() throws {
    let script = try #require(try figure()).script
    #expect(script.contains("'67.4' at 67.4,") && script.contains("'2.2' at 2.2,") && script.contains("'published'"))
    let none = try #require(try figure { ($0.measured, $0.predicted) = (["Ours/350M": 1000], [:]) }).script
    #expect(!none.contains("'published'") && !none.contains("border lc rgb '#444444'\n"))
    #expect(none.contains("Memory (M = 10⁶ bytes)"))
  }

  @Test("Every panel names its axis and unit; a table that is no figure gives the bars a name after its own")
  func axes() throws {
    let figure = try #require(try figure { $0.name = "table-9" })
    #expect(figure.name == "table-9-memory")
    #expect(figure.script.components(separatedBy: "set xlabel 'Memory (G = 10⁹ bytes)'").count == 3)
    #expect(try self.figure { ($0.measured, $0.predicted) = ([:], [:]) } == nil)
  }

  @Test("gnuplot draws a box for every method in every category", .enabled(if: FigureTests.hasGnuplot))
  func drawn() throws {
    let folder = try TemporaryFolder()
    let figure = try #require(try figure())
    try figure.draw(into: folder.path)
    let svg = try folder.text("figure-3.svg")
    #expect(folder.names == ["dat", "gp", "svg"].map { "figure-3.\($0)" })
    // Outlines, four categories and, in the second panel, the hatching.
    #expect(svg.components(separatedBy: "<g id=\"gnuplot_plot_").count - 1 == 5 + 6)
  }
}
