import Methods
import Modeling
import Tensors
import TestSupport
import Testing

@Suite("A support with a seed of its own")
struct SupportSeedTests {
  private func layer(_ options: String, seed: UInt64 = 3) throws -> any LinearLayer {
    let text = "{name: sltrain, rank: 3, density: 0.1, alpha: 6\(options)}"
    return try makeLayer(method(text), inputs: 12, outputs: 30, tokens: 4, compute: Compute(), seed: seed)
  }

  private func positions(_ layer: any LinearLayer) -> [[Int32]] { layer.indices.map(\.value.array) }

  @Test("Another seed gives another support, and all else starts from the same numbers")
  func start() throws {
    let (first, second) = (try layer(", supportSeed: 1"), try layer(", supportSeed: 2"))
    #expect(positions(first) != positions(second))
    #expect(positions(first).map(\.count) == [36] && positions(second).map(\.count) == [36])
    #expect(first.parameters.map(\.value.bits) == second.parameters.map(\.value.bits))
  }

  @Test("The support hangs on its own seed alone, all else on the run's")
  func runSeed() throws {
    let (first, second) = (try layer(", supportSeed: 1", seed: 3), try layer(", supportSeed: 1", seed: 4))
    #expect(positions(first) == positions(second))
    #expect(first.parameters.map(\.value.bits) != second.parameters.map(\.value.bits))
  }

  @Test("Without one the support is that of the run's seed")
  func inherited() throws {
    let (own, given) = (try layer("", seed: 5), try layer(", supportSeed: 5", seed: 5))
    #expect(positions(own) == positions(given))
    #expect(positions(own) != positions(try layer("", seed: 6)))
  }
}
