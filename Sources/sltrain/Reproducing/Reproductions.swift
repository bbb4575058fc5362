import Configuration
import Experiments
import Foundation

/// Several reproductions, one after the other, with what is known of them before they begin.
struct Reproductions {
  /// One of them, or why there is none.
  private struct Entry {
    let name: String
    let planned: Result<(reproduction: any Reproduction, outlook: Outlook), Diagnostic>
  }

  private var entries: [Entry] = []
  /// Those that do not have the scale, or nothing that is selected.
  private var passedOver: [String] = []
  /// The runs that an earlier one has to make, by what they are.
  private var known: Set<String> = []

  /// Plans several experiments; what is wrong with one is kept for the end, and does not stop the others.
  ///
  /// - Parameter names: which, or none for all that there are.
  /// - Throws: `Diagnostic` if a name is not known, or if nothing that is asked for is anywhere.
  init(_ names: [String], _ options: ReproductionOptions, in environment: ExperimentEnvironment) throws {
    let scale = try Self.scale(named: options.request.scale)
    for name in names.isEmpty ? try environment.experimentNames() : names {
      do {
        try plan(environment.experiment(name), at: scale, options, environment)
      } catch let fault as Diagnostic {
        // A name that is not known is the user's mistake; a specification that is wrong stops no other.
        guard names.isEmpty else { throw fault }
        entries.append(Entry(name: name, planned: .failure(fault)))
      }
    }
    guard entries.isEmpty else { return }
    let patterns = options.request.selection.patterns.joined(separator: ",")
    throw Diagnostic(
      .usage,
      patterns.isEmpty
        ? "nothing that is asked for has the scale '\(options.request.scale ?? "")'; each has scales of its own: "
          + "'sltrain describe' lists them"
        : "no cell of any table matches '\(patterns)'; 'sltrain describe table-2' lists those of a table")
  }

  private static func scale(named word: String?) throws -> ScaleName? {
    try word.map { word in
      guard let scale = ScaleName(rawValue: word) else {
        let known = ScaleName.allCases.map(\.rawValue)
        throw Diagnostic(.usage, "there is no scale '\(word)'; \(Suggestion.clause(for: word, in: known))")
      }
      return scale
    }
  }

  private mutating func plan(
    _ experiment: Experiment, at scale: ScaleName?, _ options: ReproductionOptions,
    _ environment: ExperimentEnvironment
  ) throws {
    guard !entries.contains(where: { $0.name == experiment.name }) else { return }
    guard experiment.scale(scale) != nil, let request = try experiment.selected(by: options.request, in: environment)
    else {
      passedOver.append(experiment.name)
      return
    }
    var own = options
    own.request = request
    entries.append(Self.entry(experiment, own, environment, &known))
  }

  private static func entry(
    _ experiment: Experiment, _ options: ReproductionOptions, _ environment: ExperimentEnvironment,
    _ known: inout Set<String>
  ) -> Entry {
    do {
      let reproduction = try experiment.reproduction(options, in: environment)
      let outlook = try reproduction.outlook().without(known)
      known.formUnion(outlook.items.map(\.key))
      return Entry(name: experiment.name, planned: .success((reproduction, outlook)))
    } catch let fault as Diagnostic {
      return Entry(name: experiment.name, planned: .failure(fault))
    } catch {
      return Entry(name: experiment.name, planned: .failure(Diagnostic(.unavailable, "\(error)")))
    }
  }

  /// What is going to be run, and about how long that takes.
  var announcement: String {
    var lines: [String] = []
    var runs = 0
    for entry in entries {
      let name = entry.name.padding(toLength: max(16, entry.name.count + 1), withPad: " ", startingAt: 0)
      switch entry.planned {
      case .success(let (reproduction, outlook)):
        let scale = reproduction.scale.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
        let time = outlook.items.isEmpty ? "" : ", about \(ProgressLine.duration(max(1, outlook.seconds)))"
        lines.append("\(name)\(scale)\(outlook.text)\(time)")
        runs += outlook.items.count
      case .failure(let fault): lines.append("\(name)cannot be planned: \(fault)")
      }
    }
    if !passedOver.isEmpty { lines.append("passed over, having none of it: \(passedOver.joined(separator: ", "))") }
    lines.append("in all: \(runs) \(runs == 1 ? "run" : "runs"), about \(ProgressLine.duration(seconds))")
    return lines.joined(separator: "\n")
  }

  private var seconds: Double {
    entries.reduce(0) { $0 + ((try? $1.planned.get())?.outlook.seconds ?? 0) }
  }

  /// Makes all of them, and prints at the end what was made and what failed.
  ///
  /// - Returns: the exit code: 130 when interrupted, that of the first failure, else 0.
  func run(console: any RunConsole) -> Int32 {
    let progress = OverallProgress(
      console, estimates: entries.map { (try? $0.planned.get())?.outlook.seconds ?? 0 })
    var lines: [String] = []
    var code: Int32 = 0
    for (index, entry) in entries.enumerated() {
      progress.begin(index, name: entry.name)
      let ended = Self.make(entry, console: progress)
      progress.end()
      lines.append("\(entry.name): \(ended.text)")
      if code == 0 { code = ended.code }
      if ended.isInterrupted {
        lines += entries.dropFirst(index + 1).map { "\($0.name): not begun" }
        code = 130
        break
      }
    }
    print(lines.joined(separator: "\n"))
    return code
  }

  private struct Ended {
    var text: String
    var code: Int32
    var isInterrupted = false
  }

  private static func make(_ entry: Entry, console: any RunConsole) -> Ended {
    do {
      let reproduction = try entry.planned.get().reproduction
      let report = try reproduction.run(console: console)
      guard !report.isInterrupted else { return Ended(text: report.summary, code: 130, isInterrupted: true) }
      let written = try reproduction.report()
      let faults = written.fault.map { ["\($0)"] } ?? []
      let failures = (report.failures.map { "\($0.cell): \($0.message)" } + faults).map { "\n  failed: \($0)" }.joined()
      return Ended(
        text: "\(report.summary)\(written.files.first.map { " → \($0)" } ?? "")\(failures)",
        code: report.exitCode != 0 ? report.exitCode : written.fault?.exitCode ?? 0)
    } catch {
      let fault = error as? Diagnostic ?? Diagnostic(.unavailable, "\(error)")
      console.message("failed: \(fault)")
      return Ended(text: "failed: \(fault)", code: fault.exitCode)
    }
  }
}

extension Experiment {
  /// What a request asks of this experiment: its scale, and the patterns that select something of it; nil if none does.
  ///
  /// A pattern that matches the experiment's own name selects all of it.
  /// - Throws: `Diagnostic` if the experiment cannot be planned, whatever is selected.
  fileprivate func selected(by request: CellRequest, in environment: ExperimentEnvironment) throws -> CellRequest? {
    var own = request
    own.selection = .all
    // Only cells have seeds; all else is made as ever.
    if case .table = self {} else { own.seed = nil }
    func plan(_ request: CellRequest) throws {
      _ = try reproduction(ReproductionOptions(request: request, workers: 1), in: environment)
    }
    let patterns = request.selection.patterns
    guard !patterns.isEmpty, !request.selection.contains(name) else { return own }
    if case .study = self { return nil }
    try plan(own)
    let matching = patterns.filter { pattern in
      var single = own
      single.selection = Selection([pattern])
      return (try? plan(single)) != nil
    }
    own.selection = Selection(matching)
    return matching.isEmpty ? nil : own
  }
}
