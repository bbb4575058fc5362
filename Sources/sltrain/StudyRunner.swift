import Configuration
import Experiments
import Foundation
import MemoryAccounting
import Reporting
import Tensors

/// Runs a study and writes what came out.
struct StudyRunner {
  let specification: StudySpecification
  let scale: String?
  let environment: ExperimentEnvironment
  let workers: Int
  let isQuiet: Bool

  func run() throws {
    let (scale, study) = try specification.study(at: scale)
    // What would go wrong in the report goes wrong now.
    _ = try specification.parsedClaims()
    let result = try study.run(workers: workers) { what in
      if !isQuiet { StandardStreams.report("\(specification.name): \(what)\n") }
    }
    var circumstances = "\(Memory.allocator), OpenBLAS core \(Numerics.blasCore), numerics \(Numerics.version)"
    if !result.times.isEmpty {
      circumstances += "; times with \(workers) thread\(workers == 1 ? "" : "s") of \(Circumstances.processor)"
    }
    let report = StudyReport(specification, study: study, result: result, circumstances: circumstances)
    let files = try report.write(into: environment.results(at: scale).root)
    print(try report.markdown())
    print("written:")
    for file in files { print("  \(file)") }
  }
}
