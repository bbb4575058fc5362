// T tokens, D hidden size, L length of a sequence.
import MemoryAccounting
import Methods
import Modeling
import Tensors

/// The floating-point operations that an update needs, counted from shapes: what time is set against.
///
/// A product and a sum are two operations. A matrix that the forward pass multiplies with costs 2 operations a number and
/// token there, 2 more for the gradient of what came in, and 2 more for its own where it is trained: 6, or 4 where it is
/// frozen. The embedding multiplies nothing. What is neither a matrix product nor attention is not counted, nor is what
/// a program does twice (a recomputation) or need not do (the masked half of attention's scores), so that a share of the
/// machine's rate is never flattered.
public enum OperationCount {
  /// The operations of an update of a model under a method.
  ///
  /// - Throws: `Diagnostic` if the method cannot be built.
  public static func update(
    of model: LlamaConfiguration, method: any Method, length: Int, tokens: Int
  ) throws -> Double {
    let layers =
      try Double(model.layers)
      * block(of: model, method: method, tokens: tokens).reduce(0) {
        $0 + perToken(of: $1)
      }
    let head = 6 * Double(model.vocabularySize * model.hiddenSize)
    return Double(tokens) * (layers + head) + causalAttention(of: model, length: length, tokens: tokens)
  }

  /// The same of attention alone, over all blocks: queries against keys and probabilities against values, each
  /// `2 · T · D · (L + 1) / 2` operations forward, as a query sees `(L + 1) / 2` keys on average, and twice that backward.
  public static func causalAttention(of model: LlamaConfiguration, length: Int, tokens: Int) -> Double {
    6 * Double(model.layers * tokens * model.hiddenSize) * Double(length + 1)
  }

  /// The operations of the forward and the backward pass of one layer, a token.
  public static func perToken(of layer: any LinearLayer) -> Double {
    // A densified layer multiplies with the dense matrix; what it takes to build that is not useful work.
    if let layer = layer as? SLTrainLinear, !layer.isFactored {
      return 6 * Double(layer.site.inputs * layer.site.outputs)
    }
    return layer.parameters.reduce(0) { $0 + Double($1.isTrained ? 6 : 4) * Double($1.count) }
  }

  /// The linear layers of one block, as all are alike, laid out without touching memory.
  private static func block(
    of model: LlamaConfiguration, method: any Method, tokens: Int
  ) throws -> [any LinearLayer] {
    let compute = Compute(workers: 1, memory: Memory(isPlanned: true))
    let context = LinearContext(compute: compute, tokens: tokens, seed: 0, initializerRange: model.initializerRange)
    return try model.sites.prefix(Site.Role.allCases.count).map { try method.makeLinear(at: $0, in: context) }
  }
}
