import MemoryAccounting
import Tensors
import Testing

/// Numbers and comparisons for tests of layers.
public enum TestNumbers {
  /// A tensor of uniform numbers in `[-bound, bound)` that depend on the name alone.
  public static func tensor(
    _ name: String, _ rows: Int, _ columns: Int, bound: Float = 1, in memory: Memory = Memory()
  ) -> Tensor {
    let tensor = Tensor(rows: rows, columns: columns, category: .activations, in: memory)
    RandomNumbers(seed: 3, purpose: .initialization, name: name).fillUniform(tensor.elements, bound: bound)
    return tensor
  }

  /// Token ids below `vocabulary`, and the targets that follow from them: the next token of the row, with some ignored.
  public static func batch(rows: Int, length: Int, vocabulary: Int) -> (tokens: [Int32], targets: [Int32]) {
    let numbers = RandomNumbers(seed: 4, purpose: .dataOrder, name: "batch")
    let tokens = (0..<rows * length).map { Int32(numbers.integer($0, below: UInt64(vocabulary))) }
    let targets = tokens.indices.map { position in
      position % length == length - 1 || position % 7 == 3 ? -1 : tokens[position + 1]
    }
    return (tokens, targets)
  }

  /// The inner product of two lists.
  public static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0.0) { $0 + $1.0 * $1.1 } }

  /// Expects numbers to be those of a reference, to a share of the largest.
  public static func expectClose(
    _ found: [Float], to expected: [Double], tolerance: Double = 2e-6, _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let largest = expected.map(abs).max() ?? 0
    let worst = zip(found, expected).map { abs(Double($0) - $1) }.max() ?? 0
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    #expect(
      worst <= tolerance * largest, "\(name) is off by \(worst), its largest being \(largest)",
      sourceLocation: sourceLocation)
  }
}

extension Tensor {
  /// The elements in double precision.
  public var doubles: [Double] { elements.map(Double.init) }
}
