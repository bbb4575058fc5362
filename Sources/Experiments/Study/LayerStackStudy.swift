import Configuration
import MemoryAccounting
import Methods
import Modeling
import Optimization
import Tensors
import Training

/// The memory of training a stack of linear layers against their number, for dense layers, low-rank ones and SLTrain's.
///
/// Every stack is trained for some updates; what is drawn is the most bytes of tensors that were live at once. With
/// `rounds`, the forward and backward pass of every stack is timed, the methods in turn, and drawn as well.
public struct LayerStackStudy: Study {
  private let width: Int
  private let tokens: Int
  private let layers: [Int]
  private let steps: Int
  private let rounds: Int
  private let seed: Int
  private let methods: [(label: String, method: any Method)]
  public let resolved: ResolvedValue

  static let keys = ["width", "tokens", "layers", "steps", "rounds", "seed", "methods"]

  init(reading node: SpecificationNode) throws {
    let study = try node.mapping(keys: Self.keys)
    width = try study.integer("width", in: LlamaConfiguration.hiddenSizes)
    guard width % 2 == 0 else { throw study.error("width", "a width of \(width) is odd; expected an even one") }
    tokens = try study.integer("tokens", in: 1...1 << 20)
    steps = try study.integer("steps", default: 2, in: 1...)
    rounds = try study.laterInteger("rounds", default: 0)
    seed = try study.integer("seed", default: 42)
    let counts = try study.requiredNode("layers").nonEmptyList()
    layers = try counts.map { count in
      let number = try count.integer()
      guard LlamaConfiguration.layerCounts.contains(number) else { throw count.error("expected 1 layer or more") }
      return number
    }
    study.note("layers", .array(layers.map(ResolvedValue.integer)))
    // What a method asks a model for are the sides of its matrices.
    let shape = LlamaConfiguration(
      name: "stack", vocabularySize: 2, hiddenSize: width, intermediateSize: width, layers: 1, heads: 1)
    var resolvedMethods: [ResolvedValue] = []
    methods = try study.requiredNode("methods").nonEmptyList().map { node in
      let entry = try node.mapping(keys: ["label", "method"])
      let (method, resolved) = try MethodRegistry.standard.method(reading: entry.requiredNode("method"), for: shape)
      resolvedMethods.append(.object(["label": .string(try entry.string("label")), "method": resolved]))
      return (try entry.string("label"), method)
    }
    study.note("methods", .array(resolvedMethods))
    resolved = study.resolved
  }

  public var axes: StudyResult.Axes {
    .init(
      x: "Layers", y: "Peak memory (MB)", isLogarithmic: false,
      note: "Linear layers \(width) wide with rectifiers, \(tokens) tokens, fp32, Adam; measured over \(steps) updates."
    )
  }

  public var timeAxes: StudyResult.Axes? {
    guard rounds > 0 else { return nil }
    return .init(
      x: "Layers", y: "Milliseconds of a forward and a backward pass", isLogarithmic: false,
      note: "The same layers, \(tokens) tokens; the methods in turn, medians of \(rounds) rounds.")
  }

  public var quantity: StudyQuantity { .megabytes }

  /// Six for every weight and token of an update, were all layers dense.
  public var operations: Double? {
    let weights = Double(layers.reduce(0, +) * width * width)
    return 6 * weights * Double(tokens * methods.count * (steps + rounds))
  }

  public func run(workers: Int, progress: (String) -> Void) throws -> StudyResult {
    var isExact = true
    let curves = try methods.map { label, method in
      StudyResult.Curve(
        label: label,
        points: try layers.map { count in
          progress("\(label), \(count) layers")
          let (point, isPlanned) = try measure(method, count, workers: workers)
          isExact = isExact && isPlanned
          return point
        })
    }
    let times = rounds > 0 ? try measureTimes(workers: workers, progress: progress) : []
    return StudyResult(
      curves: curves, times: times,
      remarks: shares(curves, of: "memory") + shares(times, of: "time") + [
        isExact
          ? "Every peak is the one that was predicted, to the byte; the categories' bytes are jemalloc's own."
          : "A peak differs from the one that was predicted."
      ])
  }

  /// What the other lines end at against the first.
  private func shares(_ curves: [StudyResult.Curve], of what: String) -> [String] {
    let last = curves.compactMap { curve in curve.points.last.map { (curve.label, $0.y) } }
    let dense = last.first?.1 ?? 1
    return last.dropFirst().map { label, value in
      "\(label): \((value / dense * 1000).rounded() / 10) % of \(last[0].0)'s \(what) at \(layers.last ?? 0) layers."
    }
  }

  /// The median milliseconds of a pass, the methods in turn at each number of layers.
  private func measureTimes(workers: Int, progress: (String) -> Void) throws -> [StudyResult.Curve] {
    let results = try layers.map { count in
      let runs = try methods.map { label, method in
        let plan = try MemoryPlan {
          let pass = try pass(method, count, workers: 1, memory: $0, workspaceBytes: $1)
          _ = pass.step()
          return pass.workspaceBytes
        }
        try plan.check()
        return TimedRun(label, tokens: tokens, workers: workers, plannedBytes: plan.totalPeakBytes) { _ in
          try pass(method, count, workers: workers, memory: Memory(), workspaceBytes: plan.workspaceBytes)
        }
      }
      progress("times of \(count) layers")
      return try InterleavedTiming(runs, rounds: rounds).measure()
    }
    return methods.map { label, _ in
      StudyResult.Curve(
        label: label,
        points: zip(layers, results).compactMap { count, result in
          result[label]?.seconds.map { .init(x: Double(count), y: $0.median * 1e3) }
        })
    }
  }

  private func pass(
    _ method: any Method, _ count: Int, workers: Int, memory: Memory, workspaceBytes: Int?
  ) throws -> StackPass {
    try StackPass(
      method, width: width, count: count, tokens: tokens, seed: UInt64(seed), workers: workers, memory: memory,
      workspaceBytes: workspaceBytes)
  }

  private func measure(_ method: any Method, _ count: Int, workers: Int) throws -> (StudyResult.Point, Bool) {
    func train(_ memory: Memory, _ workspaceBytes: Int?, steps: Int) throws -> Int {
      let pass = try pass(method, count, workers: workers, memory: memory, workspaceBytes: workspaceBytes)
      let optimizer = Optimizer(OptimizerSpecification(), parameters: pass.stack.parameters, compute: pass.compute)
      for _ in 0..<steps {
        optimizer.clearGradients()
        _ = pass.stack.lossAndGradient()
        optimizer.update(learningRate: 1e-3)
      }
      precondition(memory.crossCheck().isEmpty, "a category's bytes are not those that the allocator counts")
      return pass.workspaceBytes
    }
    let plan = try MemoryPlan { try train($0, $1, steps: 1) }
    try plan.check()
    let memory = Memory()
    _ = try train(memory, plan.workspaceBytes, steps: steps)
    let parts = MemoryCategory.allCases.map { ($0.rawValue, Double(memory.usage(of: $0).peak) / 1e6) }
    return (
      .init(
        x: Double(count), y: Double(memory.total.peak) / 1e6,
        parts: Dictionary(uniqueKeysWithValues: parts.filter { $0.1 > 0 })),
      memory.total.peak == plan.totalPeakBytes
    )
  }
}
