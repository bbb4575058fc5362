import Configuration
import Experiments
import Methods

/// Something that a comparison sets beside its like: a record, a row of a scale, or what was published of one.
public struct ComparedRun: Sendable {
  /// A number of it.
  struct Number: Sendable {
    let name: String
    let value: Double
    let text: String
  }

  /// The table that it is of; nothing of a record.
  let table: String
  /// What it is compared by: the row and the published size that it stands for.
  let key: String
  /// How it was trained; nil where nobody says.
  let settings: Settings?
  /// What came out.
  let numbers: [Number]

  /// The settings of a cell of a table: its learning rate is told as a number, and its seeds are of no consequence.
  fileprivate static func settings(of training: ResolvedValue) -> Settings {
    var training = training
    for key in ["learningRate", "seed"] { training[key] = nil }
    return Settings(training)
  }
}

/// One side of a comparison.
public struct ComparedSide: Sendable {
  /// What a heading calls it.
  public let title: String
  /// What is on it.
  public let runs: [ComparedRun]
}

extension ComparedSide {
  /// A record: its whole specification, and all numbers of its summary.
  ///
  /// - Throws: `Diagnostic` if the record is not complete.
  public init(_ record: RunRecord) throws {
    guard let outcome = record.outcome else {
      throw Diagnostic.file(record.folder, .usage, "is not complete; run reproduce again, which goes on with it")
    }
    title = record.id
    var settings = record.specification.training
    settings["evaluationSplit"] = .string(record.specification.split.rawValue)
    settings["numerics"] = .integer(record.numerics)
    runs = [
      ComparedRun(table: "", key: "", settings: Settings(settings), numbers: ComparedRun.numbers(of: outcome))
    ]
  }

  /// The rows of a table at a scale, with the means over seeds of what its records say.
  ///
  /// - Throws: `Diagnostic` if a record is damaged, or a cell cannot be planned.
  public init(_ table: TableSpecification, scale: TableScale, environment: ExperimentEnvironment) throws {
    let source = try ReportSource(table, scale: scale, environment: environment)
    title = scale.name.rawValue
    let entries = source.data.entries.map { entry in
      ComparedRun(
        table: table.name, key: "\(entry.row.label), \(entry.size.published ?? entry.size.label)",
        settings: source.training(row: entry.row.label, size: entry.size).map { ComparedRun.settings(of: $0.resolved) },
        numbers: ComparedRun.numbers(of: entry))
    }
    let memory = source.data.memory.map { result in
      ComparedRun(
        table: table.name, key: "\(result.row.label), \(result.size.published ?? result.size.label), memory",
        settings: ComparedRun.settings(of: result.training.resolved), numbers: ComparedRun.numbers(of: result))
    }
    runs = entries + memory
  }

  /// What was published of a table, and how its rows were trained as far as the paper's scale says so.
  ///
  /// - Parameter rows: the rows, with the labels of the published sizes; those of which nothing was published are left out.
  /// - Throws: `Diagnostic` if the file of published numbers is wrong, or a cell cannot be planned.
  public init(publishedOf table: TableSpecification, environment: ExperimentEnvironment) throws {
    title = "published"
    guard let published = try table.publishedFile.map(PublishedTable.init(contentsOf:)) else {
      runs = []
      return
    }
    let paper = try table.scales.first { $0.name == .paper }
      .map { try Planner(table, scale: $0, resolver: environment.resolver()).plan() }
    runs = table.rows.flatMap { row in
      published.sizes.flatMap { size -> [ComparedRun] in
        func numbers(_ quantities: [PublishedQuantity]) -> [ComparedRun.Number] {
          quantities.compactMap { quantity in
            row.published.flatMap { published.number(quantity, row: $0, size: size.label) }
              .map { ComparedRun.number($0, quantity) }
          }
        }
        let entry = paper?.entries.first {
          $0.row.label == row.label && ($0.size.published ?? $0.size.label) == size.label
        }
        let training = entry.flatMap { $0.training.steps > 0 ? $0.training : nil }
        let settings = training.map { ComparedRun.settings(of: $0.resolved) }
        let key = "\(row.label), \(size.label)"
        return [
          ComparedRun(
            table: table.name, key: key, settings: settings,
            numbers: numbers([.perplexity, .parameters, .memory]) + ComparedRun.rate(entry?.paperRate)),
          ComparedRun(table: table.name, key: "\(key), memory", settings: nil, numbers: numbers([.peakMemory])),
        ].filter { !$0.numbers.isEmpty }
      }
    }
  }

  /// A record as a cell of a table, to be set beside what was published of it; nil where the table has no such cell.
  ///
  /// - Throws: `Diagnostic` if a cell cannot be planned.
  public init?(_ record: RunRecord, in table: TableSpecification, environment: ExperimentEnvironment) throws {
    guard let outcome = record.outcome else { return nil }
    for scale in table.scales where scale.train != .never {
      let plan = try Planner(table, scale: scale, resolver: environment.resolver()).plan()
      let found = try plan.cell(trainedAs: record.specification.training, at: outcome.learningRate)
      guard let cell = found else { continue }
      let size = (scale.sizes + (scale.memory?.sizes ?? [])).first { $0.label == cell.size }
      let memory = cell.purpose == .memory ? ", memory" : ""
      title = record.id
      runs = [
        ComparedRun(
          table: table.name, key: "\(cell.row), \(size?.published ?? cell.size)\(memory)",
          settings: ComparedRun.settings(of: record.specification.training),
          numbers: ComparedRun.numbers(of: outcome, estimated: cell.purpose == .memory ? nil : cell.training.footprint))
      ]
      return
    }
    return nil
  }
}

extension Plan {
  /// The cell that trains as a specification says, learning rate and seed included.
  fileprivate func cell(trainedAs training: ResolvedValue, at rate: Double) throws -> PlannedCell? {
    let cells = try entries.flatMap { try $0.finals(at: rate) + $0.atPaperRate() } + memory.map(\.cell)
    // Whatever seeds the scale has, a record of another answers the same row.
    func withoutSeed(_ value: ResolvedValue) -> ResolvedValue {
      var value = value
      for key in ["seed", "checkpointEvery"] { value[key] = nil }
      return value
    }
    let wanted = withoutSeed(training)
    return cells.first { withoutSeed($0.training.resolved) == wanted }
  }
}
