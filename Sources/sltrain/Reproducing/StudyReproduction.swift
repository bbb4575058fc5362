import Configuration
import Experiments
import Foundation
import MemoryAccounting
import Reporting
import Tensors
import Training

/// A study that is made: it is run as a whole, and what came out is drawn.
struct StudyReproduction: Reproduction {
  let scale: ScaleName
  /// The study with the numbers of the scale.
  let study: any Study
  private let specification: StudySpecification
  private let options: ReproductionOptions
  private let environment: ExperimentEnvironment

  /// Prepares a study.
  ///
  /// - Throws: `Diagnostic` if the study has no such scale.
  init(_ specification: StudySpecification, options: ReproductionOptions, environment: ExperimentEnvironment) throws {
    (scale, study) = try specification.study(at: options.request.scale)
    self.specification = specification
    self.options = options
    self.environment = environment
  }

  var name: String { specification.name }

  func outlook() throws -> Outlook {
    guard try known() == nil else { return Outlook(items: [], done: 1) }
    let seconds = ExpectedRate.seconds(study.operations ?? 0, workers: options.workers)
    return Outlook(items: [.init(key: "\(name)/\(scale.rawValue)", seconds: seconds)], done: 0)
  }

  func run(console: any RunConsole) throws -> RunReport {
    var report = RunReport(verb: "made")
    if let known = try known() {
      console.message("\(name): made here before and not again; '--again' makes it anew")
      try known.write(to: file(environment.results(at: scale)))
      report.skipped.append(name)
      return report
    }
    // What would go wrong in the report goes wrong now.
    _ = try specification.parsedClaims()
    let result: StudyResult
    do {
      result = try study.run(workers: options.workers) { console.progress("\(name): \($0)") }
    } catch is StudyInterruption {
      report.isInterrupted = true
      return report
    }
    let record = StudyRecord(
      kind: specification.kind, numbers: study.resolved, result: result, circumstances: circumstances(result))
    for store in [environment.work(at: scale), environment.results(at: scale)] { try record.write(to: file(store)) }
    report.trained.append(name)
    return report
  }

  func report() throws -> WrittenReport {
    let store = environment.results(at: scale)
    let report = try StudyReport(specification, scale: scale, environment: environment)
    return try .writing(report.markdown()) { [file(store)] + (try report.write(into: store.root)) }
  }

  /// The record of this study that was made here, if it is to be taken.
  private func known() throws -> StudyRecord? {
    guard !options.again else { return nil }
    let stores = [environment.work(at: scale)] + (options.run.trustsRecords ? [environment.results(at: scale)] : [])
    return try stores.lazy.compactMap { try StudyRecord(contentsOf: file($0)) }
      .first { $0.answers(specification.kind, study) }
  }

  private func file(_ store: RecordStore) -> String { "\(store.root)/\(name).json" }

  private func circumstances(_ result: StudyResult) -> String {
    let own = "\(Memory.allocator), OpenBLAS core \(Numerics.blasCore), numerics \(Numerics.version)"
    guard !result.times.isEmpty else { return own }
    let threads = "\(options.workers) thread\(options.workers == 1 ? "" : "s")"
    return own + "; times with \(threads) of \(Circumstances.processor)"
  }
}
