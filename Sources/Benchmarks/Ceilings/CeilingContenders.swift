// M rows, N columns, K inner.
import CKernels
import MemoryAccounting
import Modeling
import Tensors

/// The loops and products that show what the machine can do: multiply-adds on registers, OpenBLAS's products, and moving
/// memory.
///
/// All run in blocks on the same workers as everything else; a product gives each worker one call of one-thread OpenBLAS
/// on its share of the rows, so that it owes nothing to how this project cuts its own.
struct CeilingContenders {
  /// Sides of the square products.
  var squares: [Int]
  /// The model whose shapes are multiplied too.
  var model: LlamaConfiguration
  /// Rows of those products.
  var tokens: Int
  /// Bytes of each of the arrays that are moved.
  var arrays: [Int]
  /// Seconds that a go of what can be repeated should take, roughly.
  var shortest: Double

  /// One worker, and all of them where there are more.
  static func counts(upTo workers: Int) -> [Int] { workers > 1 ? [1, workers] : [1] }

  /// All of them, at one worker and at all.
  func make(workers: Int) -> [Contender] {
    let counts = Self.counts(upTo: workers)
    let memory = Memory()
    return counts.map { Self.multiplyAdds(Workers($0), seconds: shortest) }
      + products.flatMap { product in
        counts.map { product.contender(Compute(workers: $0, memory: memory), seconds: shortest) }
      }
      + bandwidth(counts, memory)
  }

  /// Multiply-adds on registers.
  static func multiplyAdds(_ workers: Workers, seconds: Double) -> Contender {
    let lanes = Int(slk_ceiling_lanes())
    let (blocks, rounds) = (8 * workers.count, Int(seconds * 1e11 / Double(8 * 2 * 12 * lanes)) + 1)
    let operations = 2.0 * 12 * Double(lanes * blocks * rounds)
    let measurement = Measurement(
      "fma-\(workers.count)", label: "multiply-add, \(lanes) lanes", workers: workers.count, operations: operations)
    return Contender(measurement) { workers.forEach(blocks) { _, _ in _ = slk_ceiling_fma(Int32(lanes), rounds) } }
  }

  /// A product of a shape.
  struct Product {
    var name: String
    var label: String
    var m: Int, n: Int, k: Int
    /// Whether the left operand is read as its transpose.
    var transposesLeft = false
    /// Whether the right operand is read as its transpose.
    var transposesRight = false

    var operations: Double { 2 * Double(m) * Double(n) * Double(k) }

    /// One call of OpenBLAS a worker, on as many rows each as make whole blocks of its kernels.
    ///
    /// - Parameter seconds: what a go should take, roughly, by repetition.
    func contender(_ compute: Compute, seconds: Double) -> Contender {
      let a = compute.noise(transposesLeft ? k : m, transposesLeft ? m : k)
      let b = compute.noise(transposesRight ? n : k, transposesRight ? k : n)
      let c = compute.zeros(m, n, .workspace)
      let workers = compute.workers.count
      let share = ((m + workers - 1) / workers + 11) / 12 * 12
      let times = Int((seconds * 1e11 / operations).rounded(.up))
      let measurement = Measurement(
        "sgemm-\(name)-\(workers)", label: "sgemm, \(label)", workers: workers, operations: operations)
      return Contender(measurement, bytes: a.byteCount + b.byteCount + c.byteCount, times: times) {
        compute.workers.forEachRange(of: m, size: share) { rows, _ in
          let start = rows.lowerBound
          multiplyBlock(
            rows: rows.count, columns: n, inner: k,
            MatrixBlock(a.base + start * (transposesLeft ? 1 : k), stride: a.columns, isTransposed: transposesLeft),
            MatrixBlock(b.base, stride: b.columns, isTransposed: transposesRight),
            into: MatrixBlock(c.base + start * n, stride: n))
        }
      }
    }
  }

