import Foundation
import MemoryAccounting
import Tensors

/// What the process's physical memory consists of.
public struct ResidentSet: Equatable, Sendable {
  /// Bytes in physical memory.
  public var total: Int
  /// The most bytes that were ever in physical memory at once.
  public var peak: Int
  /// Bytes behind the tensors: whole pages, as far as they have been written.
  public var tensors: Int
  /// Bytes of the buffers that OpenBLAS maps for itself; nil where they could not be told from the rest.
  public var blasBuffers: Int?

  /// The program, its libraries, mapped files, and whatever was taken from the heap beside tensors.
  public var rest: Int { total - tensors - (blasBuffers ?? 0) }

  /// Creates a resident set.
  public init(total: Int, peak: Int, tensors: Int, blasBuffers: Int?) {
    self.total = total
    self.peak = peak
    self.tensors = tensors
    self.blasBuffers = blasBuffers
  }

  /// Reads the resident set of this process, whose tensors are all in one ledger; nil where the system does not say.
  public init?(of memory: Memory) {
    guard let tensors = memory.touchedBytes, let process = ProcessMemory.current else { return nil }
    self.init(total: process.resident, peak: process.peak, tensors: tensors, blasBuffers: BlasBuffers.residentBytes)
  }

  /// The line for people, in megabytes of a million bytes.
  public var text: String {
    func megabytes(_ bytes: Int) -> String { String(format: "%.1f", Double(bytes) / 1e6) }
    let rest = "program, libraries and files \(megabytes(rest))"
    let parts =
      "tensors \(megabytes(tensors)) + "
      + (blasBuffers.map { "OpenBLAS's buffers \(megabytes($0)) + \(rest)" }
        ?? "OpenBLAS's buffers, which cannot be told apart here, \(rest)")
    return "resident set \(megabytes(total)) MB = \(parts); at its peak \(megabytes(peak))"
  }
}
