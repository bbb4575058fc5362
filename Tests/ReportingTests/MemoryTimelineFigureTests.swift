import Experiments
import Foundation
import MemoryAccounting
import Reporting
import TestSupport
import Tensors
import Testing
import Training

@Suite("The figure of memory over the phases of an update") struct MemoryTimelineFigureTests {
  /// Two updates of a model of blocks, the second with bytes that are easy to tell apart.
  private func timeline(blocks: Int = 3, scale: Int = 1) -> MemoryTimeline {
    func part(_ update: Int, weights: Int) -> MemoryTimeline.Part {
      let phases: [(Phase, Int)] =
        [(.forward, 10), (.head, 50)] + (0..<blocks).reversed().map { (.backward(block: $0), 30 + $0) }
        + [(.embedding, 0), (.update, 5), (.afterUpdate, 0)]
      return .init(
        .update(update),
        samples: phases.map { phase, temporaries in
          var bytes = Dictionary(
            uniqueKeysWithValues: MemoryCategory.allCases.map { ($0, MemoryReading(requested: 0, usable: 0)) })
          for (category, size) in [(.weights, weights), (.gradients, 100), (.activations, 400), (.workspace, 60)]
            as [(MemoryCategory, Int)]
          {
            bytes[category] = MemoryReading(requested: size * scale, usable: size * scale)
          }
          return MemorySample(phase: phase, bytes: bytes, workspaceInUse: temporaries * scale)
        })
    }
    return MemoryTimeline([part(1, weights: 1), part(2, weights: 200)])
  }

  private func figure(_ timeline: MemoryTimeline) throws -> Figure {
    try #require(MemoryTimelineFigure(title: "SLTrain's memory", timeline: timeline)).figure(name: "memory")
  }

  @Test("Its data are the bytes in use of the second update: a phase from its start to its end, a column a category")
  func data() throws {
    let lines = try figure(timeline()).data.split(separator: "\n").map(String.init)
    #expect(lines[0] == "# place  bytes in use: weights, gradients, activations, workspace")
    #expect(lines[1] == "# forward")
    #expect(lines.filter { $0.hasPrefix("#") }.count == 1 + 8 && lines.count == 1 + 3 * 8)
    let head = try #require(lines.firstIndex(of: "# head"))
    #expect(lines[head + 1].hasSuffix(" 200 100 400 50") && lines[head + 2].hasSuffix(" 200 100 400 50"))
    let block = try #require(lines.firstIndex(of: "# backward 2"))
    #expect(lines[block + 1].hasSuffix(" 200 100 400 32"))
    // Each phase begins where the one before ends.
    let places = lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ")[0] }
    for index in stride(from: 2, to: places.count, by: 2) { #expect(places[index] == places[index - 1]) }
  }

  @Test("Axes have names and units, areas have names and bytes, and what is most is said")
  func words() throws {
    let small = try figure(timeline(scale: 1_000_000)).script
    #expect(small.contains("set ylabel 'Memory in use (MB)'"))
    #expect(small.contains("'Phases of update 2, in their order"))
    #expect(small.contains("set label 901 'SLTrain''s memory' at"))
    #expect(small.contains("'750 MB at most, in the phase ''head''; temporaries"))
    for label in ["weights 200 MB", "gradients 100 MB", "activations 400 MB", "temporaries, up to 50.0 MB"] {
      #expect(small.contains("'\(label)'"))
    }
    #expect(!small.contains("projector"))
    #expect(try figure(timeline(scale: 20_000_000)).script.contains("'15.0 GB at most"))
    #expect(small.contains("backward, blocks\\n2…0") && small.contains("after\\nupdate"))
  }

  @Test("A timeline without an update has no figure; one with a first update alone shows that")
  func missing() throws {
    #expect(MemoryTimelineFigure(title: "", timeline: MemoryTimeline()) == nil)
    let first = MemoryTimeline([try #require(timeline()[.update(1)])])
    #expect(try figure(first).script.contains("Phases of update 1,"))
  }

  @Test("Runs that are compared have a panel each, in one file, and their areas are drawn to one scale")
  func panels() throws {
    let panels = [("SLTrain", 1_000_000), ("GaLore", 2_000_000)].compactMap { title, scale in
      MemoryTimelineFigure.Panel(title: title, timeline: timeline(scale: scale))
    }
    let figure = try #require(MemoryTimelineFigure(title: "Memory", panels: panels)).figure(name: "both")
    let blocks = figure.data.components(separatedBy: "\n\n\n")
    #expect(blocks.count == 2 && blocks[0].contains("# SLTrain\n# forward\n") && blocks[1].hasPrefix("# GaLore\n"))
    let ranges = figure.script.components(separatedBy: "set yrange ").dropFirst().map { $0.prefix { $0 != "\n" } }
    #expect(ranges.count == 2 && ranges[0] == ranges[1])
    #expect(figure.script.contains("'both.dat' index 0 using") && figure.script.contains("'both.dat' index 1 using"))
    #expect(MemoryTimelineFigure(title: "Memory", panels: []) == nil)
  }

  @Test("A report has a figure a size, of the runs whose records have their memory's timeline")
  func report() throws {
    let source = try SyntheticMemory().source()
    func figures(_ timeline: @escaping (CellOutcome) -> MemoryTimeline?) throws -> [String] {
      try ReportFigures(source, published: [], timeline: timeline) { _ in LossCurve(validation: [], training: []) }
        .all().map(\.figure.name).filter { $0.contains("timeline") }
    }
    #expect(try figures { _ in nil } == [])
    // No run was made at the other size.
    #expect(try figures { _ in timeline() } == ["figure-3-timeline-350m"])
  }

  @Test(
    "It is drawn, whatever the number of blocks; so is a plan's timeline", .enabled(if: FigureTests.hasGnuplot),
    arguments: [1, 3, 32])
  func drawn(blocks: Int) throws {
    let folder = try TemporaryFolder()
    let planned = try MemoryPlan(SmallRuns.specification(method: "galore")).timeline
    for (name, timeline) in [("made-up", timeline(blocks: blocks)), ("planned", planned)] {
      let figure = try #require(MemoryTimelineFigure(title: "Memory", timeline: timeline)).figure(name: name)
      try figure.draw(into: folder.path)
      let svg = try folder.text("\(name).svg")
      let areas = figure.script.components(separatedBy: " with ").count - 1
      #expect(svg.components(separatedBy: "<g id=\"gnuplot_plot_").count - 1 == areas)
    }
  }
}
