import Foundation
import MemoryAccounting
import Tensors

extension RunManifest {
  /// The manifest of a run of this process.
  static func current(
    threads: Int, requestedFor: String, started: String, ended: String, seconds: Double, tokensPerSecond: Double,
    arenas: String, forms: String
  ) -> RunManifest {
    let commit = Circumstances.output(["git", "rev-parse", "HEAD"])
    let changes = Circumstances.output(["git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!results"])
    return RunManifest(
      commit: commit ?? "", isDirty: changes.map { !$0.isEmpty } ?? false, processor: Circumstances.processor,
      blasCore: Numerics.blasCore, blasConfiguration: Numerics.blasConfiguration, threads: threads,
      allocator: Memory.allocator, compiler: Circumstances.compiler, requestedFor: requestedFor, started: started,
      ended: ended, seconds: (seconds * 1000).rounded() / 1000, tokensPerSecond: (tokensPerSecond * 10).rounded() / 10,
      arenas: arenas, forms: forms)
  }
}

/// What a run's surroundings are.
package enum Circumstances {
  /// The processor's name as the system gives it.
  package static var processor: String {
    let text = FileManager.default.contents(atPath: "/proc/cpuinfo").map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }

  /// The compiler that built this program, to its minor version.
  package static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift 6.2 or earlier"
    #endif
  }

  /// What a program prints, or nil if it fails or is not there.
  static func output(_ command: [String]) -> String? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
