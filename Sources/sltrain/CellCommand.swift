import ArgumentParser
import Experiments
import Foundation

/// Runs one cell: what `reproduce` starts side by side.
struct CellCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cell", abstract: "Run one cell from the job file that reproduce wrote.", shouldDisplay: false)

  @Argument(help: "The job file.")
  var job: String

  func run() throws {
    try CellRunner.run(jobFile: job, environment: ProjectFolder().environment) {
      FileHandle.standardOutput.write(Data("\($0.line)\n".utf8))
    }
  }
}
