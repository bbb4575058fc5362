import ArgumentParser
import Configuration
import Foundation

/// The command line of SLTrain Bench.
@main
struct SLTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sltrain",
    abstract: "Does SLTrain (arXiv 2406.02214) hold? Train, measure, and set the results beside the published ones.",
    discussion: """
      A table or figure is a specification under experiments/. Hyper-parameters live there and nowhere else; the command \
      line selects what is run.

      Examples:
        sltrain reproduce table-2                       train what is missing at the quick scale, print the table
        sltrain describe table-2 --scale desktop        what would run, and what it would cost
        sltrain train my.yaml --tokens my.bin           train one specification on your own tokens

      Exit codes: 0 done, 64 wrong usage or specification, 65 damaged or foreign data, 69 something outside is missing, \
      73 a file cannot be written, 130 interrupted.
      """,
    subcommands: [
      ReproduceCommand.self, ReportCommand.self, DescribeCommand.self, TrainCommand.self, EvaluateCommand.self,
      DataCommand.self, DoctorCommand.self, CellCommand.self,
    ])

  static func main() {
    BlasCore.pin()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let diagnostic as Diagnostic {
      FileHandle.standardError.write(Data("\(diagnostic)\n".utf8))
      Foundation.exit(diagnostic.exitCode)
    } catch {
      exit(withError: error)
    }
  }
}
