import ArgumentParser
import COpenBLAS
import Configuration
import Foundation
import MemoryAccounting
import Tensors

/// Checks the machine and says what to do about each fault.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check this machine: kernels, allocator, threads, memory, disk, tools.")

  func run() throws {
    let checks = [
      blas, blasThreads, Self.allocator, Self.processors, Self.memory, disk,
      Self.tool("gnuplot", for: "figures", package: "gnuplot-nox"), Self.pip,
      Self.tool("curl", for: "downloading C4", package: "curl"),
    ]
    for check in checks { print("\(check.isGood ? "ok   " : "FAULT") \(check.text)") }
    let faults = checks.count { !$0.isGood }
    print(faults == 0 ? "doctor: all is well" : "doctor: \(faults) fault(s); what to do is said above")
    if faults > 0 { throw ExitCode(Diagnostic.Kind.unavailable.rawValue) }
  }

  private struct Check {
    var isGood: Bool
    var text: String
  }

  private var blas: Check {
    let core = Numerics.blasCore
    let known = ["Haswell", "Zen"].contains(core)
    return Check(
      isGood: known,
      text: "BLAS core \(core) (\(Numerics.blasConfiguration))"
        + (known ? "" : ": other bits than the committed results; unset OPENBLAS_CORETYPE if the processor has AVX2"))
  }

  private var blasThreads: Check {
    let isPthread = openblas_get_parallel() == 1
    return Check(
      isGood: isPthread,
      text: isPthread
        ? "OpenBLAS is the pthread build"
        : "OpenBLAS is not the pthread build; run: apt-get install libopenblas-pthread-dev, and choose it with "
          + "update-alternatives --config libopenblas.so.0-$(uname -m)-linux-gnu")
  }

  private static var allocator: Check {
    Check(
      isGood: Memory.isCrossChecked,
      text: "allocator \(Memory.allocator)"
        + (Memory.isCrossChecked ? "" : ": memory figures are not cross-checked; build with the Jemalloc trait"))
  }

  private static var processors: Check {
    let count = ProcessInfo.processInfo.activeProcessorCount
    return Check(isGood: true, text: "\(count) processor(s)")
  }

  private static var memory: Check {
    let gigabytes = Double(ProcessInfo.processInfo.physicalMemory) / 1e9
    let isGood = gigabytes >= 4
    return Check(
      isGood: isGood, text: String(format: "%.1f GB of memory", gigabytes) + (isGood ? "" : "; the quick scale needs 4")
    )
  }

  private var disk: Check {
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: FileManager.default.currentDirectoryPath)
    let free = (attributes?[.systemFreeSize] as? NSNumber)?.doubleValue ?? 0
    let isGood = free >= 3e9
    return Check(
      isGood: isGood,
      text: String(format: "%.1f GB free on disk", free / 1e9) + (isGood ? "" : "; data and builds need 3: make room"))
  }

  private static var pip: Check {
    let isGood = succeeds(["python3", "-m", "pip", "--version"])
    return Check(
      isGood: isGood,
      text: isGood ? "pip" : "pip is missing, which fetches the corpora; run: apt-get install python3-pip")
  }

  private static func tool(_ name: String, for purpose: String, package: String) -> Check {
    let isGood = succeeds([name, "--version"])
    return Check(
      isGood: isGood, text: isGood ? name : "\(name) is missing, which \(purpose) need; run: apt-get install \(package)"
    )
  }

  private static func succeeds(_ command: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
