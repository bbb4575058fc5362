import Configuration
import Corpus
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Studies of trained weights")
struct WeightStudyTests {
  private let folder: TemporaryFolder
  private let environment: ExperimentEnvironment

  /// A project with one small table, whose runs are made here.
  init() throws {
    folder = try TemporaryFolder()
    let experiments = folder.path + "/experiments"
    for name in ["models", "corpora"] {
      try FileManager.default.createDirectory(atPath: "\(experiments)/\(name)", withIntermediateDirectories: true)
    }
    var ids = Data()
    for index in 0..<24 * 200 { ids += [UInt8((index * index / 7 + 3 * index) % 50), 0] }
    try ids.write(to: URL(fileURLWithPath: experiments + "/ids.bin"))
    let table = """
      table: small
      version: 1
      title: A small table
      source: a test
      columns: [{metric: perplexity, label: PPL}]
      training:
        data: {tokens: ids.bin, vocabularySize: 50, width: 2, sequenceLength: 24, splits: {tuning: 0.1, validation: 0.1}}
        schedule: {kind: cosine, warmupShare: 0.1}
        evaluation: {batch: 4}
      scales:
        smoke:
          seeds: [42]
          search: none
          sizes:
            - label: Tiny
              training:
                model: {name: tiny, vocabularySize: 50, hiddenSize: 24, intermediateSize: 40, layers: 2, heads: 2}
                steps: 20
                batch: 8
      rows:
        - {label: Full-Rank, method: full-rank, learningRates: [1e-2]}
        - {label: SLTrain, method: {name: sltrain, rank: 6, density: 0.05, alpha: 8}, learningRates: [1e-2]}
      """
    try table.write(toFile: experiments + "/small.yaml", atomically: true, encoding: .utf8)
    environment = ExperimentEnvironment(
      experimentsFolder: experiments, resultsFolder: folder.path + "/results", workFolder: folder.path + "/work")
  }

  /// Trains every final run of the table in this process, models kept: a study then finds them complete.
  private func train() throws {
    let table = try environment.table("small")
    let scale = try table.scale("smoke")
    let plan = try Planner(table, scale: scale, resolver: environment.resolver()).plan(keepsModels: true)
    let data = PlannedData(environment)
    for entry in plan.entries {
      for cell in try plan.finalCells(of: entry, at: 0.01) {
        let rows = try data.digests(of: cell.training, cell.split)
        let identity = CellIdentity(
          cell.specification, trainingRows: rows.training, evaluationRows: rows.evaluation)
        let job = CellJob(
          identity: identity, training: cell.training.resolved, specificationFile: table.file, workers: 1,
          requestedFor: "a test", keepsModel: cell.keepsModel)
        let file = try job.write(into: environment.work(at: .smoke).folder(of: identity.id))
        try CellRunner.run(jobFile: file, environment: environment) { _ in }
      }
    }
  }

  private func study(_ kind: String, _ numbers: String) throws -> any Study {
    let text = """
      study: \(kind)
      name: weights
      title: Title
      source: Source
      scales: {smoke: {table: small, size: Tiny, \(numbers)}}
      """
    return try StudySpecification(
      reading: SpecificationNode(text: text, file: "study.yaml"), environment: environment
    ).study(at: "smoke").study
  }

  private func found(_ name: String, _ result: StudyResult) throws -> Double {
    try #require(result.findings.first { $0.name == name }?.value)
  }

