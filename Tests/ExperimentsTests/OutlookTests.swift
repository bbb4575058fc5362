import Configuration
import Experiments
import TestSupport
import Testing

@Suite("Looking ahead")
struct OutlookTests {
  private let table: SmallTable

  init() throws { table = try SmallTable() }

  private func outlook(
    _ plan: Plan, done: [(cell: PlannedCell, loss: Double)] = [], options: RunOptions = RunOptions(),
    costs: RunCosts = RunCosts([])
  ) throws -> Outlook {
    let outcomes = done.map { cell, loss in
      (cell.specification.digest, CellOutcome.example(rate: cell.learningRate, loss: loss))
    }
    let index = RecordIndex(outcomes: Dictionary(outcomes) { first, _ in first })
    return try Outlook(plan, records: index, costs: costs, options: options)
  }

  @Test("Where nothing has run, there are all runs of the search, and as many final ones as there may be")
  func fresh() throws {
    let outlook = try outlook(table.plan())
    #expect(outlook.items.count == 15 && outlook.done == 0 && outlook.text == "15 runs")
    #expect(Set(outlook.items.map(\.key)).count == 15)
    #expect(outlook.seconds > 0 && outlook.seconds < 1)
  }

  @Test("Once a search is complete, its final runs are known, and those that were made are done")
  func searched() throws {
    let plan = try table.plan(selection: Selection(["sltrain"]))
    let entry = try #require(plan.entries.first)
    var done = try entry.search().map { (cell: $0, loss: $0.learningRate == 0.003 ? 4.0 : 5) }
    #expect(try outlook(plan, done: done).text == "2 runs, 3 complete")
    done.append((try entry.finals(at: 0.003)[0], 4))
    #expect(try outlook(plan, done: done).text == "1 run, 4 complete")
    // A final run at a rate that was not chosen is none of them.
    done.append((try entry.finals(at: 0.01)[1], 4))
    #expect(try outlook(plan, done: done).items.count == 1)
  }

  @Test("What is trained on request is not counted until it is asked for")
  func onRequest() throws {
    let plan = try table.plan("paper")
    #expect(try outlook(plan).text == "nothing to run")
    #expect(try outlook(plan, options: RunOptions(trainsOnRequest: true)).items.count == 3)
  }

  @Test("Where rows start from the models of others, all that may be run is counted before any is")
  func lineage() throws {
    let environment = ExperimentEnvironment(
      experimentsFolder: Repository.experiments, resultsFolder: "/nonexistent", workFolder: "/nonexistent")
    let table = try environment.table("table-1")
    for scale in table.scales where scale.train == .always {
      let plan = try Planner(table, scale: scale, resolver: environment.resolver()).plan()
      let outlook = try outlook(plan)
      let finals = plan.entries.reduce(0) { $0 + $1.paperRateSeeds.count + plan.seeds.count }
      #expect(outlook.items.count >= plan.entries.count && outlook.items.count <= finals + 8 * plan.entries.count)
      #expect(Set(outlook.items.map(\.key)).count == outlook.items.count && outlook.seconds.isFinite)
      #expect(outlook.items.contains { $0.key.hasPrefix("table-1/") })
    }
  }

  @Test("A run that another table makes is done for this one")
  func shared() throws {
    let outlook = try outlook(table.plan(selection: Selection(["full-rank/*/search"])))
    let rest = outlook.without([outlook.items[0].key, "something else"])
    #expect(rest.items == Array(outlook.items.dropFirst()) && rest.done == 1)
  }

  @Test("Two cells side by side take half as long")
  func sideBySide() throws {
    let plan = try table.plan()
    let alone = try outlook(plan, options: RunOptions(jobs: 1)).seconds
    #expect(abs(try outlook(plan, options: RunOptions(jobs: 2)).seconds - alone / 2) < 1e-12)
  }

  @Test("A run that was made before takes as long again, and one like it in proportion to its work")
  func costs() throws {
    let records = try SmallRecord()
    let cells = try table.plan(selection: Selection(["sltrain/*/search"])).searchCells()
    let identity = CellIdentity(
      cells[0].specification, trainingRows: Digest(of: "a"), evaluationRows: Digest(of: "b"))
    var summary = SmallRecord.summary
    summary.parameterCount = cells[0].training.footprint.storedParameters
    summary.tokensSeen = cells[0].training.tokenSlots / 2
    let folder = try records.write(identity, in: records.work, summary: summary)
    let costs = RunCosts([try RunRecord(folder: folder)])
    #expect(costs.seconds(of: cells[0]) == 1.5)
    #expect(abs(costs.seconds(of: cells[1]) - 3) < 1e-9)
    #expect(RunCosts([]).seconds(of: cells[0]) < 0.1)
  }

  @Test("A damaged record is no reason to go without an estimate")
  func damaged() throws {
    let records = try SmallRecord()
    try records.write(in: records.work)
    let other = try records.write(SmallRecord.identity(rate: 0.01), in: records.work)
    try "{".write(toFile: "\(other)/cell.json", atomically: true, encoding: .utf8)
    #expect(throws: Diagnostic.self) { try records.work.records() }
    #expect(records.work.readableRecords().count == 1)
  }
}
