import Configuration
import Experiments
import Foundation
import MemoryAccounting
import Tensors

/// What figures hang on beside the code: the processor, the libraries, the compiler.
public struct Machine: Equatable, Sendable {
  /// The processor's name as the system gives it.
  public var processor: String
  /// How many threads can run side by side.
  public var processorCount: Int
  /// The OpenBLAS kernels in use.
  public var blasCore: String
  /// OpenBLAS's version and build options.
  public var blasConfiguration: String
  /// The memory allocator.
  public var allocator: String
  /// The compiler that built the program.
  public var compiler: String
  /// The version of the arithmetic.
  public var numerics: Int
  /// The other program that took part, with its versions: empty where there was none.
  public var peer = ""

  /// Creates a description.
  public init(
    processor: String, processorCount: Int, blasCore: String, blasConfiguration: String, allocator: String,
    compiler: String, numerics: Int, peer: String = ""
  ) {
    self.processor = processor
    self.processorCount = processorCount
    self.blasCore = blasCore
    self.blasConfiguration = blasConfiguration
    self.allocator = allocator
    self.compiler = compiler
    self.numerics = numerics
    self.peer = peer
  }

  /// This process and the machine that it runs on.
  public static var current: Machine {
    Machine(
      processor: Circumstances.processor, processorCount: ProcessInfo.processInfo.activeProcessorCount,
      blasCore: Numerics.blasCore, blasConfiguration: Numerics.blasConfiguration, allocator: Memory.allocator,
      compiler: Circumstances.compiler, numerics: Numerics.version)
  }

  /// The description as it is stored.
  var resolved: ResolvedValue {
    var members: [String: ResolvedValue] = [
      "processor": .string(processor), "processorCount": .integer(processorCount), "blasCore": .string(blasCore),
      "blasConfiguration": .string(blasConfiguration), "allocator": .string(allocator), "compiler": .string(compiler),
      "numerics": .integer(numerics),
    ]
    if !peer.isEmpty { members["peer"] = .string(peer) }
    return .object(members)
  }

  /// Reads a stored description.
  ///
  /// - Throws: `Diagnostic` naming `file` where something is missing.
  init(_ value: ResolvedValue, file: String) throws {
    func text(_ key: String) throws -> String {
      guard let text = value[key]?.stringValue else {
        throw BenchmarkRecord.damaged(file, "has a machine without '\(key)'")
      }
      return text
    }
    self.init(
      processor: try text("processor"), processorCount: value["processorCount"]?.integerValue ?? 0,
      blasCore: try text("blasCore"), blasConfiguration: try text("blasConfiguration"),
      allocator: try text("allocator"), compiler: try text("compiler"),
      numerics: value["numerics"]?.integerValue ?? 0, peer: value["peer"]?.stringValue ?? "")
  }
}
