import Configuration
import Corpus
import Foundation
import Training

/// What the user may choose about a run, beside what is run.
public struct RunOptions: Sendable {
  /// Cells side by side, or nil for the scale's number.
  public var jobs: Int?
  /// Threads of a cell, or nil for the scale's number.
  public var workers: Int?
  /// Whether published records count as run.
  public var trustsRecords = false
  /// Whether cells of a scale that trains on request are trained.
  public var trainsOnRequest = false
  /// The bytes of memory that there are: a run that needs more is predicted and not made.
  public var machineBytes: Int

  /// Creates options.
  public init(
    jobs: Int? = nil, workers: Int? = nil, trustsRecords: Bool = false, trainsOnRequest: Bool = false,
    machineBytes: Int = MemoryPlan.machineBytes
  ) {
    self.jobs = jobs
    self.workers = workers
    self.trustsRecords = trustsRecords
    self.trainsOnRequest = trainsOnRequest
    self.machineBytes = machineBytes
  }
}

/// Runs what a plan needs: the search, then the final runs at the rates that it found.
///
/// While cells run, the user's signals stop them in good order; at other times they end the process.
///
/// A cell is done when it is complete here. A record that came with the repository is not taken for done: the cell is
/// trained here, and compared with it.
public final class TableRunner {
  private let plan: Plan
  private let options: RunOptions
  private let work: RecordStore
  private let results: RecordStore
  private let pool: ProcessPool
  private let rows: (ResolvedTraining, EvaluationSplit) throws -> (training: Digest, evaluation: Digest)
  private let console: any RunConsole
  private var board = ProgressBoard()
  private var isStopping = false
  private var report = RunReport()

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - environment: where records and runs are.
  ///   - executable: the program whose command `cell` runs a job; this program where nothing is given.
  ///   - rows: the digests of the rows of a run, which are prepared for it.
  ///   - stopRequests: how often the user asked to stop.
  public init(
    _ plan: Plan, environment: ExperimentEnvironment, options: RunOptions = RunOptions(), console: any RunConsole,
    executable: String = "/proc/self/exe", stopRequests: @escaping () -> Int = { StopSignals.requests },
    rows: @escaping (ResolvedTraining, EvaluationSplit) throws -> (training: Digest, evaluation: Digest)
  ) {
    self.plan = plan
    self.options = options
    self.console = console
    self.rows = rows
    work = environment.work(at: plan.scale.name)
    results = environment.results(at: plan.scale.name)
    pool = ProcessPool(
      executable: executable, limit: options.jobs ?? plan.scale.jobs, stopRequests: stopRequests)
  }

  /// Runs everything that is missing.
  ///
  /// - Throws: ``Diagnostic`` if the plan, the data or the results are wrong; a cell that fails is reported and not thrown.
  public func run() throws -> RunReport {
    try runStages()
    // Cells end in no fixed order.
    report.warnings.sort()
    return report
  }

  private func runStages() throws {
    guard plan.scale.train != .never || !options.trainsOnRequest else {
      throw Diagnostic.file(
        plan.table.file, .usage,
        "counts its sizes at scale '\(plan.scale.name.rawValue)' and never trains them; leave '--train' out")
    }
    // A record that nothing can read is reported before hours of training, not after.
    _ = try results.records()
    results.removeLeftovers()
    let waits = plan.scale.train == .onRequest && !options.trainsOnRequest
    if plan.scale.train != .never, !waits { try runTraining() }
    if !report.isInterrupted { try runMemory(waits: waits) }
  }

  /// The search, then the final runs at the rates that it found; then the same of what starts from their models.
  private func runTraining() throws {
    let generations = plan.generations
    var known: [(entry: PlanEntry, rate: Double)] = []
    for (index, generation) in generations.enumerated() {
      // What starts from a run that failed is left out: the failure is reported.
      let entries = generation.map { $0.started(amongst: known) }.filter(\.isDecided)
      let laterWork = try generations[(index + 1)...].joined().reduce(0.0) {
        try $0 + expectedFinalWork($1) + plan.searchCells(of: $1).reduce(0) { $0 + $1.training.denseOperations }
      }
      let finalWork = entries.reduce(0.0) { $0 + expectedFinalWork($1) }
      guard try runStage(entries.flatMap(plan.searchCells), laterWork: finalWork + laterWork) else { return }
      var finals: [PlannedCell] = []
      for entry in entries where plan.wantsFinals(of: entry) {
        guard let choice = try choice(of: entry) else { continue }
        known.append((entry, choice.learningRate))
        if let warning = choice.warning { warn("\(entry.row.label), \(entry.size.label): \(warning)") }
        finals += try plan.finalCells(of: entry, at: choice.learningRate)
      }
      guard try runStage(finals, laterWork: laterWork) else { return }
    }
  }

