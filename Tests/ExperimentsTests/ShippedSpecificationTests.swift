import Configuration
import Experiments
import Foundation
import Methods
import Modeling
import TestSupport
import Testing

@Suite("The specifications that are shipped")
struct ShippedSpecificationTests {
  static let files: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: Repository.experiments)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.sorted()
  }()
  static let figures = files.filter { file in
    (try? SpecificationNode(file: "\(Repository.experiments)/\(file)").members().contains { $0.key == "figure" })
      ?? false
  }
  static let tables = files.filter { !figures.contains($0) }

  private let environment = ExperimentEnvironment(
    experimentsFolder: Repository.experiments, resultsFolder: "/nonexistent", workFolder: "/nonexistent")

  @Test("The tables and figures that the README names are there")
  func names() {
    #expect(Set(Self.tables).isSuperset(of: [2, 8, 9, 10].map { "table-\($0).yaml" }))
    #expect(Self.figures == ["figure-1.yaml"])
  }

  @Test("Every figure leads to the table that it is drawn from, and to published numbers", arguments: figures)
  func everyFigure(file: String) throws {
    let table = try environment.table(String(file.dropLast(5)))
    let figure = try #require(try environment.figures(of: table).first { $0.name + ".yaml" == file })
    #expect(figure.table == table.name)
    #expect(FileManager.default.fileExists(atPath: "\(Repository.experiments)/published/\(figure.published)"))
  }

  @Test("Every table, and every figure's table, plans every cell at every scale", arguments: tables)
  func everyTable(file: String) throws {
    let table = try environment.table(String(file.dropLast(5)))
    #expect(table.name + ".yaml" == file)
    for scale in table.scales {
      let plan = try Planner(table, scale: scale, resolver: environment.resolver()).plan()
      #expect(plan.entries.count == table.rows(at: scale).count * scale.sizes.count)
      for entry in plan.entries {
        let cells = try plan.finalCells(of: entry, at: 0.5)
        #expect(cells.count == plan.seeds.count + entry.paperRateSeeds.count)
      }
    }
  }

  @Test("Every model of the catalogue can be read", arguments: ["60M", "1B", "32x4", "9M", "3B"])
  func models(name: String) throws {
    let models = try environment.models()
    for name in models.names {
      _ = try models.model(reading: SpecificationNode(text: name, file: "a.yaml"))
    }
    #expect(models.names.contains(name))
  }

  @Test("The proxies keep the paper's proportions")
  func proportions() throws {
    let table = try environment.table("table-2")
    for scale in table.scales where scale.name != .paper {
      for entry in try Planner(table, scale: scale, resolver: environment.resolver()).plan().entries {
        let model = entry.training.model
        #expect(abs(Double(model.intermediateSize) / Double(model.hiddenSize) - 8.0 / 3) < 0.03)
        guard let rank = entry.training.resolved["method"]?["rank"]?.integerValue else { continue }
        #expect(rank * 4 == model.hiddenSize)
        if let alpha = entry.training.resolved["method"]?["alpha"]?.doubleValue { #expect(alpha * 4 == Double(rank)) }
      }
    }
  }

  @Test("Where perplexity is tested, a full row of the largest model has room for the tokens that its claims need")
  func tokens() throws {
    let table = try environment.table("table-2")
    for name in ["quick", "desktop"] {
      let scale = try table.scale(name)
      for entry in try Planner(table, scale: scale, resolver: environment.resolver()).plan().entries {
        let share = Double(entry.training.tokenSlots) / Double(entry.training.model.denseParameterCount)
        #expect(share >= table.requirements.tokensPerParameter, "\(name)")
      }
    }
  }

  @Test("The published configurations have the published numbers of parameters")
  func publishedParameters() throws {
    let table = try environment.table("table-2")
    let plan = try Planner(table, scale: table.scale("paper"), resolver: environment.resolver()).plan()
    let millions: [String: [String: Int]] = [
      "Full-Rank": ["60M": 58, "130M": 134, "350M": 368, "1B": 1339],
      "Low-Rank, zero B": ["60M": 43, "130M": 94, "350M": 185, "1B": 609],
      "GaLore": ["60M": 58, "130M": 134, "350M": 368, "1B": 1339],
      "SLTrain": ["60M": 44, "130M": 97, "350M": 194, "1B": 646],
    ]
    for entry in plan.entries {
      guard let expected = millions[entry.row.label]?[entry.size.label] else { continue }
      let found = Double(entry.training.footprint.finalParameters) / 1e6
      #expect(Int(found.rounded()) == expected, "\(entry.row.label) \(entry.size.label)")
    }
  }
}
