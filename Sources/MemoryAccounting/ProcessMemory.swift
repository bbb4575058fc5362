import Foundation

/// The physical memory of this process: tensors, the program, its libraries and whatever they have taken.
public struct ProcessMemory: Equatable, Sendable {
  /// Bytes in physical memory now.
  public let resident: Int
  /// The most bytes that were ever in physical memory at once.
  public let peak: Int

  /// Reads both; nil on a system without `/proc`.
  public static var current: ProcessMemory? {
    guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
    return ProcessMemory(status: String(decoding: status, as: UTF8.self))
  }

  /// Reads the lines `VmRSS: 5124 kB` and `VmHWM: 6000 kB` of a process's status; nil if one of them is missing.
  package init?(status: String) {
    func bytes(_ name: String) -> Int? {
      let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 }
    }
    guard let resident = bytes("VmRSS"), let peak = bytes("VmHWM") else { return nil }
    (self.resident, self.peak) = (resident, peak)
  }
}