  /// The runs whose memory is measured, one at a time; one that does not fit the machine is predicted and not made.
  private func runMemory(waits: Bool) throws {
    var cells: [PlannedCell] = []
    for cell in plan.memory.map(\.cell) {
      let prediction = try cell.training.predictMemory()
      let fits = prediction.fits(machineBytes: options.machineBytes)
      try results.keep(
        RecordedPrediction(prediction, tooLargeFor: fits ? nil : options.machineBytes), of: cell.specification)
      if fits {
        cells.append(cell)
      } else {
        report.predicted.append(cell.description)
        console.message(
          "\(cell.description): predicted, not run: \(prediction.excess(over: options.machineBytes))")
      }
    }
    guard !waits, try runStage(cells, laterWork: 0, jobs: 1) else { return }
    for cell in cells { try compareWithPrediction(cell) }
  }

  /// Warns of a measurement that is not what is predicted: its record is of a version that laid a run out otherwise.
  private func compareWithPrediction(_ cell: PlannedCell) throws {
    guard let outcome = try outcome(of: cell), let predicted = try results.prediction(of: cell.specification),
      outcome.peakBytes != predicted.prediction.peakBytes
    else { return }
    warn(
      "\(cell.description): \(MemoryPrediction.text(outcome.peakBytes["total"] ?? 0)) were measured and "
        + "\(MemoryPrediction.text(predicted.prediction.total)) are predicted; if the record is of an older version, "
        + "delete '\(work.folder(of: outcome.id))' and run reproduce again")
  }

  /// The rate of an entry's final runs, or nil where its search is not complete because a cell failed.
  private func choice(of entry: PlanEntry) throws -> RateChoice? {
    if let fixed = entry.fixedRate { return fixed }
    let points = try entry.search().map { cell in
      SearchPoint(learningRate: cell.learningRate, outcome: try outcome(of: cell))
    }
    return RateChoice.best(of: points)
  }

  private func outcome(of cell: PlannedCell) throws -> CellOutcome? {
    let id = try identity(of: cell).id
    if let record = try work.record(of: id), let outcome = record.outcome { return outcome }
    return options.trustsRecords ? try results.record(of: id)?.outcome : nil
  }

  private func identity(of cell: PlannedCell) throws -> CellIdentity {
    let rows = try rows(cell.training, cell.split)
    return CellIdentity(
      cell.specification, trainingRows: rows.training, evaluationRows: rows.evaluation,
      start: try cell.origin.map { try identity(of: $0).digest })
  }

  /// Operations of as many final runs as there may be.
  private func expectedFinalWork(_ entry: PlanEntry) -> Double {
    entry.training.denseOperations * Double(plan.mostFinals(of: entry))
  }

  /// Runs the cells of a stage that are not complete.
  ///
  /// - Parameters:
  ///   - laterWork: operations of the stages that follow.
  ///   - jobs: cells side by side, or nil for as many as the user or the scale says.
  /// - Returns: whether the next stage may begin.
  private func runStage(_ cells: [PlannedCell], laterWork: Double, jobs: Int? = nil) throws -> Bool {
    var pool = pool
    pool.limit = jobs ?? pool.limit
    var pending: [(cell: PlannedCell, id: String)] = []
    for cell in cells {
      let identity = try identity(of: cell)
      if try isDone(identity.id, keepsModel: cell.keepsModel) {
        report.skipped.append(identity.id)
        if try work.record(of: identity.id)?.summary != nil { try publish(identity.id, cell) }
      } else if let origin = cell.origin, let start = identity.startID,
        try KeptModel(runFolder: work.folder(of: start)).digest() == nil
      {
        fail(
          cell, Diagnostic.Kind.data.rawValue,
          "it starts from the final model of \(origin.description), which has none: it failed or diverged")
      } else if !pending.contains(where: { $0.id == identity.id }) {
        try job(of: cell, identity).write(into: work.folder(of: identity.id))
        pending.append((cell, identity.id))
      }
    }
    board.begin(pending.map(\.cell.training.denseOperations), laterWork: laterWork)
    let arguments = pending.map { ["cell", "\(work.folder(of: $0.id))/\(CellJob.fileName)"] }
    let isComplete = try StopSignals.catching { try pool.run(arguments) { try handle($0, pending) } }
    report.isInterrupted = !isComplete
    return isComplete
  }

