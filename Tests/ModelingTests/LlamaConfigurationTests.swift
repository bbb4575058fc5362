import Configuration
import Modeling
import Testing

@Suite("The model's configuration") struct LlamaConfigurationTests {
  private func read(_ text: String) throws -> LlamaConfiguration {
    try LlamaConfiguration(
      reading: SpecificationNode(text: text, file: "model.yaml").mapping(keys: LlamaConfiguration.keys))
  }

  @Test(
    "the paper's sizes give their known parameter counts, in millions",
    arguments: [
      (512, 1376, 8, 8, 58.07), (768, 2048, 12, 12, 134.11), (1024, 2736, 24, 16, 367.97),
      (2048, 5461, 24, 32, 1339.08), (4096, 11008, 32, 32, 6738.42),
    ])
  func parameterCounts(hidden: Int, intermediate: Int, layers: Int, heads: Int, millions: Double) {
    let model = LlamaConfiguration(
      name: "paper", vocabularySize: 32_000, hiddenSize: hidden, intermediateSize: intermediate, layers: layers,
      heads: heads)
    #expect((Double(model.denseParameterCount) / 1e4).rounded() == (millions * 100).rounded())
  }

  @Test("a site knows its place and widths, in the order of the forward pass")
  func sites() throws {
    let model = try read("{vocabularySize: 7, hiddenSize: 12, intermediateSize: 5, layers: 2, heads: 3}")
    #expect(model.sites.count == 14)
    #expect(model.sites[7].name == "model.layers.1.self_attn.q_proj")
    #expect(model.sites[6].name == "model.layers.0.mlp.down_proj")
    #expect(
      model.sites[..<7].map { [$0.inputs, $0.outputs] } == [
        [12, 12], [12, 12], [12, 12], [12, 12], [12, 5], [12, 5], [5, 12],
      ])
    #expect(model.smallestDimension == 5)
  }

  @Test("what is not written has LLaMA's usual value")
  func defaults() throws {
    let model = try read("{vocabularySize: 7, hiddenSize: 12, intermediateSize: 5, layers: 2, heads: 3}")
    #expect(model.normEpsilon == 1e-6 && model.rotaryBase == 10_000 && model.initializerRange == 0.02)
    #expect(model.paddingIndex == nil && model.frozenEmbeddingRow == nil)
    let padded = try read(
      "{vocabularySize: 7, hiddenSize: 12, intermediateSize: 5, layers: 2, heads: 3, paddingIndex: -1}")
    #expect(padded.frozenEmbeddingRow == 6)
  }

  @Test(
    "sizes that make no model are refused at their place",
    arguments: [
      ("heads: 5", "model.yaml:1:76: error: 5 heads do not divide the hidden size 12"),
      ("heads: 4", "the head size 12/4 = 3 is odd"), ("heads: 0", "heads"),
      ("heads: 3, paddingIndex: 7", "paddingIndex"),
      ("head: 3", "did you mean 'heads'?"),
    ])
  func refused(ending: String, message: String) {
    let text = "{vocabularySize: 7, hiddenSize: 12, intermediateSize: 5, layers: 2, \(ending)}"
    let fault = #expect(throws: Diagnostic.self) { try read(text) }
    #expect(fault?.description.contains(message) == true, "\(fault?.description ?? "")")
  }
}
