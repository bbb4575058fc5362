import Foundation
import TestSupport

/// What a program left when it ended.
struct Outcome: Sendable {
  /// Its exit code; 128 and the signal where one ended it.
  var code: Int32
  /// What it printed.
  var output: String
  /// The lines that it wrote to standard error.
  var errors: [String]
  /// How long it took.
  var seconds: Double
}

/// The program as its user has it: built, and run in a process of its own.
enum Program {
  /// `sltrain`, which the build puts beside the tests.
  static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("sltrain").path

  /// The surroundings of a user who has set nothing: the program has to pin its kernels itself.
  static var environment: [String: String] {
    ProcessInfo.processInfo.environment.filter { name, _ in
      !["OPENBLAS_", "SLTRAIN_", "MAKE", "MFLAGS"].contains(where: name.hasPrefix)
    }
  }

  /// Runs `sltrain` to its end.
  ///
  /// - Parameters:
  ///   - folder: the working folder.
  ///   - variables: what is set beside ``environment``.
  static func run(
    _ arguments: String..., in folder: String, with variables: [String: String] = [:], timeout: Double = 60
  ) throws -> Outcome {
    try start(arguments, in: folder, with: variables).wait(timeout: timeout)
  }

  /// Starts `sltrain`.
  static func start(
    _ arguments: [String], in folder: String, with variables: [String: String] = [:], output: String? = nil,
    errors: String? = nil
  ) throws -> RunningProgram {
    try RunningProgram(
      [path] + arguments, in: folder, environment: environment.merging(variables) { $1 }, output: output, errors: errors
    )
  }

  /// Runs a line of shell to its end.
  static func shell(
    _ line: String, in folder: String, with variables: [String: String] = [:], timeout: Double = 60
  ) throws -> Outcome {
    try RunningProgram(["/bin/bash", "-c", line], in: folder, environment: environment.merging(variables) { $1 })
      .wait(timeout: timeout)
  }
}
