import ArgumentParser

/// The command line of SLTrain Bench.
@main
struct SLTrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "sltrain")
}
