import Benchmarks
import Configuration
import Methods
import Modeling
import Testing

@Suite("Counting operations")
struct OperationTests {
  private func method(_ text: String, for model: LlamaConfiguration) throws -> any Method {
    try MethodRegistry.standard.method(reading: SpecificationNode(text: text, file: "test"), for: model).method
  }

  /// Two blocks of 4 matrices of 8 x 8 and 3 of 8 x 12, and a head of 10 x 8.
  private let model = LlamaConfiguration(
    name: "tiny", vocabularySize: 10, hiddenSize: 8, intermediateSize: 12, layers: 2, heads: 2)

  @Test("A dense update takes six operations a matrix number and token, and attention over the keys that are seen")
  func dense() throws {
    // 2 (4 · 64 + 3 · 96) + 80 = 1168 numbers; each of 6 tokens sees 2 keys on average, as the rows are 3 long.
    let attention = 2.0 * 6 * (2 * (2 * 8 * 2) * 3)
    let count = try OperationCount.update(of: model, method: method("full-rank", for: model), length: 3, tokens: 6)
    #expect(count == 6 * 6 * 1168 + attention)
    #expect(OperationCount.causalAttention(of: model, length: 3, tokens: 6) == attention)
  }

  // Factors of rank 2: 4 · 2 (8 + 8) + 3 · 2 (8 + 12) = 248 a block; values: 4 · ⌊6.4⌋ + 3 · ⌊9.6⌋ = 51 a block; dense
  // matrices: 544 a block, 1168 with the head, whose 80 every method has.
  private static let perToken: [(String, Double)] = [
    ("{name: low-rank, rank: 2, initialization: xavier}", 3456),
    ("{name: sltrain, rank: 2, density: 0.1, alpha: 1, form: factored}", 4068),
    ("{name: sltrain, rank: 2, density: 0.1, alpha: 1, form: densified}", 7008),
    ("{name: lora, rank: 2}", 7808), ("{name: galore, rank: 2}", 7008),
  ]

  @Test("A method's own numbers are counted, four operations each where they are frozen", arguments: perToken)
  func methods(text: String, perToken: Double) throws {
    let attention = OperationCount.causalAttention(of: model, length: 3, tokens: 6)
    let count = try OperationCount.update(of: model, method: method(text, for: model), length: 3, tokens: 6)
    #expect(count == 6 * perToken + attention)
  }

  @Test("60M takes 256 million operations a token in its matrices, the head included")
  func sixtyMillion() throws {
    let model = try Shipped.models().model(reading: SpecificationNode(text: "60M", file: "test")).model
    let update = try OperationCount.update(
      of: model, method: method("full-rank", for: model), length: 256, tokens: 2048)
    // 25,296,896 in the blocks and 16,384,000 in the head, six times; 6 · 8 · 512 · 257 of attention.
    #expect(update == 2048 * (6 * 41_680_896 + 6_316_032))
  }
}
