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
        sltrain reproduce table-2                   train what is missing, print it
        sltrain describe table-2 --scale desktop    what would run, at what cost
        sltrain reproduce                           train and measure everything that is missing
        sltrain regress                             hold this build to its baseline
        sltrain train my.yaml --tokens my.bin       train on your own tokens

      Exit codes: 0 done, 1 a threshold of a benchmark is missed, 2 to 5 of a regression (see 'sltrain regress --help'), \
      64 wrong usage or specification, 65 damaged or foreign data, 69 something outside is missing, \
      73 a file cannot be written, 130 interrupted.
      """,
    subcommands: [
      ReproduceCommand.self, ReportCommand.self, DescribeCommand.self, TrainCommand.self, EvaluateCommand.self,
      DataCommand.self, BenchCommand.self, RegressCommand.self, BaselineCommand.self, CompareCommand.self,
      DoctorCommand.self, CellCommand.self,
    ])

  static func main() {
    BlasCore.pin()
    do {
      let result = Result {
        var command = try parseAsRoot()
        try command.run()
      }
      try StandardStreams.flush()
      try result.get()
    } catch {
      end(with: error)
    }
  }

  /// Ends the process: every mistake is one line, those of the command line as well.
  private static func end(with error: any Error) -> Never {
    let mistake =
      error as? Diagnostic ?? (exitCode(for: error) == .validationFailure ? mistake(in: message(for: error)) : nil)
    guard let mistake else { exit(withError: error) }
    StandardStreams.report("\(mistake)\n")
    Foundation.exit(mistake.exitCode)
  }

  /// What the parser found wrong, with the names to choose from or the place to look.
  private static func mistake(in message: String) -> Diagnostic {
    let commands = configuration.subcommands.map { $0.configuration }
    let names = commands.filter { $0.shouldDisplay }.flatMap { [$0.commandName].compactMap(\.self) + $0.aliases }
    let first = CommandLine.arguments.dropFirst().first ?? ""
    if !first.hasPrefix("-"), !(names + ["help", "cell"]).contains(first) {
      return Diagnostic(.usage, "unknown command '\(first)'; \(Suggestion.clause(for: first, in: names))")
    }
    let text = (message.prefix(1).lowercased() + message.dropFirst()).replacing(". Did you", with: "; did you")
    guard !text.hasSuffix("?") else { return Diagnostic(.usage, text) }
    let command = names.contains(first) ? " \(first)" : ""
    return Diagnostic(.usage, "\(text); see 'sltrain\(command) --help'")
  }
}