  private func isDone(_ id: String, keepsModel: Bool) throws -> Bool {
    if let summary = try work.record(of: id)?.summary {
      return try !keepsModel || summary.status != .complete || KeptModel(runFolder: work.folder(of: id)).digest() != nil
    }
    return try options.trustsRecords && !keepsModel && results.record(of: id)?.summary != nil
  }

  /// Threads of a run whose memory is measured: the same for everybody, as a thread may have scratch of its own.
  private static let memoryWorkers = 2

  private func job(of cell: PlannedCell, _ identity: CellIdentity) -> CellJob {
    let node = try? cell.training.node.members().first { $0.key == "data" }?.value
    return CellJob(
      identity: identity, training: cell.training.resolved,
      specificationFile: URL(fileURLWithPath: node?.file ?? plan.table.file).path,
      workers: cell.purpose == .memory ? Self.memoryWorkers : options.workers ?? plan.scale.workers,
      requestedFor: "\(plan.table.name): \(cell.description)",
      startFolder: identity.startID.map { URL(fileURLWithPath: work.folder(of: $0)).path }, keepsModel: cell.keepsModel)
  }

  private func handle(_ event: ProcessPool.Event, _ pending: [(cell: PlannedCell, id: String)]) throws {
    switch event {
    case .line(let job, let line):
      if let progress = CellProgress(line: line) { board.note(progress, of: job) }
    case .ended(let job, .success):
      board.end(job)
      try finish(pending[job].cell, pending[job].id)
    case .ended(let job, .failure(let code, let message)):
      board.end(job)
      fail(pending[job].cell, code, message)
    case .idle:
      if pool.stopRequests() > 0, !isStopping {
        isStopping = true
        console.message("stopping; what is complete is kept, and what is not goes on from its last checkpoint")
      }
      if board.total > 0 { console.progress(board.line) }
    }
  }

  private func finish(_ cell: PlannedCell, _ id: String) throws {
    guard let outcome = try work.record(of: id)?.outcome else {
      return fail(cell, Diagnostic.Kind.data.rawValue, "its process ended without a summary")
    }
    report.trained.append(id)
    try publish(id, cell)
    switch outcome.status {
    case .complete:
      console.message("\(board.done)/\(board.total) \(cell.description)\(Self.result(of: cell, outcome))")
    case .diverged(let step):
      console.message("\(board.done)/\(board.total) \(cell.description) · diverged at update \(step)")
      if cell.purpose != .search { warn("\(cell.description) diverged at update \(step)") }
    }
  }

  /// What a complete run came to, for its line.
  private static func result(of cell: PlannedCell, _ outcome: CellOutcome) -> String {
    if cell.purpose == .memory { return " · peak " + MemoryPrediction.text(outcome.peakBytes["total"] ?? 0) }
    return outcome.evaluation.map { String(format: " · \(cell.split.rawValue) loss %.4f", $0.correctedLoss) } ?? ""
  }

  private func publish(_ id: String, _ cell: PlannedCell) throws {
    switch try results.publish(from: work.folder(of: id)) {
    case .published, .unchanged: break
    case .reproduced: report.reproduced.append(id)
    case .replaced(let what):
      report.replaced[id] = what
      warn("\(cell.description) differs from the published record, which is replaced: \(what)")
    }
  }

  private func fail(_ cell: PlannedCell, _ code: Int32, _ message: String) {
    report.failures.append(RunReport.Failure(cell: cell.description, message: message, code: code))
    console.message("\(cell.description) failed: \(message)")
  }

  private func warn(_ text: String) {
    report.warnings.append(text)
    console.message("warning: \(text)")
  }
}

extension PlannedCell {
  /// The cell for people: row, size, purpose, rate and seed.
  public var description: String {
    let purpose =
      switch purpose {
      case .search: "search"
      case .final: "final"
      case .paperRate: "paper's rate"
      case .memory: "memory"
      }
    if self.purpose == .memory { return "\(row), \(size), \(purpose)" }
    if training.steps == 0 { return "\(row), \(size), \(purpose), no update, seed \(seed)" }
    return "\(row), \(size), \(purpose), rate \(learningRate), seed \(seed)"
  }
}
