import Configuration
import Foundation
import Modeling

/// The least memory that a model takes at work: a machine with less cannot run it, and would only find out after a while.
public struct MemoryNeed: Equatable, Sendable {
  /// Bytes of parameters, optimizer state and saved activations in 32-bit floats; gradients and scratch come on top.
  public let bytes: Double

  /// Counts the need of a model.
  ///
  /// - Parameters:
  ///   - shape: the largest batch of a forward pass.
  ///   - numbers: numbers of parameters and of optimizer state.
  public init(_ model: LlamaConfiguration, shape: BatchShape, numbers: Int) {
    let block = 6 * model.hiddenSize + 2 * model.intermediateSize
    let activations = Double(shape.tokens) * (Double(model.layers) * Double(block) + 3 * Double(model.hiddenSize))
    bytes = 4 * (Double(numbers) + activations)
  }

  /// Checks that the machine has it.
  ///
  /// - Throws: `Diagnostic` that says how much is needed and how much is there.
  public func check(available: UInt64 = ProcessInfo.processInfo.physicalMemory) throws {
    guard bytes > Double(available) else { return }
    throw Diagnostic(
      .unavailable,
      String(
        format:
          "this needs at least %.0f GB of memory, and the machine has %.0f; choose a smaller model, shorter rows, "
          + "a smaller batch or, in training, more gradientAccumulation", bytes / 1e9, Double(available) / 1e9))
  }
}