  @Test("What the approximation misses has the squares of the singular values that it leaves out")
  func residual() throws {
    try train()
    let result = try study("residual", "row: Full-Rank, rank: 5").run(workers: 1) { _ in }
    let values = try #require(result.curves.first).points.map(\.y)
    #expect(values.count == 24 && zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
    let squares = values.map { $0 * $0 }
    let maps = result.panels.compactMap(\.map)
    let sums = maps.map { $0.rows.joined().reduce(0) { $0 + $1 * $1 } }
    #expect(maps.count == 2 && maps[0].rows.count == 24 && maps[0].largest == maps[1].largest)
    #expect(abs(sums[0] / squares.reduce(0, +) - 1) < 1e-4)
    #expect(abs(sums[1] / squares.dropFirst(5).reduce(0, +) - 1) < 1e-4)
    #expect(try abs(found("energy of L0", result) - squares.prefix(5).reduce(0, +) / squares.reduce(0, +)) < 1e-5)

    let entries = maps[1].rows.joined().sorted()
    let cut = try found("cut", result)
    #expect(entries.filter { $0 <= cut * 1.000_01 }.count >= 559 && entries.filter { $0 < cut * 0.999_99 }.count < 559)
    let below = Double(entries.filter { $0 < 0.04 }.count) / 576
    #expect(try abs(found("share below 0.04", result) - below) < 0.002)
    // Two deviations of a normal law.
    #expect(try abs(found("normal share", result) - 0.9545) < 1e-4)
    let shares = try #require(result.panels.first { $0.curves.count == 2 }).curves[1].points
    #expect(shares.last?.y == 1 && zip(shares, shares.dropFirst()).allSatisfy { $0.x <= $1.x && $0.y < $1.y })
  }

  @Test("BA has as many singular values as its rank, S as many as the matrix, and contributions add up to the sum's")
  func spectra() throws {
    try train()
    let values = try study("spectrum", "row: SLTrain, layer: 0, role: self_attn.q_proj").run(workers: 1) { _ in }
    #expect(
      values.panels.map(\.title) == ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"])
    for panel in values.panels {
      #expect(panel.curves.map(\.label) == ["BA + S", "BA", "S"] && panel.curves.map(\.points.count) == [24, 6, 24])
    }
    #expect(values.curves == values.panels[0].curves)
    #expect(try found("rank", values) == 6)
    let sum = values.curves[0].points.map(\.y)
    #expect(try abs(found("fall at r", values) - sum[5] / sum[6]) < 1e-4)

    let shares = try study("contributions", "row: SLTrain, layer: 0, role: self_attn.q_proj").run(workers: 1) { _ in }
    #expect(shares.curves[0] == values.curves[0])
    for panel in shares.panels {
      let lines = panel.curves.map { $0.points.map(\.y) }
      let scale = lines[0][0]
      for index in lines[0].indices { #expect(abs(lines[1][index] + lines[2][index] - lines[0][index]) < 1e-4 * scale) }
    }
    let head = shares.curves[1].points.prefix(6).reduce(0) { $0 + $1.y } / sum.prefix(6).reduce(0, +)
    #expect(try abs(found("BA in the head", shares) - head) < 1e-4)
  }

  @Test("A study's result reads back as it was stored, panels and findings too")
  func stored() throws {
    try train()
    for result in [
      try study("residual", "row: Full-Rank, rank: 5").run(workers: 1) { _ in },
      try study("spectrum", "row: SLTrain").run(workers: 1) { _ in },
    ] {
      let text = result.resolved.prettyJSON
      let panels = try #require(ResolvedValue(json: Data(text.utf8), file: "")["panels"]?.arrayValue)
      #expect(panels.compactMap(StudyResult.Panel.init) == result.panels)
    }
  }

  @Test(
    "What a study cannot look into is reported where it is written",
    arguments: [
      (
        "residual", "row: Full-Rnak, rank: 5",
        "'small' has no row 'Full-Rnak' at scale 'smoke'; did you mean 'Full-Rank'?"
      ),
      ("residual", "row: Full-Rank, rank: 24", "rank' is 24; expected from 1 to below 24"),
      ("residual", "row: Full-Rank, rank: 5, layer: 2", "layer' is 2; expected from 0 to below 2"),
      (
        "spectrum", "row: Full-Rank",
        "the row is not trained by 'sltrain' with a rank above 0, so that it has no BA and S"
      ),
    ])
  func mistakes(kind: String, numbers: String, expected: String) throws {
    let message = diagnosticText { try study(kind, numbers) }
    #expect(message.contains(expected), "\(message)")
  }

  @Test("The numbers of a study name the run that it looks into, but for the rate that is searched")
  func identity() throws {
    let numbers = try study("spectrum", "row: SLTrain").resolved
    #expect(numbers["training"]?["method"]?["rank"] == .integer(6) && numbers["training"]?["learningRate"] == nil)
    #expect(numbers["layer"] == .integer(1) && numbers["role"] == .string("self_attn.o_proj"))
    #expect(numbers["seed"] == .integer(42))
  }
}
