import Experiments
import Foundation
import MemoryAccounting
import Training

/// A figure of the paper and the numbers in it.
public struct PublishedFigure: Sendable {
  /// What the figure is.
  public let specification: FigureSpecification
  /// Its numbers.
  public let numbers: PublishedTable

  /// Creates a figure.
  public init(_ specification: FigureSpecification, numbers: PublishedTable) {
    self.specification = specification
    self.numbers = numbers
  }
}

/// The figures of a report, from the same source as its tables and the curves of its records.
public struct ReportFigures {
  let source: ReportSource
  /// The published figures of perplexity against memory that are drawn from the table's cells.
  let published: [PublishedFigure]
  /// The memory of a run over the phases of its first updates; nil where its record does not have it.
  let timeline: (CellOutcome) throws -> MemoryTimeline?
  /// The losses of a run along its way.
  let curve: (CellOutcome) throws -> LossCurve

  /// Below this many evaluations of a run the training loss is shown instead.
  private static let fewestEvaluations = 5
  static let stretches = 60

  /// Creates the figures of a report.
  public init(
    _ source: ReportSource, published: [PublishedFigure],
    timeline: @escaping (CellOutcome) throws -> MemoryTimeline? = { _ in nil },
    curve: @escaping (CellOutcome) throws -> LossCurve
  ) {
    self.source = source
    self.published = published
    self.timeline = timeline
    self.curve = curve
  }

  /// Every figure that there are numbers for, with its caption, in the order printed.
  ///
  /// - Throws: `Diagnostic` if a record's curve or memory cannot be read.
  public func all() throws -> [(figure: Figure, caption: String)] {
    try published.compactMap { figure in
      perplexityAgainstMemory(figure).map { (figure: $0, caption: figure.specification.title) }
    } + [memory()].compactMap(\.self) + (source.data.scale.memory?.sizes ?? []).compactMap(memoryTimelines)
      + curves()
  }

  /// Loss against tokens: a figure a size, with a line a row; or one of means and spreads, where the rows are repetitions.
  private func curves() throws -> [(figure: Figure, caption: String)] {
    guard let repetitions = source.data.specification.repetitions else {
      return try source.data.scale.sizes.compactMap(losses)
    }
    return try [self.repetitions(repetitions)].compactMap(\.self)
  }

  /// The mean and the spread of rows that repeat one another, a column a size.
  func repetitions(_ name: String) throws -> (figure: Figure, caption: String)? {
    let panels = try source.data.scale.sizes.map { size in
      RepetitionFigure.Panel(
        title: "\(size.label), scale \(source.data.scale.name.rawValue)",
        curves: try source.entries(of: size).map { entry in
          try entry.outcomes.filter { $0.status == .complete }.map { try curve($0).validation }
        }.filter { !$0.isEmpty })
    }
    let specification = source.data.specification
    let figure = RepetitionFigure(title: specification.title, repetitions: name, panels: panels)
    guard !figure.panels.isEmpty else { return nil }
    return (figure.figure(name: specification.name + source.nameSuffix), specification.title)
  }

  /// Perplexity against memory: a panel of the published numbers, and one for each size that was trained.
  public func perplexityAgainstMemory(_ published: PublishedFigure) -> Figure? {
    let panels = published.numbers.sizes.map { publishedPanel(published.numbers, $0.label) }
    let figure = PerplexityMemoryFigure(panels: panels + source.data.scale.sizes.map(panel))
    return figure.panels.isEmpty ? nil : figure.figure(name: published.specification.name + source.nameSuffix)
  }

  private func publishedPanel(_ table: PublishedTable, _ size: String) -> PerplexityMemoryFigure.Panel {
    var notes: [String] = []
    let points = table.rows.compactMap { row -> PerplexityMemoryFigure.Point? in
      guard let memory = table.number(.memory, row: row, size: size),
        let perplexity = table.number(.perplexity, row: row, size: size),
        let parameters = table.number(.parameters, row: row, size: size)
      else { return nil }
      notes += memory.notes.compactMap { table.note($0)?.text }.filter { !notes.contains($0) }
      return PerplexityMemoryFigure.Point(
        label: row, style: style(row), bytes: (memory.value * 1e9).rounded(), perplexity: perplexity.value,
        parameters: (parameters.value * 1e6).rounded())
    }
    return PerplexityMemoryFigure.Panel(
      title: "Published: LLaMA \(size)", note: notes.joined(separator: " "), points: points)
  }

