import Configuration
import Experiments
import Foundation
import Reporting
import TestSupport
import Testing

@Suite("Figures") struct FigureTests {
  static let hasGnuplot = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/gnuplot")
  }

  static func figure1() throws -> PublishedFigure {
    let folder = SyntheticTable.repository + "/experiments"
    return PublishedFigure(
      try FigureSpecification(reading: SpecificationNode(file: folder + "/figure-1.yaml")),
      numbers: try PublishedTable(contentsOf: folder + "/published/figure-1.yaml"))
  }

  private func table() -> SyntheticTable {
    var table = SyntheticTable()
    table.losses = SyntheticTable.losses([
      "Full-Rank": [60, 61, 62], "Low-Rank, zero start": [75, 76, 77], "Low-Rank, SVD start": [74, 75, 76],
      "SLTrain": [61, 62, 63],
    ])
    return table
  }

  private func figures(_ table: SyntheticTable) throws -> ReportFigures {
    ReportFigures(try table.source(), published: [try Self.figure1()]) { outcome in
      let losses = [9, 7, 6, 5.5, outcome.evaluation!.correctedLoss]
      let points = losses.enumerated().map { CurvePoint(tokens: 1000 * $0.offset, loss: $0.element) }
      return LossCurve(validation: points, training: [])
    }
  }

  @Test("Figure 1's data are the published numbers and the means of ours")
  func data() throws {
    let figure = try #require(try figures(table()).perplexityAgainstMemory(Self.figure1()))
    #expect(figure.name == "figure-1")
    let blocks = figure.data.components(separatedBy: "\n\n\n")
    #expect(blocks.count == 2)
    #expect(
      blocks[0] == """
        # method  memory (bytes)  perplexity  its standard deviation  parameters
        # Published: LLaMA 1B
        "Full-Rank" 8040000000.0 15.56 NaN 1339000000.0
        "Low-Rank" 3660000000.0 142.53 NaN 609000000.0
        "ReLoRA" 6340000000.0 18.33 NaN 1339000000.0
        "GaLore" 4760000000.0 15.64 NaN 1339000000.0
        "SLTrain" 4080000000.0 16.14 NaN 646000000.0
        """)
    let ours = blocks[1].split(separator: "\n").map(String.init)
    #expect(ours.count == 5)
    #expect(ours[0] == "# Here: 60M proxy, scale desktop")
    let words = ours[1].split(separator: " ")
    #expect([words[0], words[1], words[4]] == ["\"Full-Rank\"", "247488.0", "41248.0"])
    #expect(abs(try #require(Double(words[2])) - 61) < 1e-9)
    #expect(abs(try #require(Double(words[3])) - 1) < 1e-9)
    #expect(ours[4].hasPrefix("\"SLTrain\" "))
  }

  @Test("Figure 1 says that SLTrain's published memory differs between the figure and the table")
  func note() throws {
    let script = try #require(try figures(table()).perplexityAgainstMemory(Self.figure1())).script
    #expect(script.contains("4.08 ± 0.01 in the published figure, at 4.16 in table 2"))
  }

  @Test("A method has one colour in every panel, and its starts share it")
  func colours() throws {
    let script = try #require(try figures(table()).perplexityAgainstMemory(Self.figure1())).script
    func colour(_ block: Int, _ point: Int) throws -> Substring {
      let clause = try #require(script.firstRange(of: "index \(block) every ::\(point)::\(point) "))
      let start = try #require(script[clause.upperBound...].firstRange(of: "lc rgb '"))
      return script[start.upperBound...].prefix(7)
    }
    #expect(try colour(0, 4) == colour(1, 3))
    #expect(try colour(0, 1) == colour(1, 1))
    #expect(try colour(1, 1) == colour(1, 2))
    #expect(try colour(0, 0) != colour(0, 4))
  }

  @Test("A scale without records has the published panel alone, and no losses")
  func withoutRecords() throws {
    var table = SyntheticTable()
    table.scale = "paper"
    let all = try figures(table).all()
    #expect(all.map(\.figure.name) == ["figure-1"])
    #expect(!all[0].figure.data.contains("Here"))
  }

  @Test("The losses are the means over seeds, one block a method")
  func losses() throws {
    let source = try table().source()
    let (figure, caption) = try #require(try figures(table()).losses(source.data.scale.sizes[0]))
    #expect(figure.name == "table-2-loss-60m-proxy")
    #expect(caption == "Validation loss against training tokens, 60M proxy")
    let blocks = figure.data.components(separatedBy: "\n\n\n")
    #expect(blocks.count == 4)
    let lines = blocks[3].split(separator: "\n")
    #expect(lines.prefix(3) == ["# SLTrain", "0 9.0", "1000 7.0"])
    let end = try #require(Double(lines[5].split(separator: " ")[1]))
    #expect(abs(end - (log(61) + log(62) + log(63)) / 3) < 1e-12)
  }

  @Test("With too few evaluations the training losses are shown, in stretches")
  func trainingLosses() throws {
    let source = try table().source()
    let figures = ReportFigures(source, published: []) { _ in
      LossCurve(
        validation: [], training: (1...120).map { CurvePoint(tokens: 10 * $0, loss: $0.isMultiple(of: 2) ? 4 : 6) })
    }
    let (figure, caption) = try #require(try figures.losses(source.data.scale.sizes[0]))
    #expect(caption.hasPrefix("Training loss"))
    #expect(figure.script.contains("set ylabel 'Training loss (nats a token)'"))
    #expect(figure.data.contains("# Full-Rank\n20 5.0\n40 5.0\n"))
  }

  @Test("A figure is drawn to the same bytes twice, and leaves its three files and no others", .enabled(if: hasGnuplot))
  func repeated() throws {
    let all = try figures(table()).all()
    let folders = try [TemporaryFolder(), TemporaryFolder()]
    for folder in folders { for (figure, _) in all { try figure.draw(into: folder.path) } }
    #expect(
      folders[0].names
        == ["figure-1", "table-2-loss-60m-proxy"].flatMap { name in ["dat", "gp", "svg"].map { "\(name).\($0)" } })
    for name in folders[0].names { #expect(try folders[0].text(name) == folders[1].text(name)) }
    for (figure, _) in all {
      let svg = try folders[0].text(figure.name + ".svg")
      #expect(svg.hasPrefix("<?xml") && svg.hasSuffix("</svg>\n\n"))
      let count = figure.script.components(separatedBy: " with ").count - 1
      #expect(svg.components(separatedBy: "<g id=\"gnuplot_plot_").count - 1 == count)
    }
  }

  @Test("A missing gnuplot is named with what to install, and nothing is left behind")
  func missing() throws {
    let folder = try TemporaryFolder()
    let figure = Figure(name: "figure-1", data: "", script: "")
    #expect(
      diagnosticText { try figure.draw(into: folder.path, searchPath: folder.path) }
        == "error: gnuplot, which draws the figures, was not found; install it (Debian: gnuplot-nox)")
    #expect(folder.names.isEmpty)
  }

  @Test("A script that gnuplot refuses leaves the last figure as it was", .enabled(if: hasGnuplot))
  func refused() throws {
    let folder = try TemporaryFolder()
    try folder.write("the last figure", to: "figure-1.svg")
    let figure = Figure(name: "figure-1", data: "", script: "plot nonsense(\n")
    #expect(diagnosticText { try figure.draw(into: folder.path) }.hasPrefix("error: gnuplot refused figure-1.gp: "))
    #expect(folder.names == ["figure-1.svg"])
    #expect(try folder.text("figure-1.svg") == "the last figure")
  }

  @Test("A folder that cannot be written to is named", .enabled(if: hasGnuplot))
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try folder.write("a file", to: "results")
    let figure = Figure(name: "figure-1", data: "", script: "set terminal svg; set output 'figure-1.svg'; plot x")
    let message = diagnosticText { try figure.draw(into: folder.path + "/results") }
    #expect(message.hasPrefix("\(folder.path)/results: error: the folder cannot be made"))
  }
}