  /// The square products, and those of a dense model's forward and backward pass.
  private var products: [Product] {
    squares.map { Product(name: "\($0)", label: "\($0) x \($0) x \($0)", m: $0, n: $0, k: $0) }
      + Self.products(of: model, tokens: tokens)
  }

  /// The products of a dense model that differ in shape.
  static func products(of model: LlamaConfiguration, tokens: Int) -> [Product] {
    let (d, f, v) = (model.hiddenSize, model.intermediateSize, model.vocabularySize)
    // The head takes some hundreds of tokens at a time.
    let chunk = min(384, tokens)
    func product(_ name: String, _ label: String, _ m: Int, _ n: Int, _ k: Int, _ left: Bool, _ right: Bool) -> Product
    {
      Product(
        name: name, label: "\(model.name), \(label)", m: m, n: n, k: k, transposesLeft: left, transposesRight: right)
    }
    return [
      product("query", "y = x Wᵀ (query)", tokens, d, d, false, true),
      product("up", "y = x Wᵀ (up)", tokens, f, d, false, true),
      product("up-input", "dx = dy W (up)", tokens, d, f, false, false),
      product("up-weight", "dW = dyᵀ x (up)", f, d, tokens, true, false),
      product("logits", "logits of \(chunk) tokens", chunk, v, d, false, true),
    ]
  }

  private func bandwidth(_ counts: [Int], _ memory: Memory) -> [Contender] {
    arrays.flatMap { byteCount in
      let count = byteCount / MemoryLayout<Float>.stride
      let all = Compute(workers: counts.last ?? 1, memory: memory)
      let (x, y, z) = (all.noise(1, count), all.noise(1, count), all.zeros(1, count, .workspace))
      // Small arrays stand for what a kernel finds in a worker's own cache.
      let own = byteCount == arrays.max() ? counts : [1]
      return own.flatMap { Self.moves(x, y, z, workers: Workers($0), times: max(1, Int(shortest * 1e9) / byteCount)) }
    }
  }

  /// Copy, triad and read of three arrays, cut into a block a worker.
  private static func moves(_ x: Tensor, _ y: Tensor, _ z: Tensor, workers: Workers, times: Int) -> [Contender] {
    let share = (x.count + workers.count - 1) / workers.count
    let size = ByteText.binary(x.byteCount)
    func move(_ name: String, arrays: Int, _ body: @escaping (Range<Int>) -> Void) -> Contender {
      let measurement = Measurement(
        "\(name)-\(size.replacing(" ", with: "").lowercased())-\(workers.count)", label: "\(name), arrays of \(size)",
        workers: workers.count, bytes: Double(arrays * x.byteCount))
      return Contender(measurement, times: times) {
        workers.forEachRange(of: x.count, size: share) { range, _ in body(range) }
      }
    }
    return [
      move("copy", arrays: 2) { slk_ceiling_copy(x.base + $0.lowerBound, z.base + $0.lowerBound, $0.count) },
      move("triad", arrays: 3) { range in
        let i = range.lowerBound
        slk_ceiling_triad(0.5, x.base + i, y.base + i, z.base + i, range.count)
      },
      move("read", arrays: 1) { _ = slk_ceiling_read(x.base + $0.lowerBound, $0.count) },
    ]
  }
}

/// Numbers of bytes for people.
enum ByteText {
  /// A power of two as it is called: `256 MiB`.
  static func binary(_ bytes: Int) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    for (unit, name) in units where bytes >= unit && bytes % unit == 0 { return "\(bytes / unit) \(name)" }
    return "\(bytes) B"
  }
}

extension Compute {
  /// A matrix of numbers that are neither zero nor alike, so that no library can take a short way.
  func noise(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Tensor {
    let x = zeros(rows, columns, .workspace)
    fillNormal(x, deviation: 0.5, numbers: RandomNumbers(seed: seed, purpose: .resampling, name: "noise"))
    return x
  }
}
