import Configuration
import Corpus
import Foundation
import MemoryAccounting
import Tensors
import TestSupport
import Testing
import Training

@Suite("Checkpoints of a run")
struct CheckpointTests {
  private struct Interruption: Error {}

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var path: String { TrainingCheckpoint.path(in: folder.path) }

  /// Trains until after the first checkpoint.
  private func interrupt(_ method: String) throws -> TrainingSpecification {
    let run = try SmallRuns.specification(method: method, extra: "checkpointEvery: 2")
    let trainer = try SmallRuns.trainer(run, checkpointFolder: folder.path) {
      if case .step(let metrics) = $0, metrics.step == 3 { throw Interruption() }
    }
    #expect(throws: Interruption.self) { try trainer.run() }
    return run
  }

  /// Writes the checkpoint again with other positions in one support.
  private func rewrite(_ name: String, _ change: (inout [Int32]) -> Void) throws {
    let file = try SafetensorsFile(path: path)
    let tensors = try file.entries.values.map { entry in
      if entry.type == .f32 {
        let tensor = Tensor(rows: entry.shape[0], columns: entry.shape[1], category: .data, in: Memory())
        try file.read(entry.name, into: tensor)
        return SafetensorsTensor(entry.name, tensor)
      }
      let stored = IndexTensor(count: entry.count, category: .data, in: Memory())
      try file.read(entry.name, into: stored)
      var positions = stored.array
      if entry.name == name { change(&positions) }
      let changed = IndexTensor(count: positions.count, category: .data, in: Memory())
      for (element, position) in positions.enumerated() { changed.base[element] = position }
      return SafetensorsTensor(entry.name, changed)
    }
    try SafetensorsWriter.write(tensors, metadata: file.metadata, to: path)
  }

  private static let name = "model.layers.1.mlp.up_proj.sparse.indices"

  @Test(
    "A support comes back from a checkpoint, whatever the seed has drawn", arguments: ["sltrain", "sltrain-factored"])
  func otherSupport(method: String) throws {
    let run = try interrupt(method)
    // ⌊0.05 · 40 · 24⌋ entries, all in the first two rows.
    let moved = (0..<48).map(Int32.init)
    try rewrite(Self.name) { $0 = moved }
    let trainer = try SmallRuns.trainer(run, checkpointFolder: folder.path)
    _ = try trainer.run()
    let support = try #require(trainer.model.linears.flatMap(\.indices).first { $0.name == Self.name })
    #expect(support.value.array == moved)
  }

  @Test("A support that is not one of the matrix's is refused, with the tensor and the element")
  func damagedSupport() throws {
    let run = try interrupt("sltrain")
    func message(_ change: (inout [Int32]) -> Void) throws -> String {
      try rewrite(Self.name, change)
      return diagnosticText { _ = try SmallRuns.trainer(run, checkpointFolder: folder.path).run() }
    }
    let start = "\(path): error: tensor '\(Self.name)': "
    #expect(try message { $0[47] = 960 } == start + "element 47 is 960, expected below 960")
    #expect(try message { $0[1] = $0[0] }.hasPrefix(start + "element 1 is "))
    #expect(try message { $0.removeLast() } == start + "found shape [47], expected [48]")
  }
}