  private func panel(_ size: TableSize) -> PerplexityMemoryFigure.Panel {
    let points = source.entries(of: size).compactMap { entry -> PerplexityMemoryFigure.Point? in
      let perplexities = entry.finals.perplexities(\.perplexity)
      guard let statistics = Statistics(perplexities) else { return nil }
      return PerplexityMemoryFigure.Point(
        label: entry.row.label, style: style(entry.row.published ?? entry.row.label),
        bytes: Double(entry.footprint.estimatedBytes), perplexity: statistics.mean, deviation: statistics.deviation,
        parameters: Double(entry.footprint.finalParameters))
    }
    let seeds = source.data.seedCount
    let spread = seeds > 1 ? "mean ± standard deviation of \(seeds) seeds" : "one seed"
    return PerplexityMemoryFigure.Panel(
      title: "Here: \(size.label), scale \(source.data.scale.name.rawValue)",
      note: "Corrected perplexity, \(spread); memory of the model trained, by the paper's formulas.",
      points: points)
  }

  /// Loss against tokens of every method at a size: the mean of its final runs.
  public func losses(_ size: TableSize) throws -> (figure: Figure, caption: String)? {
    let runs = try source.entries(of: size).map { entry in
      (row: entry.row, curves: try entry.outcomes.filter { $0.status == .complete }.map(curve))
    }
    let isValidation = runs.allSatisfy { $0.curves.allSatisfy { $0.validation.count >= Self.fewestEvaluations } }
    let kind = isValidation ? "Validation loss" : "Training loss"
    let curves = runs.enumerated().map { index, run in
      LossFigure.Curve(
        label: run.row.label, colour: style(run.row.published ?? run.row.label), dash: index,
        points: CurvePoint.mean(
          of: run.curves.map { isValidation ? $0.validation : $0.smoothedTraining(Self.stretches) }))
    }
    guard curves.contains(where: { !$0.points.isEmpty }) else { return nil }
    let seeds = source.data.seedCount
    let mean = seeds > 1 ? "mean of \(seeds) seeds" : "one seed"
    let note = isValidation ? "token-weighted" : "each point the mean of a stretch of updates"
    let figure = LossFigure(
      title: "\(kind), \(size.label), scale \(source.data.scale.name.rawValue)",
      note: "Final runs at the chosen rates, \(mean), \(note).", axis: "\(kind) (nats a token)", curves: curves)
    let name = "\(source.data.specification.name)-loss-\(size.slug)\(source.nameSuffix)"
    return (figure.figure(name: name), "\(kind) against training tokens, \(size.label)")
  }

  /// The memory that was measured or predicted, beside what was published: a panel a size.
  public func memory() -> (figure: Figure, caption: String)? {
    let panels = (source.data.scale.memory?.sizes ?? []).map { size in
      MemoryFigure.Panel(title: size.label, bars: source.memory(of: size).compactMap { bar($0, size) })
    }
    let specification = source.data.specification
    let figure = MemoryFigure(title: specification.title, panels: panels)
    guard !figure.panels.isEmpty else { return nil }
    // A specification that is a figure of the paper's gives it its own name.
    let suffix = specification.name.hasPrefix("figure-") ? "" : "-memory"
    return (figure.figure(name: specification.name + suffix + source.nameSuffix), specification.title)
  }

  /// The memory over the phases of an update of every run at a size whose record has it: a panel a method.
  public func memoryTimelines(_ size: TableSize) throws -> (figure: Figure, caption: String)? {
    let panels = try source.memory(of: size).compactMap { result -> MemoryTimelineFigure.Panel? in
      guard let timeline = try result.outcome.flatMap(timeline) else { return nil }
      return MemoryTimelineFigure.Panel(title: result.row.label, timeline: timeline)
    }
    let title = "Memory over an update, \(size.label)"
    let name = "\(source.data.specification.name)-timeline-\(size.slug)\(source.nameSuffix)"
    return MemoryTimelineFigure(title: title, panels: panels).map { ($0.figure(name: name), title) }
  }

  private func bar(_ result: MemoryResult, _ size: TableSize) -> MemoryFigure.Bar? {
    guard let bytes = result.peakBytes, let total = result.total else { return nil }
    let categories = MemoryCategory.allCases.map { ($0, bytes[$0.rawValue] ?? 0) }
    return MemoryFigure.Bar(
      label: result.row.label,
      published: source.number(.peakMemory, result.row, size),
      bytes: Dictionary(uniqueKeysWithValues: categories), total: total, isPredicted: !result.isMeasured)
  }

  /// The colour of a published row: its place among the figure's rows, and after them the table's own.
  private func style(_ row: String) -> Int {
    let own = source.data.rows.map { $0.published ?? $0.label }
    let all = published.flatMap(\.numbers.rows) + own
    let unique = all.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return unique.firstIndex(of: row) ?? 0
  }
}
